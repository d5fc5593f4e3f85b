import { createRng } from "../../src/base/rng.ts";
import type { TensorPlan } from "./shape.ts";

/**
 * The values of one tensor, row-major.
 *
 * A seed gives a tensor the same values whatever else is in the file, and on every machine: a sum of four uniform 16-bit
 * numbers stands in for a normal distribution and needs no logarithm. Its tails end at 3.46 deviations; trained weights
 * have a few values further out, which quantisation feels more.
 */
export function drawTensor({ name, shape, mean, spread }: TensorPlan, seed: number): Float32Array {
  const rng = createRng(seedOf(name, seed));
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const scale = (spread * Math.sqrt(3)) / 65536;
  for (let i = 0; i < values.length; i++) {
    const [a, b] = [rng() * 4294967296, rng() * 4294967296];
    const sum = (a >>> 16) + (a & 0xffff) + (b >>> 16) + (b & 0xffff);
    values[i] = mean + (sum - 131070) * scale;
  }
  return values;
}

/** FNV-1a. */
function seedOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
