import { toHalf } from "../base/half.ts";
import {
  isSextantError,
  SextantError,
  type IndexProgress,
  type IndexReport,
  type Kind,
  type PassageDraft,
  type Policy,
  type Source,
  type Storage,
  type TaskId,
} from "../contract/index.ts";
import { reimport, type IngestTools } from "../ingest/index.ts";
import { instructionOf, keyTextOf } from "../tasks/index.ts";
import type { FreshDrafts } from "./adding.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";
import type { Rate } from "./rate.ts";
import { vectorKey } from "./vector-key.ts";

/**
 * Passages in one transaction: what a killed tab loses at the most. Large enough that sorting by length pays,
 * small enough for a few seconds of work on a slow machine.
 */
export const BATCH_PASSAGES = 128;

export interface IndexJob {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly tools: IngestTools;
  readonly fresh: FreshDrafts;
  readonly rate: Rate;
  readonly collectionId: number;
  readonly kind: Kind;
  readonly task: TaskId;
  readonly policy: Policy;
}

/**
 * Finishes the sources of a collection, then gives the passages that have none a vector under the task.
 * A model without vectors finishes the sources only. Each batch is one transaction of passages, words and vectors: whatever stops it, the next run goes on there.
 */
export async function indexCollection(
  job: IndexJob,
  context: { readonly signal: AbortSignal; readonly emit: (progress: IndexProgress) => void },
): Promise<IndexReport> {
  const { storage, host, collectionId, task, policy } = job;
  const { encoder } = await host.current();
  const { dim, prefixes } = encoder.info;
  const modelKey = vectorKey(encoder.info, policy);
  const index = dim === 0 ? null : await storage.openIndex({ collectionId, task, modelKey, dim });
  const unfinished = (await storage.sources({ collectionId })).filter(({ done, total }) => done < total);
  const totalPassages = unfinished.reduce((sum, { done, total }) => sum + total - done, index?.missing ?? 0);
  const startedMs = performance.now();
  let donePassages = 0;
  let embedded = 0;

  const report = (sourceName: string): void => {
    const seconds = (performance.now() - startedMs) / 1000;
    const passagesPerSecond = donePassages === 0 ? 0 : donePassages / seconds;
    context.emit({
      donePassages,
      totalPassages,
      sourceName,
      passagesPerSecond,
      secondsLeft: donePassages === 0 ? null : (totalPassages - donePassages) / passagesPerSecond,
    });
  };

  /** Vectors of passages, of which only those are computed whose content has none in the index. */
  const vectorsFor = async (indexId: number, passages: readonly PassageDraft[]): Promise<Uint16Array> => {
    const known = await storage.knownVectors({ indexId, passages });
    if (known.rows.length === passages.length) return known.vectors;
    const taken = new Set(known.rows);
    const others = passages.filter((_, row) => !taken.has(row));
    const computed = await embed(others);
    if (taken.size === 0) return computed;
    const vectors = new Uint16Array(passages.length * dim);
    let [fromKnown, fromComputed] = [0, 0];
    for (const row of passages.keys()) {
      const at = taken.has(row) ? dim * fromKnown++ : dim * fromComputed++;
      vectors.set((taken.has(row) ? known.vectors : computed).subarray(at, at + dim), row * dim);
    }
    return vectors;
  };

  const embed = async (passages: readonly PassageDraft[]): Promise<Uint16Array> => {
    const instruction = instructionOf(prefixes, task, "key");
    const texts = passages.map((passage) => instruction + keyTextOf(task, passage));
    const beganMs = performance.now();
    const options = {
      limitTokens: limitFor(encoder.info, policy, "key"),
      urgency: "later",
      signal: context.signal,
    } as const;
    const { vectors, tokens, key } = await host.encode(texts, options);
    if (key !== encoder.info.key) throw exchanged(encoder.info.name);
    job.rate.add(passages.length, tokens, performance.now() - beganMs);
    embedded += passages.length;
    return toHalf(vectors);
  };

  /** Begins at once; what it fails with is thrown when it is awaited. */
  const embedFrom = (indexId: number, drafts: readonly PassageDraft[], first: number) => {
    const embedding = vectorsFor(indexId, drafts.slice(first, first + BATCH_PASSAGES));
    embedding.catch(() => undefined);
    return embedding;
  };

  const finish = async (source: Source): Promise<void> => {
    report(source.name);
    const drafts =
      job.fresh.get(source.id) ??
      (await reimport(
        { ...source, text: (await storage.readSource({ sourceId: source.id })).text },
        job.kind,
        job.tools,
      ));
    const begin = (first: number) =>
      index && first < source.total ? embedFrom(index.id, drafts, first) : null;
    let ahead = begin(source.done);
    try {
      for (let first = source.done; first < source.total; first += BATCH_PASSAGES) {
        const passages = drafts.slice(first, first + BATCH_PASSAGES);
        const vectors = await ahead;
        context.signal.throwIfAborted();
        // While these are stored, the next are embedded.
        ahead = begin(first + BATCH_PASSAGES);
        const segments = index && vectors ? [{ indexId: index.id, vectors }] : [];
        await storage.appendPassages({ sourceId: source.id, firstOrdinal: first, passages, segments });
        donePassages += passages.length;
        report(source.name);
      }
    } finally {
      await ahead?.catch(() => undefined);
    }
    job.fresh.delete(source.id);
  };

  for (const source of unfinished) {
    try {
      await finish(source);
    } catch (error) {
      // The person removed the source meanwhile; the others go on.
      if (!isSextantError(error, "storage/not-found")) throw error;
    }
  }
  if (!index) return { passages: donePassages, embedded, tookMs: performance.now() - startedMs };
  const missingNow = () => storage.missingPassages({ indexId: index.id, limit: BATCH_PASSAGES });
  for (let missing = await missingNow(); missing.length > 0; missing = await missingNow()) {
    const vectors = await vectorsFor(index.id, missing);
    context.signal.throwIfAborted();
    const passageIds = missing.map(({ id }) => id);
    try {
      await storage.fillIndex({ passageIds, segment: { indexId: index.id, vectors } });
    } catch (error) {
      // Some were removed meanwhile: what is still missing is asked for anew. With all of them there it is a fault.
      const left = await storage.readPassages({ ids: passageIds });
      if (!isSextantError(error, "storage/conflict") || left.length === missing.length) throw error;
      continue;
    }
    donePassages += missing.length;
    report("");
  }
  return { passages: donePassages, embedded, tookMs: performance.now() - startedMs };
}

function exchanged(name: string): SextantError {
  return new SextantError(
    "storage/conflict",
    `Another model was opened while passages were indexed for ${name}; what was done is kept. Index again.`,
  );
}
