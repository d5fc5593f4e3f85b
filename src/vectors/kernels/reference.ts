import type { Kernel } from "../../contract/index.ts";
import { checkDim, checkK, checkQuery, checkRow, checkVectors } from "./check.ts";

/** The oracle of every other kernel: plain loops, accumulated in float64, sorted in full. */
export function createReferenceKernel(dim: number): Kernel {
  checkDim(dim);
  let vectors: Float32Array[] = [];
  const removed = new Set<number>();

  function dot(query: Float32Array, vector: Float32Array): number {
    let sum = 0;
    for (const [i, value] of vector.entries()) sum += value * (query[i] ?? 0);
    return Math.fround(sum);
  }

  return {
    name: "reference",
    dim,
    get rows() {
      return vectors.length;
    },
    append(values) {
      const count = checkVectors(values, dim);
      for (let row = 0; row < count; row++) vectors.push(values.slice(row * dim, (row + 1) * dim));
    },
    remove(rows) {
      const named = [...rows];
      for (const row of named) checkRow(row, vectors.length);
      for (const row of named) removed.add(row);
    },
    search(queries, k, allow) {
      const count = checkVectors(queries, dim);
      checkK(k);
      const top = {
        k,
        rows: new Int32Array(count * k).fill(-1),
        scores: new Float32Array(count * k).fill(-Infinity),
      };
      const moments = {
        count: new Int32Array(count),
        mean: new Float32Array(count),
        deviation: new Float32Array(count),
      };
      for (let q = 0; q < count; q++) {
        const query = queries.subarray(q * dim, (q + 1) * dim);
        const scored = vectors
          .map((vector, row) => ({ row, score: dot(query, vector) }))
          .filter(({ row }) => !removed.has(row) && (allow === undefined || (allow[row] ?? 0) !== 0));
        const n = scored.length;
        const mean = scored.reduce((sum, { score }) => sum + score, 0) / Math.max(n, 1);
        const variance = scored.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / Math.max(n, 1);
        moments.count[q] = n;
        moments.mean[q] = mean;
        moments.deviation[q] = Math.sqrt(variance);
        scored.sort((a, b) => b.score - a.score || a.row - b.row);
        for (const [place, { row, score }] of scored.slice(0, k).entries()) {
          top.rows[q * k + place] = row;
          top.scores[q * k + place] = score;
        }
      }
      return { top, moments };
    },
    score(query, rows) {
      checkQuery(query, dim);
      for (const row of rows) checkRow(row, vectors.length);
      return Float32Array.from(rows, (row) => dot(query, vectors[row] ?? new Float32Array(dim)));
    },
    close() {
      vectors = [];
      removed.clear();
    },
  };
}
