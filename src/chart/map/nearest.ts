export interface Nearest {
  /** u32[queries, k], nearest first. */
  readonly rows: Uint32Array;
  /** Euclidean, f32[queries, k]. */
  readonly distances: Float32Array;
}

/**
 * The `k` rows that are nearest to each query, by trying all; with `skipSelf` query i is row i and does not find itself.
 *
 * Shape: all f32[rows, dims], queries f32[q, dims].
 * Cost: q · rows · dims multiply-adds.
 */
export function nearestRows(
  all: Float32Array,
  dims: number,
  queries: Float32Array,
  k: number,
  skipSelf = false,
): Nearest {
  const [count, asked] = [all.length / dims, queries.length / dims];
  const rows = new Uint32Array(asked * k);
  const squares = new Float32Array(asked * k).fill(Number.POSITIVE_INFINITY);
  for (let q = 0; q < asked; q++) {
    const [base, last] = [q * k, q * k + k - 1];
    for (let row = 0; row < count; row++) {
      if (skipSelf && row === q) continue;
      const worst = squares[last] ?? 0;
      let square = 0;
      for (let d = 0; d < dims && square < worst; d++) {
        const apart = (queries[q * dims + d] ?? 0) - (all[row * dims + d] ?? 0);
        square += apart * apart;
      }
      if (square >= worst) continue;
      let place = last;
      for (; place > base && (squares[place - 1] ?? 0) > square; place--) {
        squares[place] = squares[place - 1] ?? 0;
        rows[place] = rows[place - 1] ?? 0;
      }
      squares[place] = square;
      rows[place] = row;
    }
  }
  return { rows, distances: squares.map(Math.sqrt) };
}

/**
 * Places each query at the mean of its nearest rows' places, the nearer the more.
 *
 * Shape: places f32[rows, 2] → f32[queries, 2].
 */
export function placeAmong(places: Float32Array, { rows, distances }: Nearest, k: number): Float32Array {
  const count = rows.length / k;
  const placed = new Float32Array(count * 2);
  for (let q = 0; q < count; q++) {
    let [x, y, all] = [0, 0, 0];
    for (let n = q * k; n < (q + 1) * k; n++) {
      const weight = 1 / ((distances[n] ?? 0) ** 2 + 1e-6);
      const row = rows[n] ?? 0;
      x += weight * (places[row * 2] ?? 0);
      y += weight * (places[row * 2 + 1] ?? 0);
      all += weight;
    }
    placed[q * 2] = x / all;
    placed[q * 2 + 1] = y / all;
  }
  return placed;
}
