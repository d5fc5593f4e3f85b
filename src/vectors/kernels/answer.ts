import type { KernelAnswer, ScoreMoments, TopK } from "../../contract/index.ts";
import type { Moments } from "./block.ts";
import type { Scored } from "./shortlist.ts";

export const NO_MOMENTS: Moments = { count: 0, mean: 0, squares: 0 };

/** An answer of no row to `count` queries. */
export function emptyAnswer(count: number, k: number): KernelAnswer {
  return {
    top: { k, rows: new Int32Array(count * k).fill(-1), scores: new Float32Array(count * k).fill(-Infinity) },
    moments: {
      count: new Int32Array(count),
      mean: new Float32Array(count),
      deviation: new Float32Array(count),
    },
  };
}

export function writeTop({ k, rows, scores }: TopK, query: number, best: readonly Scored[]): void {
  for (const [place, { row, score }] of best.entries()) {
    rows[query * k + place] = row;
    scores[query * k + place] = score;
  }
}

export function writeMoments(target: ScoreMoments, query: number, { count, mean, squares }: Moments): void {
  target.count[query] = count;
  target.mean[query] = mean;
  target.deviation[query] = Math.sqrt(Math.max(0, squares) / Math.max(1, count));
}

/** Moments of two sets of scores together. Source: Chan, Golub, LeVeque 1979, equation 2.1. */
export function addMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const apart = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (apart * b.count) / count,
    squares: a.squares + b.squares + (apart * apart * a.count * b.count) / count,
  };
}
