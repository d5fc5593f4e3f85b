import type { Rng } from "../../src/base/rng.ts";

/** Unit vectors in clusters, as texts about the same things are: f32[count, dim], row-major. */
export interface ClusteredVectors {
  readonly dim: number;
  readonly centres: Float32Array;
}

function addNormal(target: Float32Array, rng: Rng, scale: number): void {
  for (const [i, value] of target.entries())
    target[i] = value + scale * Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
}

function normalise(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  for (const [i, value] of vector.entries()) vector[i] = value / norm;
}

export function drawCentres(rng: Rng, clusters: number, dim: number): ClusteredVectors {
  const centres = new Float32Array(clusters * dim);
  for (let c = 0; c < clusters; c++) {
    const centre = centres.subarray(c * dim, (c + 1) * dim);
    addNormal(centre, rng, 1);
    normalise(centre);
  }
  return { dim, centres };
}

/** Draws a centre and noise of the same length for each vector, so that neighbours have a cosine of about 0.5. */
export function drawVectors(rng: Rng, { dim, centres }: ClusteredVectors, count: number): Float32Array {
  const vectors = new Float32Array(count * dim);
  const clusters = centres.length / dim;
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray(row * dim, (row + 1) * dim);
    const centre = Math.floor(rng() * clusters);
    vector.set(centres.subarray(centre * dim, (centre + 1) * dim));
    addNormal(vector, rng, 1 / Math.sqrt(dim));
    normalise(vector);
  }
  return vectors;
}
