import type { Sector } from "./scale.ts";

/** How many candidates stand in each of equal steps of angle. Units: degrees. */
export interface AngleBins {
  readonly fromDegrees: number;
  readonly stepDegrees: number;
  readonly counts: readonly number[];
}

/** The angles from the first to the last bin that holds anything; null when none does. */
export function filledSector({ fromDegrees, stepDegrees, counts }: AngleBins): Sector | null {
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  return first < 0
    ? null
    : { from: fromDegrees + first * stepDegrees, to: fromDegrees + (last + 1) * stepDegrees };
}

/** Share of the candidates that are nearer than an angle; a bin's candidates are taken as spread evenly over it. */
export function shareWithin({ fromDegrees, stepDegrees, counts }: AngleBins, degrees: number): number {
  let [within, all] = [0, 0];
  for (const [bin, count] of counts.entries()) {
    const covered = (degrees - fromDegrees) / stepDegrees - bin;
    within += count * Math.min(1, Math.max(0, covered));
    all += count;
  }
  return all === 0 ? 0 : within / all;
}
