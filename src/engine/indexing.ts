import { toHalf } from "../base/half.ts";
import {
  isSextantError,
  SextantError,
  toSextantError,
  type IndexProgress,
  type IndexReport,
  type KeptVectors,
  type Kind,
  type Notice,
  type PassageDraft,
  type PendingWork,
  type Policy,
  type Storage,
  type TaskId,
} from "../contract/index.ts";
import type { IngestTools } from "../ingest/index.ts";
import { instructionOf, keyTextOf } from "../tasks/index.ts";
import { draftsAgain } from "./drafts-again.ts";
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
  const keptBySource = new Map<number, KeptVectors>();
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

  /** Vectors of passages, of which only those are computed whose content has none in the index; `taken` are the others' rows. */
  const vectorsFor = async (indexId: number, passages: readonly PassageDraft[]): Promise<BatchVectors> => {
    const known = await storage.knownVectors({ indexId, passages });
    const taken = new Set(known.rows);
    if (taken.size === passages.length) return { vectors: known.vectors, taken };
    const others = passages.filter((_, row) => !taken.has(row));
    const computed = await embed(others);
    if (taken.size === 0) return { vectors: computed, taken };
    const vectors = new Uint16Array(passages.length * dim);
    let [fromKnown, fromComputed] = [0, 0];
    for (const row of passages.keys()) {
      const at = taken.has(row) ? dim * fromKnown++ : dim * fromComputed++;
      vectors.set((taken.has(row) ? known.vectors : computed).subarray(at, at + dim), row * dim);
    }
    return { vectors, taken };
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
  const begin = (parts: readonly Part[]): Promise<BatchVectors> | null => {
    if (!index) return null;
    const embedding = vectorsFor(
      index.id,
      parts.flatMap(({ passages }) => passages),
    );
    embedding.catch(() => undefined);
    return embedding;
  };

  /** The person removed the source meanwhile, or it cannot be cut again as it was; the others go on. */
  const passOver = ({ sourceId, sourceName }: PendingWork, error: unknown): void => {
    const { code, message } = toSextantError(error);
    if (code !== "storage/not-found" && !code.startsWith("ingest/")) throw error;
    passedOver.add(sourceId);
    if (code.startsWith("ingest/")) notices.push({ level: "error", code, file: sourceName, message });
  };

  /** Batches of passages in their order; many small sources share one. */
  async function* batchesOf(works: readonly PendingWork[]): AsyncGenerator<readonly Part[]> {
    let parts: Part[] = [];
    let free = BATCH_PASSAGES;
    for (const work of works) {
      report(work.sourceName);
      const drafts = await draftsAgain(job, work).catch((error: unknown) => passOver(work, error));
      if (!drafts) continue;
      const total = drafts.length;
      for (let first = work.done; first < total;) {
        const passages = drafts.slice(first, Math.min(first + free, total));
        parts.push({ work: { ...work, total }, first, passages });
        first += passages.length;
        free -= passages.length;
        if (free > 0) continue;
        yield parts;
        parts = [];
        free = BATCH_PASSAGES;
      }
    }
    if (parts.length > 0) yield parts;
  }

  const store = async (parts: readonly Part[], batch: BatchVectors | null): Promise<void> => {
    let row = 0;
    for (const { work, first, passages } of parts) {
      const end = row + passages.length;
      const vectors = batch?.vectors.slice(row * dim, end * dim);
      const segments = index && vectors ? [{ indexId: index.id, vectors }] : [];
      const { sourceId } = work;
      if (!passedOver.has(sourceId))
        try {
          await storage.appendPassages({ sourceId, firstOrdinal: first, passages, segments });
          donePassages += passages.length;
          noteKept(sourceId, passages.length, keptIn(batch, row, end));
          if (first + passages.length === work.total) job.fresh.delete(sourceId);
          report(work.sourceName);
        } catch (error) {
          passOver(work, error);
        }
      row = end;
    }
  };

  const noteKept = (sourceId: number, passages: number, kept: number): void => {
    const before = keptBySource.get(sourceId) ?? { sourceId, passages: 0, kept: 0 };
    const now = { sourceId, passages: before.passages + passages, kept: before.kept + kept };
    keptBySource.set(sourceId, now);
  };

  /** While one batch is stored, the next is embedded. */
  const finish = async (works: readonly PendingWork[]): Promise<void> => {
    let ahead: Batch = { parts: [], embedding: null };
    const goOn = async (next: readonly Part[]): Promise<void> => {
      const ready = ahead;
      const vectors = await ready.embedding;
      context.signal.throwIfAborted();
      ahead = { parts: next, embedding: next.length > 0 ? begin(next) : null };
      await store(ready.parts, vectors);
    };
    try {
      for await (const parts of batchesOf(works)) await goOn(parts);
      await goOn([]);
    } finally {
      await ahead.embedding?.catch(() => undefined);
    }
  };

  const reportNow = (): IndexReport => ({
    passages: donePassages,
    embedded,
    kept: [...keptBySource.values()].filter(({ kept }) => kept > 0),
    notices,
    tookMs: performance.now() - startedMs,
  });

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

  for (let works = await unfinished(); works.length > 0; works = await unfinished()) await finish(works);
  if (!index) return reportNow();
  const isGone = (error: unknown): boolean => isSextantError(error, "storage/not-found");
  // Of a collection that was removed meanwhile nothing is missing.
  const missingNow = () =>
    storage.missingPassages({ indexId: index.id, limit: BATCH_PASSAGES }).catch((error: unknown) => {
      if (isGone(error)) return [];
      throw error;
    });
  let refused = "";
  for (let missing = await missingNow(); missing.length > 0; missing = await missingNow()) {
    const asked = JSON.stringify(missing);
    const passageIds = missing.map(({ id }) => id);
    try {
      const { vectors } = await vectorsFor(index.id, missing);
      context.signal.throwIfAborted();
      const segment = { indexId: index.id, vectors };
      await storage.fillIndex({ passageIds, segment, madeOf: missing });
    } catch (error) {
      // Some were removed or edited meanwhile: what is missing is asked for anew. When it is the same again it is a fault.
      if (!isSextantError(error, "storage/conflict") && !isGone(error)) throw error;
      if (refused === asked) throw error;
      refused = asked;
      continue;
    }
    donePassages += missing.length;
    report("");
  }
  return reportNow();
}

/** Passages of one source within a batch. */
interface Part {
  readonly work: PendingWork;
  readonly first: number;
  readonly passages: readonly PassageDraft[];
}

interface Batch {
  readonly parts: readonly Part[];
  readonly embedding: Promise<BatchVectors> | null;
}

interface BatchVectors {
  readonly vectors: Uint16Array;
  /** Rows whose vector was there already. */
  readonly taken: ReadonlySet<number>;
}

function keptIn(batch: BatchVectors | null, from: number, to: number): number {
  let kept = 0;
  for (let row = from; row < to; row++) if (batch?.taken.has(row)) kept++;
  return kept;
}

function exchanged(name: string): SextantError {
  return new SextantError(
    "storage/conflict",
    `Another model was opened while passages were indexed for ${name}; what was done is kept. Index again.`,
  );
}
