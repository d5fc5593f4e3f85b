import { dot } from "./dot.ts";

/** The cosine of `query` and the row of a matrix that begins at `at`; 0 where either is zero. */
export function cosine(rows: Float32Array, at: number, query: Float32Array): number {
  const row = rows.subarray(at, at + query.length);
  const squares = dot(row, 0, row) * dot(query, 0, query);
  return squares === 0 ? 0 : dot(row, 0, query) / Math.sqrt(squares);
}
