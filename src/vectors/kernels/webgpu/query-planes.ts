/** Codes of a query are whole numbers up to this: 128 times a high code of 8 bits, and a low one from -64 to 63. */
const MOST = 127 * 128 + 63;

/** More than float64 sums of float32 squares, rounded to float32, can be off by. */
const UP = 1.000001;

/** What the few float32 operations on one score can be off by, as a part of the product of the norms. */
const ROUNDING = 16 * 2 ** -24;

/** Queries as the scan reads them. */
export interface QueryPlanes {
  /** i8[q, wide, plane, 16]: 16 high codes, then the 16 low ones. */
  readonly codes: Int8Array<ArrayBuffer>;
  /** f32[q, 4]: scale, norm, what the norm of a row is multiplied by to bound the rest of the error, 0. */
  readonly numbers: Float32Array<ArrayBuffer>;
  /** What a query's scores are multiplied by: a power of two. */
  readonly factors: Float64Array;
}

/**
 * Writes f32[q, dim] queries as two planes of 8-bit codes: with 15 bits hardly any of the error is the query's.
 *
 * Each is scaled by a power of two to a largest value between 1/2 and 1, so that no product leaves what float32 holds.
 */
export function writePlanes(queries: Float32Array, dim: number, room: number): QueryPlanes {
  const stride = Math.ceil(dim / 16) * 16;
  const codes = new Int8Array(room * stride * 2);
  const numbers = new Float32Array(room * 4);
  const factors = new Float64Array(room).fill(1);
  for (let q = 0; q < queries.length / dim; q++) {
    const query = queries.subarray(q * dim, (q + 1) * dim);
    let largest = 0;
    for (const value of query) largest = Math.max(largest, Math.abs(value));
    const factor = largest > 0 ? 2 ** (Math.floor(Math.log2(largest)) + 1) : 1;
    const scale = Math.fround(largest / factor / MOST);
    let squares = 0;
    let residual = 0;
    for (let i = 0; i < dim; i++) {
      const value = (query[i] ?? 0) / factor;
      const code = scale > 0 ? Math.max(-MOST, Math.min(MOST, Math.round(value / scale))) : 0;
      const high = Math.floor((code + 64) / 128);
      const at = (q * stride + i - (i % 16)) * 2 + (i % 16);
      codes[at] = high;
      codes[at + 16] = code - 128 * high;
      squares += value * value;
      residual += (value - code * scale) ** 2;
    }
    const norm = Math.sqrt(squares) * UP;
    numbers.set([scale, norm, Math.sqrt(residual) * UP + norm * ROUNDING], q * 4);
    factors[q] = factor;
  }
  return { codes, numbers, factors };
}
