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
  let drawn: Drawn[] = [];
  let rowByPassage = new Map<number, number>();

  function put(row: number, next: Drawn): void {
    const former = drawn[row];
    if (former) rowByPassage.delete(former.passageId);
    drawn[row] = next;
    rowByPassage.set(next.passageId, row);
  }

  return {
    get rows() {
      return drawn.length;
    },
    offer({ passageIds, sourceIds, vectors }, population) {
      let seen = population;
      for (const [i, passageId] of passageIds.entries()) {
        let row = rowByPassage.get(passageId);
        if (row === undefined) {
          seen++;
          if (rng() * seen >= mostRows) continue;
          row = drawn.length < mostRows ? drawn.length : Math.floor(rng() * mostRows);
        }
        const vector = fromHalf(vectors.subarray(i * dim, (i + 1) * dim));
        put(row, { passageId, sourceId: sourceIds[i] ?? -1, vector });
      }
    },
    removeSource(removed) {
      drawn = drawn.filter(({ sourceId }) => sourceId !== removed);
      rowByPassage = new Map(drawn.map(({ passageId }, row) => [passageId, row]));
    },
    score(query) {
      return Float32Array.from(drawn, ({ vector }) => {
        let sum = 0;
        for (let i = 0; i < dim; i++) sum += (vector[i] ?? 0) * (query[i] ?? 0);
        return sum;
      });
    },
  };
}

interface Drawn {
  readonly passageId: number;
  readonly sourceId: number;
  readonly vector: Float32Array;
}
