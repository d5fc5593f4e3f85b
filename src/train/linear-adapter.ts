import { createRng } from "../base/rng.ts";
import { scaleTo, throughUnit } from "./token-table.ts";

/** A low-rank change of the full encoder's query vector: q' = unit(q + up · (down · q)). */
export interface LinearAdapter {
  readonly dim: number;
  readonly rank: number;
  /** f32[rank, dim]. */
  readonly down: Float32Array;
  /** f32[rank, dim]: the transposed second factor; zeros at first, so that nothing changes. */
  readonly up: Float32Array;
}

export function createLinearAdapter(dim: number, rank = 16, seed = 1): LinearAdapter {
  const rng = createRng(seed);
  const down = Float32Array.from({ length: rank * dim }, () => (rng() - 0.5) * Math.sqrt(12 / dim));
  return { dim, rank, down, up: new Float32Array(rank * dim) };
}

interface Passed {
  readonly hidden: Float32Array;
  readonly length: number;
}

/** Changes one query vector into `out`, a unit vector; returns what the way back needs. */
export function applyLinear(
  { dim, rank, down, up }: LinearAdapter,
  query: Float32Array,
  out: Float32Array,
): Passed {
  out.set(query);
  const hidden = new Float32Array(rank);
  for (let r = 0; r < rank; r++) {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += (down[r * dim + k] ?? 0) * (query[k] ?? 0);
    hidden[r] = sum;
    for (let k = 0; k < dim; k++) out[k] = (out[k] ?? 0) + sum * (up[r * dim + k] ?? 0);
  }
  return { hidden, length: scaleTo(out, 1) };
}

/** Adds the derivatives by both factors, given the derivative by the unit vector, which is used up. */
export function backLinear(
  { dim, rank, up }: LinearAdapter,
  query: Float32Array,
  out: Float32Array,
  { hidden, length }: Passed,
  derivative: Float32Array,
  into: { readonly down: Float32Array; readonly up: Float32Array },
): void {
  throughUnit(derivative, out, length);
  for (let r = 0; r < rank; r++) {
    let along = 0;
    for (let k = 0; k < dim; k++) {
      const at = r * dim + k;
      along += (derivative[k] ?? 0) * (up[at] ?? 0);
      into.up[at] = (into.up[at] ?? 0) + (derivative[k] ?? 0) * (hidden[r] ?? 0);
    }
    for (let k = 0; k < dim; k++) {
      const at = r * dim + k;
      into.down[at] = (into.down[at] ?? 0) + along * (query[k] ?? 0);
    }
  }
}
