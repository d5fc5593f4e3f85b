import { dot } from "../base/dot.ts";
import { fromHalf } from "../base/half.ts";
import { createRng } from "../base/rng.ts";
import type { Segment } from "../contract/index.ts";

/** A few hundred angles draw a histogram's shape; 1,024 × 768 values are 3 MB. */
const MOST_ROWS = 1024;

/**
 * Vectors of passages drawn by chance from one index, for what needs the distribution and not the best.
 *
 * All of a small index. Of a large one every passage is as likely to be in it; after removals about as likely.
 */
export interface VectorSample {
  /** Vectors in it. */
  readonly rows: number;
  /** `population` counts the passages there are without this segment. */
  offer(segment: Segment, population: number): void;
  removeSource(sourceId: number): void;
  /** Inner products of a query with every vector in it. Cost: rows · dim multiply-adds. */
  score(query: Float32Array): Float32Array;
}

export function createVectorSample(dim: number, mostRows = MOST_ROWS): VectorSample {
  const rng = createRng(1);
  /** f32[room, dim]; grows by doubling up to `mostRows`. */
  let vectors = new Float32Array(0);
  let drawn: { readonly passageId: number; readonly sourceId: number }[] = [];
  let rowByPassage = new Map<number, number>();

  function makeRoom(): void {
    if ((drawn.length + 1) * dim <= vectors.length) return;
    const grown = new Float32Array(Math.min(mostRows, Math.max(16, 2 * drawn.length)) * dim);
    grown.set(vectors);
    vectors = grown;
  }

  return {
    get rows() {
      return drawn.length;
    },
    offer({ passageIds, sourceIds, vectors: halves }, population) {
      let seen = population;
      for (const [i, passageId] of passageIds.entries()) {
        let row = rowByPassage.get(passageId);
        if (row === undefined) {
          seen++;
          if (rng() * seen >= mostRows) continue;
          row = drawn.length < mostRows ? drawn.length : Math.floor(rng() * mostRows);
          if (row === drawn.length) makeRoom();
        }
        const former = drawn[row];
        if (former) rowByPassage.delete(former.passageId);
        drawn[row] = { passageId, sourceId: sourceIds[i] ?? -1 };
        rowByPassage.set(passageId, row);
        vectors.set(fromHalf(halves.subarray(i * dim, (i + 1) * dim)), row * dim);
      }
    },
    removeSource(removed) {
      const kept = [...drawn.keys()].filter((row) => drawn[row]?.sourceId !== removed);
      for (const [row, former] of kept.entries())
        vectors.copyWithin(row * dim, former * dim, (former + 1) * dim);
      drawn = kept.flatMap((row) => drawn[row] ?? []);
      rowByPassage = new Map(drawn.map(({ passageId }, row) => [passageId, row]));
    },
    score(query) {
      return Float32Array.from(drawn, (_, row) => dot(vectors, row * dim, query));
    },
  };
}
