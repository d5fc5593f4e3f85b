/** A closed interval of angles. Units: degrees. */
export interface Sector {
  readonly from: number;
  readonly to: number;
}

/** What all candidates of a search have in common. Units: cosines. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

const NARROWEST_DEGREES = 8;
const STEPS = [1, 2, 5, 10, 15, 30] as const;

/**
 * The whole degrees that hold every angle: what the limb shows. Never narrower than 8°, so that hits that lie
 * close together look close together.
 */
export function sectorOf(angles: readonly number[]): Sector {
  if (angles.length === 0) return { from: 0, to: 90 };
  const low = Math.floor(Math.min(...angles));
  const high = Math.ceil(Math.max(...angles));
  const lack = Math.max(0, NARROWEST_DEGREES - (high - low));
  const from = Math.max(0, low - Math.ceil(lack / 2));
  const to = Math.min(180, Math.max(high, from + NARROWEST_DEGREES));
  return { from: Math.min(from, to - NARROWEST_DEGREES), to };
}

/** Every whole degree of a sector; at most `most` of them are `major` and carry a figure. */
export function divisionsOf(
  { from, to }: Sector,
  most: number,
): readonly { readonly degrees: number; readonly major: boolean }[] {
  const step = STEPS.find((step) => Math.floor((to - from) / step) + 1 <= most) ?? 45;
  const divisions = [];
  for (let degrees = Math.ceil(from); degrees <= to; degrees++)
    divisions.push({ degrees, major: degrees % step === 0 });
  return divisions;
}

/** Where an angle stands in a sector: 0 at its start, 1 at its end; angles outside are held at the ends. */
export function placeIn({ from, to }: Sector, degrees: number): number {
  return Math.min(1, Math.max(0, (degrees - from) / (to - from)));
}
