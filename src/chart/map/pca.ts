import { fromHalf } from "../../base/half.ts";
import { leadingAxes } from "../../base/orthogonal-iteration.ts";

/** As many rows as the axes are found from; all are then laid along them. */
const MOST_ROWS = 2000;
const ROUNDS = 10;

/** Rows laid along a few axes. */
export interface Projection {
  readonly rows: number;
  readonly dims: number;
  /** f32[rows, dims] row-major. */
  readonly values: Float32Array;
}

/**
 * Lays rows along the directions in which they differ most, the first the most.
 *
 * Shape: vectors f16 bits[rows, dim] row-major → f32[rows, dims].
 * Order: an axis points to where its largest component is positive, so that the same rows always look the same.
 * Cost: rounds · min(rows, 2000) · dim · dims, then rows · dim · dims multiply-adds.
 * Source: `leadingAxes` on evenly taken rows; knowingly approximate where two axes explain nearly as much.
 */
export function principalAxes(vectors: Uint16Array, dim: number, dims: number): Projection {
  const rows = dim === 0 ? 0 : vectors.length / dim;
  const kept = Math.min(dims, dim);
  const floatsOf = (row: number) => fromHalf(vectors.subarray(row * dim, (row + 1) * dim));
  const mean = new Float64Array(dim);
  const sampled = Math.min(rows, MOST_ROWS);
  const sample = new Float32Array(sampled * dim);
  for (let i = 0; i < sampled; i++) {
    const row = floatsOf(Math.floor((i * rows) / sampled));
    for (let d = 0; d < dim; d++) {
      const value = row[d] ?? 0;
      sample[i * dim + d] = value;
      mean[d] = (mean[d] ?? 0) + value / sampled;
    }
  }
  for (let i = 0; i < sampled * dim; i++) sample[i] = (sample[i] ?? 0) - (mean[i % dim] ?? 0);

  const axes = leadingAxes({
    dim,
    count: kept,
    rounds: ROUNDS,
    start: startAxes(kept, dim),
    multiply(axes) {
      const next = new Float64Array(kept * dim);
      for (let i = 0; i < sampled; i++)
        for (let a = 0; a < kept; a++) {
          let along = 0;
          for (let d = 0; d < dim; d++) along += (sample[i * dim + d] ?? 0) * (axes[a * dim + d] ?? 0);
          for (let d = 0; d < dim; d++)
            next[a * dim + d] = (next[a * dim + d] ?? 0) + along * (sample[i * dim + d] ?? 0);
        }
      return next;
    },
  });
  turnPositive(axes, kept, dim);

  const values = new Float32Array(rows * kept);
  for (let i = 0; i < rows; i++) {
    const row = floatsOf(i);
    for (let d = 0; d < dim; d++) row[d] = (row[d] ?? 0) - (mean[d] ?? 0);
    for (let a = 0; a < kept; a++) {
      let along = 0;
      for (let d = 0; d < dim; d++) along += (row[d] ?? 0) * (axes[a * dim + d] ?? 0);
      values[i * kept + a] = along;
    }
  }
  return { rows, dims: kept, values };
}

/** Directions to begin with: fixed, and far from each other. */
function startAxes(count: number, dim: number): Float64Array {
  return Float64Array.from({ length: count * dim }, (_, i) => (Math.sin(1 + i * 12.9898) * 43758.5453) % 1);
}

function turnPositive(axes: Float64Array, count: number, dim: number): void {
  for (let a = 0; a < count; a++) {
    let largest = 0;
    for (let d = 0; d < dim; d++) {
      const value = axes[a * dim + d] ?? 0;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
    if (largest < 0) for (let d = 0; d < dim; d++) axes[a * dim + d] = -(axes[a * dim + d] ?? 0);
  }
}
