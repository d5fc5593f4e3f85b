export interface LeadingAxesOptions {
  readonly dim: number;
  readonly count: number;
  readonly rounds: number;
  /** f64[count, dim] row-major: directions to begin with. Changed in place. */
  readonly start: Float64Array;
  /** A symmetric matrix times each axis, in the same shape. */
  readonly multiply: (axes: Float64Array) => Float64Array;
}

/**
 * The directions in which a symmetric matrix stretches most, the first the most.
 *
 * Shape: f64[count, dim] row-major, rows orthonormal; a row for which nothing is left is zeros.
 * Cost: rounds times one multiplication and count² · dim.
 * Source: orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2.4).
 */
export function leadingAxes({ dim, count, rounds, start, multiply }: LeadingAxesOptions): Float64Array {
  let axes = orthonormalise(start, count, dim);
  for (let round = 0; round < rounds; round++) axes = orthonormalise(multiply(axes), count, dim);
  return axes;
}

/** Gram–Schmidt, in place; a row that depends on those before it becomes zeros. */
function orthonormalise(axes: Float64Array, count: number, dim: number): Float64Array {
  for (let a = 0; a < count; a++) {
    const own = axes.subarray(a * dim, (a + 1) * dim);
    const before = Math.sqrt(product(own, own));
    for (let b = 0; b < a; b++) {
      const other = axes.subarray(b * dim, (b + 1) * dim);
      const along = product(own, other);
      for (let d = 0; d < dim; d++) own[d] = (own[d] ?? 0) - along * (other[d] ?? 0);
    }
    const length = Math.sqrt(product(own, own));
    const by = length > 1e-9 * before && length > 0 ? 1 / length : 0;
    for (let d = 0; d < dim; d++) own[d] = (own[d] ?? 0) * by;
  }
  return axes;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
  return sum;
}
