import { labelsThatFit, placeLabels } from "./label-place.ts";
import { limbLength, type LimbFrame } from "./limb.ts";
import { placeIn, type Sector } from "./scale.ts";

/** A hit's number on the limb: where it belongs and where it found room. Units: degrees. */
export interface LimbLabel {
  /** Place of the hit in its list. */
  readonly place: number;
  readonly degrees: number;
  readonly at: number;
}

/**
 * Gives as many of the first hits as have room their number along the arc, `outward` pixels from it, none over another;
 * hits without an angle have none. `chosen` has its number in any case.
 *
 * Order: by angle.
 */
export function labelLimb(
  frame: LimbFrame,
  sector: Sector,
  angles: readonly (number | null)[],
  {
    width,
    gap,
    outward,
    chosen,
  }: {
    readonly width: number;
    readonly gap: number;
    readonly outward: number;
    readonly chosen: number;
  },
): readonly LimbLabel[] {
  const length = limbLength(frame, outward);
  const hits = angles.flatMap((degrees, place) => (degrees === null ? [] : [{ degrees, place }]));
  const most = labelsThatFit(
    hits.map(() => width),
    length,
    gap,
  );
  const first = hits.filter(({ place }, i) => i < most || place === chosen);
  const excess = first.length - most;
  const kept = excess > 0 ? first.toSpliced(Math.max(0, most - excess), excess) : first;
  const sorted = kept.toSorted((a, b) => a.degrees - b.degrees);
  const wanted = sorted.map(({ degrees }) => ({ wanted: placeIn(sector, degrees) * length, width }));
  const centres = placeLabels(wanted, -width / 2, length + width / 2, gap);
  return sorted.map(({ place, degrees }, i) => ({
    place,
    degrees,
    at: sector.from + ((centres[i] ?? 0) / length) * (sector.to - sector.from),
  }));
}
