import type { TensorPlan } from "./shape.ts";

/**
 * The values of one tensor, row-major.
 *
 * A seed gives a tensor the same values whatever else is in the file, and on every machine: a sum of four uniform 16-bit
 * numbers stands in for a normal distribution and needs no logarithm. Its tails end at 3.46 deviations; trained weights
 * have a few values further out, which quantisation feels more.
 */
export function drawTensor({ name, shape, mean, spread }: TensorPlan, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const scale = (spread * Math.sqrt(3)) / 65536;
  let state = seedOf(name, seed);
  for (let i = 0; i < values.length; i++) {
    const a = mix(state);
    const b = mix(state + STEP);
    state = (state + 2 * STEP) | 0;
    const sum = (a >>> 16) + (a & 0xffff) + (b >>> 16) + (b & 0xffff);
    values[i] = mean + (sum - 131070) * scale;
  }
  return values;
}

const STEP = 0x6d2b79f5;

/** 32 bits of the generator of base/rng.ts, without the call and the division: 109 million weights are drawn with it. */
function mix(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return t ^ (t >>> 14);
}

/** FNV-1a. */
function seedOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
