import { toHalf } from "../base/half.ts";
import {
  isSextantError,
  SextantError,
  toSextantError,
  type IndexProgress,
  type IndexReport,
  type Kind,
  type Notice,
  type PassageDraft,
  type PendingWork,
  type Policy,
  type Storage,
  type TaskId,
} from "../contract/index.ts";
import { reimport, type IngestTools } from "../ingest/index.ts";
import { instructionOf, keyTextOf } from "../tasks/index.ts";
import type { EncoderHost } from "./encoder-host.ts";
import type { FreshDrafts } from "./fresh-drafts.ts";
import { limitFor } from "./limit.ts";
import { rateKey, type Rate } from "./rate.ts";
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
 * Finishes the sources of a collection, those that are added meanwhile included, then gives the passages that have none a vector under the task.
 * A model without vectors finishes the sources only. Each batch is one transaction of passages, words and vectors: whatever stops it, the next run goes on there.
 */
export async function indexCollection(
  job: IndexJob,
  context: { readonly signal: AbortSignal; readonly emit: (progress: IndexProgress) => void },
): Promise<IndexReport> {
  const { storage, host, collectionId, task, policy } = job;
  const { encoder, device } = await host.current();
  const { dim, prefixes } = encoder.info;
  const modelKey = vectorKey(encoder.info, policy);
  const index = dim === 0 ? null : await storage.openIndex({ collectionId, task, modelKey, dim });
  const notices: Notice[] = [];
  const passedOver = new Set<number>();
  let totalPassages = 0;
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
    job.rate.add(rateKey(encoder.info, device), passages.length, tokens, performance.now() - beganMs);
    embedded += passages.length;
    return toHalf(vectors);
  };

  /** Begins at once; what it fails with is thrown when it is awaited. */
  const embedFrom = (indexId: number, drafts: readonly PassageDraft[], first: number) => {
    const embedding = vectorsFor(indexId, drafts.slice(first, first + BATCH_PASSAGES));
    embedding.catch(() => undefined);
    return embedding;
  };

  const draftsOf = async ({ sourceId }: PendingWork): Promise<readonly PassageDraft[]> => {
    const fresh = job.fresh.get(sourceId);
    if (fresh) return fresh;
    const { source, text } = await storage.readSource({ sourceId });
    return reimport({ ...source, text }, job.kind, job.tools);
  };

  const finish = async (work: PendingWork): Promise<void> => {
    const { sourceId, sourceName, done, total } = work;
    report(sourceName);
    const drafts = await draftsOf(work);
    const begin = (first: number) => (index && first < total ? embedFrom(index.id, drafts, first) : null);
    let ahead = begin(done);
    try {
      for (let first = done; first < total; first += BATCH_PASSAGES) {
        const passages = drafts.slice(first, first + BATCH_PASSAGES);
        const vectors = await ahead;
        context.signal.throwIfAborted();
        // While these are stored, the next are embedded.
        ahead = begin(first + BATCH_PASSAGES);
        const segments = index && vectors ? [{ indexId: index.id, vectors }] : [];
        await storage.appendPassages({ sourceId, firstOrdinal: first, passages, segments });
        donePassages += passages.length;
        report(sourceName);
      }
    } finally {
      await ahead?.catch(() => undefined);
    }
    job.fresh.delete(sourceId);
  };

  /** What is to be finished now; more may have come since it was asked last. */
  const unfinished = async (): Promise<readonly PendingWork[]> => {
    const pending = await storage.pending({});
    const works = pending.filter(
      (work) => work.collectionId === collectionId && !passedOver.has(work.sourceId),
    );
    totalPassages =
      donePassages + works.reduce((sum, { done, total }) => sum + total - done, index?.missing ?? 0);
    return works;
  };

  for (let works = await unfinished(); works.length > 0; works = await unfinished())
    for (const work of works) {
      try {
        await finish(work);
      } catch (error) {
        const { code, message } = toSextantError(error);
        // The person removed the source meanwhile, or it cannot be cut again as it was; the others go on.
        if (code !== "storage/not-found" && !code.startsWith("ingest/")) throw error;
        passedOver.add(work.sourceId);
        if (code.startsWith("ingest/"))
          notices.push({ level: "error", code, file: work.sourceName, message });
      }
    }
  if (!index) return { passages: donePassages, embedded, notices, tookMs: performance.now() - startedMs };
  const isGone = (error: unknown): boolean => isSextantError(error, "storage/not-found");
  // Of a collection that was removed meanwhile nothing is missing.
  const missingNow = () =>
    storage.missingPassages({ indexId: index.id, limit: BATCH_PASSAGES }).catch((error: unknown) => {
      if (isGone(error)) return [];
      throw error;
    });
  for (let missing = await missingNow(); missing.length > 0; missing = await missingNow()) {
    const passageIds = missing.map(({ id }) => id);
    try {
      const vectors = await vectorsFor(index.id, missing);
      context.signal.throwIfAborted();
      await storage.fillIndex({ passageIds, segment: { indexId: index.id, vectors } });
    } catch (error) {
      // Some were removed meanwhile: what is still missing is asked for anew. With all of them there it is a fault.
      const left = await storage.readPassages({ ids: passageIds });
      const isExpected = isSextantError(error, "storage/conflict") || isGone(error);
      if (!isExpected || left.length === missing.length) throw error;
      continue;
    }
    donePassages += missing.length;
    report("");
  }
  return { passages: donePassages, embedded, notices, tookMs: performance.now() - startedMs };
}

function exchanged(name: string): SextantError {
  return new SextantError(
    "storage/conflict",
    `Another model was opened while passages were indexed for ${name}; what was done is kept. Index again.`,
  );
}
