import { fromHalf } from "../base/half.ts";
import type { Segment, Storage, VectorIndex } from "../contract/index.ts";
import { createKernel, type VectorSet } from "../vectors/index.ts";

const KEPT_QUERIES = 32;
const COMPARED_BEST = 10;
const LEAST_OVERLAP = 0.99;
const SEGMENTS_A_READ = 16;

/** Compares fast with exact answers to a collection's own questions, in idle time. */
export interface FastGuard {
  /** Fast search found less than 0.99 of the ten nearest: this collection is to be searched exactly. */
  readonly isInexact: boolean;
  /** Keeps one of the last 32 questions; they are compared when no further one comes for a while. */
  note(query: Float32Array, set: VectorSet): void;
  close(): void;
}

interface Best {
  readonly id: number;
  readonly score: number;
}

export function createFastGuard(storage: Storage, index: VectorIndex, idleMs: number): FastGuard {
  const queries: Float32Array[] = [];
  let comparedQueries = 0;
  let notedQueries = 0;
  let comparedSize = 0;
  let isInexact = false;
  let stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Due at first, when all questions are others, and when the collection has grown by half. */
  const isDue = (set: VectorSet): boolean =>
    comparedSize === 0 || notedQueries - comparedQueries >= KEPT_QUERIES || set.size > 1.5 * comparedSize;

  async function compare(set: VectorSet, signal: AbortSignal): Promise<void> {
    const asked = queries.length < KEPT_QUERIES ? [...queries, ...(await ownQueries())] : [...queries];
    const compared = notedQueries;
    const exact = await exactBest(asked, signal);
    let overlap = 0;
    for (const [q, query] of asked.entries()) {
      const wanted = exact[q] ?? [];
      const { ids } = await set.search(query, COMPARED_BEST, {}, signal);
      const found = new Set(ids);
      overlap += wanted.filter(({ id }) => found.has(id)).length / Math.max(1, wanted.length);
    }
    signal.throwIfAborted();
    comparedQueries = compared;
    comparedSize = set.size;
    isInexact = overlap < LEAST_OVERLAP * asked.length;
  }

  /** Vectors of passages, for as long as there are too few questions. */
  async function ownQueries(): Promise<Float32Array[]> {
    const [segment] = await storage.readSegments({ indexId: index.id, afterId: 0, limit: 1 });
    const vectors = fromHalf(segment?.vectors ?? new Uint16Array(0));
    const rows = Math.min(KEPT_QUERIES - queries.length, vectors.length / index.dim);
    return Array.from({ length: rows }, (_, row) => vectors.slice(row * index.dim, (row + 1) * index.dim));
  }

  /** Goes through storage once, with a page of it in memory at a time. */
  async function exactBest(asked: readonly Float32Array[], signal: AbortSignal): Promise<Best[][]> {
    const together = new Float32Array(asked.length * index.dim);
    for (const [q, query] of asked.entries()) together.set(query, q * index.dim);
    let best: Best[][] = asked.map(() => []);
    for (let afterId = 0; ;) {
      signal.throwIfAborted();
      const page = await storage.readSegments({ indexId: index.id, afterId, limit: SEGMENTS_A_READ });
      const found = await bestOf(page, together, signal);
      best = best.map((list, q) =>
        [...list, ...(found[q] ?? [])].sort((a, b) => b.score - a.score).slice(0, COMPARED_BEST),
      );
      if (page.length < SEGMENTS_A_READ) return best;
      afterId = page.at(-1)?.id ?? afterId;
    }
  }

  async function bestOf(
    page: readonly Segment[],
    together: Float32Array,
    signal: AbortSignal,
  ): Promise<Best[][]> {
    const kernel = createKernel(index.dim);
    for (const { vectors } of page) kernel.append(vectors);
    const ids = page.flatMap(({ passageIds }) => [...passageIds]);
    const { top } = await kernel.search(together, COMPARED_BEST, { signal });
    kernel.close();
    return Array.from({ length: together.length / index.dim }, (_, q) =>
      [...top.rows.subarray(q * COMPARED_BEST, (q + 1) * COMPARED_BEST)].flatMap((row, place) => {
        const id = ids[row];
        return id === undefined ? [] : [{ id, score: top.scores[q * COMPARED_BEST + place] ?? 0 }];
      }),
    );
  }

  return {
    get isInexact() {
      return isInexact;
    },
    note(query, set) {
      queries.push(query.slice());
      if (queries.length > KEPT_QUERIES) queries.shift();
      notedQueries++;
      clearTimeout(timer);
      stop.abort();
      stop = new AbortController();
      const { signal } = stop;
      if (!isDue(set)) return;
      timer = setTimeout(() => {
        // A comparison that was cut off or could not read is made another time.
        compare(set, signal).catch(() => undefined);
      }, idleMs);
    },
    close() {
      clearTimeout(timer);
      stop.abort();
    },
  };
}
