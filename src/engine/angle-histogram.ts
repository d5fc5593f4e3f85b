import type { AngleHistogram } from "../contract/index.ts";

/** What one collection adds: cosines of a sample, and how many passages they stand for. */
export interface SampledCosines {
  readonly cosines: Float32Array;
  readonly population: number;
}

const STEPS = [0.25, 0.5, 1, 2, 5];
const MOST_BINS = 64;

/** Counts passages by their angle from a query, in the narrowest bins of which 64 cover them all; null for none. */
export function angleHistogram(parts: readonly SampledCosines[]): AngleHistogram | null {
  const angles = parts.flatMap(({ cosines, population }) =>
    Array.from(cosines, (cosine) => ({
      degrees: (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI,
      passages: Math.max(population, cosines.length) / cosines.length,
    })),
  );
  if (angles.length === 0) return null;
  let [least, most] = [180, 0];
  for (const { degrees } of angles) [least, most] = [Math.min(least, degrees), Math.max(most, degrees)];
  const binsOf = (step: number): number => Math.floor(most / step) - Math.floor(least / step) + 1;
  const stepDegrees = STEPS.find((step) => binsOf(step) <= MOST_BINS) ?? 5;
  const first = Math.floor(least / stepDegrees);
  const counts = Array.from({ length: binsOf(stepDegrees) }, () => 0);
  for (const { degrees, passages } of angles) {
    const bin = Math.floor(degrees / stepDegrees) - first;
    counts[bin] = (counts[bin] ?? 0) + passages;
  }
  return { fromDegrees: first * stepDegrees, stepDegrees, counts, sampled: angles.length };
}
