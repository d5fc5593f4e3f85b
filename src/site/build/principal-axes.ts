import { createRng } from "../../base/rng.ts";

/** Directions of unit length in which vectors spread most. */
export interface Axes {
  readonly fromDim: number;
  readonly toDim: number;
  /** f32[fromDim, toDim], row-major; columns are orthonormal. */
  readonly columns: Float32Array;
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
  let columns = Float64Array.from({ length: fromDim * toDim }, () => rng() - 0.5);
  orthonormalise(columns, fromDim, toDim);
  for (let i = 0; i < ITERATIONS; i++) {
    const next = new Float64Array(fromDim * toDim);
    for (let a = 0; a < fromDim; a++)
      for (let b = 0; b < fromDim; b++) {
        const by = products[a * fromDim + b] ?? 0;
        for (let k = 0; k < toDim; k++)
          next[a * toDim + k] = (next[a * toDim + k] ?? 0) + by * (columns[b * toDim + k] ?? 0);
      }
    orthonormalise(next, fromDim, toDim);
    columns = next;
  }
  return { fromDim, toDim, columns: Float32Array.from(columns) };
}

/** Rows along the axes, made unit vectors again. */
export function projected(rows: Float32Array, { fromDim, toDim, columns }: Axes): Float32Array {
  const count = rows.length / fromDim;
  const out = new Float32Array(count * toDim);
  for (let row = 0; row < count; row++) {
    const to = out.subarray(row * toDim, (row + 1) * toDim);
    for (let a = 0; a < fromDim; a++) {
      const by = rows[row * fromDim + a] ?? 0;
      for (let k = 0; k < toDim; k++) to[k] = (to[k] ?? 0) + by * (columns[a * toDim + k] ?? 0);
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

/** Gram-Schmidt, in place; a column that has nothing left becomes zeros. */
function orthonormalise(columns: Float64Array, rows: number, count: number): void {
  for (let k = 0; k < count; k++) {
    const own = columnNorm(columns, rows, count, k);
    for (let j = 0; j < k; j++) {
      let along = 0;
      for (let a = 0; a < rows; a++) along += (columns[a * count + k] ?? 0) * (columns[a * count + j] ?? 0);
      for (let a = 0; a < rows; a++)
        columns[a * count + k] = (columns[a * count + k] ?? 0) - along * (columns[a * count + j] ?? 0);
    }
    const length = columnNorm(columns, rows, count, k);
    const by = length > 1e-9 * own && length > 0 ? 1 / length : 0;
    for (let a = 0; a < rows; a++) columns[a * count + k] = (columns[a * count + k] ?? 0) * by;
  }
}

function columnNorm(columns: Float64Array, rows: number, count: number, k: number): number {
  let square = 0;
  for (let a = 0; a < rows; a++) square += (columns[a * count + k] ?? 0) ** 2;
  return Math.sqrt(square);
}
