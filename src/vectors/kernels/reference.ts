import { fromHalf } from "../../base/half.ts";
import type { Kernel } from "../../contract/index.ts";
import { emptyAnswer, writeMoments, writeTop } from "./answer.ts";
import { hasBit } from "./bitmap.ts";
import { checkBits, checkDim, checkFinite, checkK, checkQuery, checkRow, checkVectors } from "./check.ts";

/** The oracle of every other kernel: plain loops, accumulated in float64, sorted in full. */
export function createReferenceKernel(dim: number): Kernel {
  checkDim(dim);
  let vectors: Float32Array[] = [];
  let removed = new Set<number>();

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
    get alive() {
      return vectors.length - removed.size;
    },
    get bytes() {
      return vectors.length * dim * 4;
    },
    append(bits) {
      const count = checkBits(bits, dim);
      const values = fromHalf(bits);
      checkFinite(values.every(Number.isFinite), dim);
      for (let row = 0; row < count; row++) vectors.push(values.slice(row * dim, (row + 1) * dim));
    },
    remove(rows) {
      const named = [...rows];
      for (const row of named) checkRow(row, vectors.length);
      for (const row of named) removed.add(row);
    },
    async search(queries, k, { allow, signal } = {}) {
      const count = checkVectors(queries, dim);
      checkK(k);
      signal?.throwIfAborted();
      const answer = emptyAnswer(count, k);
      for (let q = 0; q < count; q++) {
        const query = queries.subarray(q * dim, (q + 1) * dim);
        const scored = vectors
          .map((vector, row) => ({ row, score: dot(query, vector) }))
          .filter(({ row }) => !removed.has(row) && (allow === undefined || hasBit(allow, row)));
        const n = scored.length;
        const mean = scored.reduce((sum, { score }) => sum + score, 0) / Math.max(n, 1);
        const squares = scored.reduce((sum, { score }) => sum + (score - mean) ** 2, 0);
        scored.sort((a, b) => b.score - a.score || a.row - b.row);
        writeTop(answer.top, q, scored.slice(0, k));
        writeMoments(answer.moments, q, { count: n, mean, squares });
      }
      await Promise.resolve();
      signal?.throwIfAborted();
      return answer;
    },
    async score(query, rows) {
      checkQuery(query, dim);
      for (const row of rows) checkRow(row, vectors.length);
      return Float32Array.from(rows, (row) => dot(query, vectors[row] ?? new Float32Array(dim)));
    },
    compact() {
      if (removed.size === 0) return null;
      const kept = Int32Array.from(vectors.keys()).filter((row) => !removed.has(row));
      vectors = Array.from(kept, (row) => vectors[row] ?? new Float32Array(dim));
      removed = new Set();
      return kept;
    },
    close() {
      vectors = [];
      removed = new Set();
    },
  };
}
