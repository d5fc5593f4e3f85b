import { fromHalf } from "../../../base/half.ts";
import type { StoredVectors } from "../../../contract/index.ts";

/** Inner products of every row with a query. Shape: f32[rows]. */
export function productsWith({ rows, dim, vectors }: StoredVectors, query: Float32Array): Float32Array {
  const products = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const floats = fromHalf(vectors.subarray(row * dim, (row + 1) * dim));
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += (floats[d] ?? 0) * (query[d] ?? 0);
    products[row] = sum;
  }
  return products;
}

/** The rows with the largest products, best first, without one of them. */
export function bestOf(products: Float32Array, count: number, except: number): readonly number[] {
  const best: number[] = [];
  for (const [row, product] of products.entries()) {
    if (row === except) continue;
    if (best.length === count && product <= (products[best[count - 1] ?? 0] ?? 0)) continue;
    const place = best.findIndex((other) => (products[other] ?? 0) < product);
    best.splice(place < 0 ? best.length : place, 0, row);
    if (best.length > count) best.pop();
  }
  return best;
}

/**
 * Under which query each row stands best: by how many deviations it is nearer than the mean row, since the cosines of each
 * query crowd elsewhere. Of equal ones the first.
 */
export function bestWay(stored: StoredVectors, queries: readonly Float32Array[]): Uint8Array {
  const best = new Uint8Array(stored.rows);
  const nearest = new Float32Array(stored.rows).fill(Number.NEGATIVE_INFINITY);
  for (const [way, query] of queries.entries()) {
    const products = productsWith(stored, query);
    const mean = products.reduce((sum, value) => sum + value, 0) / Math.max(1, products.length);
    const variance =
      products.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, products.length);
    const by = 1 / Math.sqrt(Math.max(1e-12, variance));
    for (const [row, product] of products.entries()) {
      const standard = (product - mean) * by;
      if (standard <= (nearest[row] ?? 0)) continue;
      nearest[row] = standard;
      best[row] = way;
    }
  }
  return best;
}
