/**
 * The inner product of a query and the row of a matrix that begins at `at`.
 *
 * Cost: four sums, so that an addition does not wait for the one before it.
 */
export function dot(rows: Float32Array, at: number, query: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const fours = query.length & ~3;
  for (let i = 0; i < fours; i += 4) {
    a += (rows[at + i] ?? 0) * (query[i] ?? 0);
    b += (rows[at + i + 1] ?? 0) * (query[i + 1] ?? 0);
    c += (rows[at + i + 2] ?? 0) * (query[i + 2] ?? 0);
    d += (rows[at + i + 3] ?? 0) * (query[i + 3] ?? 0);
  }
  for (let i = fours; i < query.length; i++) a += (rows[at + i] ?? 0) * (query[i] ?? 0);
  return a + b + c + d;
}
