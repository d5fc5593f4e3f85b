import { leadingAxes } from "../../base/orthogonal-iteration.ts";
import { createRng } from "../../base/rng.ts";

/** Directions of unit length in which vectors spread most. */
export interface Axes {
  readonly fromDim: number;
  readonly toDim: number;
  /** f32[toDim, fromDim], row-major; rows are orthonormal, or zeros where there are fewer directions. */
  readonly rows: Float32Array;
}

const ITERATIONS = 24;
/** Rows that are looked at: more move the axes by less than a build's rounding. */
const MOST_ROWS = 6000;

/**
 * The principal axes of rows about the origin, by orthogonal iteration.
 *
 * Order: the same rows give the same axes.
 * Cost: rows · fromDim² + 24 · fromDim² · toDim.
 */
export function principalAxes(rows: Float32Array, fromDim: number, toDim: number): Axes {
  const products = secondMoments(rows, fromDim);
  const rng = createRng(1);
  const axes = leadingAxes({
    dim: fromDim,
    count: toDim,
    rounds: ITERATIONS,
    start: Float64Array.from({ length: fromDim * toDim }, () => rng() - 0.5),
    multiply(from) {
      const to = new Float64Array(from.length);
      for (let k = 0; k < toDim; k++)
        for (let a = 0; a < fromDim; a++) {
          const by = from[k * fromDim + a] ?? 0;
          for (let b = 0; b < fromDim; b++)
            to[k * fromDim + b] = (to[k * fromDim + b] ?? 0) + by * (products[a * fromDim + b] ?? 0);
        }
      return to;
    },
  });
  return { fromDim, toDim, rows: Float32Array.from(axes) };
}

/** Vectors along the axes, made unit vectors again. */
export function projected(vectors: Float32Array, { fromDim, toDim, rows }: Axes): Float32Array {
  const count = vectors.length / fromDim;
  const out = new Float32Array(count * toDim);
  for (let row = 0; row < count; row++) {
    const to = out.subarray(row * toDim, (row + 1) * toDim);
    for (let k = 0; k < toDim; k++) {
      let sum = 0;
      for (let a = 0; a < fromDim; a++)
        sum += (vectors[row * fromDim + a] ?? 0) * (rows[k * fromDim + a] ?? 0);
      to[k] = sum;
    }
    toUnit(to);
  }
  return out;
}

/** Zeros stay. */
export function toUnit(vector: Float32Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  const by = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] ?? 0) * by;
}

function secondMoments(rows: Float32Array, dim: number): Float64Array {
  const sums = new Float64Array(dim * dim);
  const count = rows.length / dim;
  const step = Math.max(1, count / MOST_ROWS);
  for (let at = 0; at < count; at += step) {
    const row = rows.subarray(Math.floor(at) * dim, (Math.floor(at) + 1) * dim);
    for (let a = 0; a < dim; a++) {
      const by = row[a] ?? 0;
      for (let b = 0; b < dim; b++) sums[a * dim + b] = (sums[a * dim + b] ?? 0) + by * (row[b] ?? 0);
    }
  }
  return sums;
}
