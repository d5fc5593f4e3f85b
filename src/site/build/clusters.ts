import { toUnit } from "./principal-axes.ts";

export interface Clusters {
  /** f32[clusters, dim], unit rows. */
  readonly centres: Float32Array;
  /** Rows of each cluster, ascending; no cluster is empty. */
  readonly members: readonly (readonly number[])[];
}

const ROUNDS = 10;
/** Of a file; smaller ones cost more requests for the same recall. */
const CLUSTER_PASSAGES = 200;

/**
 * Groups unit rows by direction (spherical k-means), about 200 to a group, started from evenly spaced rows.
 *
 * Order: the same rows give the same groups.
 */
export function clustersOf(rows: Float32Array, dim: number): Clusters {
  const count = rows.length / dim;
  const wanted = Math.max(1, Math.round(count / CLUSTER_PASSAGES));
  let centres = new Float32Array(wanted * dim);
  for (let c = 0; c < wanted; c++) {
    const row = Math.floor(((c + 0.5) * count) / wanted);
    centres.set(rows.subarray(row * dim, (row + 1) * dim), c * dim);
  }
  let nearest = nearestOf(rows, centres, dim);
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float32Array(wanted * dim);
    nearest.forEach((c, row) => {
      for (let k = 0; k < dim; k++) next[c * dim + k] = (next[c * dim + k] ?? 0) + (rows[row * dim + k] ?? 0);
    });
    for (let c = 0; c < wanted; c++) toUnit(next.subarray(c * dim, (c + 1) * dim));
    centres = next;
    nearest = nearestOf(rows, centres, dim);
  }
  const members: number[][] = Array.from({ length: wanted }, () => []);
  nearest.forEach((c, row) => members[c]?.push(row));
  const kept = members.flatMap((own, c) => (own.length > 0 ? [c] : []));
  const packed = new Float32Array(kept.length * dim);
  kept.forEach((c, place) => packed.set(centres.subarray(c * dim, (c + 1) * dim), place * dim));
  return { centres: packed, members: kept.map((c) => members[c] ?? []) };
}

function nearestOf(rows: Float32Array, centres: Float32Array, dim: number): Int32Array {
  const nearest = new Int32Array(rows.length / dim);
  for (let row = 0; row < nearest.length; row++) {
    let best = -Infinity;
    for (let c = 0; c < centres.length / dim; c++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += (rows[row * dim + k] ?? 0) * (centres[c * dim + k] ?? 0);
      if (sum > best) {
        best = sum;
        nearest[row] = c;
      }
    }
  }
  return nearest;
}
