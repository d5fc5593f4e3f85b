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
  let [least, most, sampled] = [180, 0, 0];
  const angles = parts.map(({ cosines, population }) => {
    const degrees = cosines.map(toDegrees);
    for (const angle of degrees) {
      least = Math.min(least, angle);
      most = Math.max(most, angle);
    }
    sampled += degrees.length;
    return { degrees, passages: Math.max(population, degrees.length) / degrees.length };
  });
  if (sampled === 0) return null;
  const binsOf = (step: number): number => Math.floor(most / step) - Math.floor(least / step) + 1;
  const stepDegrees = STEPS.find((step) => binsOf(step) <= MOST_BINS) ?? 5;
  const first = Math.floor(least / stepDegrees);
  const counts = Array.from({ length: binsOf(stepDegrees) }, () => 0);
  for (const { degrees, passages } of angles)
    for (const angle of degrees) {
      const bin = Math.floor(angle / stepDegrees) - first;
      counts[bin] = (counts[bin] ?? 0) + passages;
    }
  return { fromDegrees: first * stepDegrees, stepDegrees, counts, sampled };
}

function toDegrees(cosine: number): number {
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
