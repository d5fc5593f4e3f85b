import { cosineToDegrees } from "./angle.ts";
import { filledSector, type AngleBins } from "./bins.ts";
import { placeIn, sectorOf, type Sector, type Spread } from "./scale.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A shallow arc that spans a width, its lowest point in the middle. Units: pixels, y downwards. */
export interface LimbFrame {
  readonly centre: Point;
  readonly radius: number;
  /** Half of the arc's opening. Units: radians. */
  readonly reach: number;
  readonly height: number;
}

/** Fits the arc of a circle into `width` with the given sag (height of the arc over its chord) and margins. */
export function limbFrame(width: number, sag: number, top: number, bottom: number, side = 16): LimbFrame {
  const half = Math.max(1, width / 2 - side);
  const radius = (half * half + sag * sag) / (2 * sag);
  return {
    centre: { x: width / 2, y: top + sag - radius },
    radius,
    reach: Math.asin(Math.min(1, half / radius)),
    height: top + sag + bottom,
  };
}

/** A point at an angle of the sector, `outward` pixels outside the arc. */
export function limbPoint(frame: LimbFrame, sector: Sector, degrees: number, outward = 0): Point {
  const turn = (placeIn(sector, degrees) * 2 - 1) * frame.reach;
  const radius = frame.radius + outward;
  return { x: frame.centre.x + radius * Math.sin(turn), y: frame.centre.y + radius * Math.cos(turn) };
}

/** The angle at which a point stands, held within the sector: what a pointer on the limb means. */
export function limbDegrees({ centre, reach }: LimbFrame, { from, to }: Sector, { x, y }: Point): number {
  const turn = Math.atan2(x - centre.x, y - centre.y);
  return from + Math.min(1, Math.max(0, (turn / reach + 1) / 2)) * (to - from);
}

/** How long the arc is, `outward` pixels outside of it. */
export function limbLength({ radius, reach }: LimbFrame, outward = 0): number {
  return 2 * reach * (radius + outward);
}

/** SVG path along the arc between two angles. */
export function limbArc(frame: LimbFrame, sector: Sector, from: number, to: number, outward = 0): string {
  const [start, end] = [limbPoint(frame, sector, from, outward), limbPoint(frame, sector, to, outward)];
  const radius = frame.radius + outward;
  return `M${at(start)}A${fixed(radius)} ${fixed(radius)} 0 0 0 ${at(end)}`;
}

/** SVG path across the arc at one angle, between two distances from it. */
export function limbTick(
  frame: LimbFrame,
  sector: Sector,
  degrees: number,
  inner: number,
  outer: number,
): string {
  return `M${at(limbPoint(frame, sector, degrees, inner))}L${at(limbPoint(frame, sector, degrees, outer))}`;
}

/**
 * The angles between mean − deviation and mean + deviation of the candidates' cosines, as a sector: a larger
 * cosine is a smaller angle, so its start is the upper cosine.
 */
export function spreadSector({ mean, deviation }: Spread): Sector {
  return { from: cosineToDegrees(mean + deviation), to: cosineToDegrees(mean - deviation) };
}

/**
 * The sector that a limb shows: from the nearest hit to the farthest of all that was searched, where it is known how that is
 * spread. What a filter kept out and is nearer, such as the query's own chunk, is not waited for.
 */
export function limbSector(
  cosines: readonly number[],
  spread: Spread | null,
  bins: AngleBins | null = null,
): Sector {
  const angles = cosines.map(cosineToDegrees);
  const all = (bins && filledSector(bins)) ?? (spread && spreadSector(spread));
  if (!all) return sectorOf(angles);
  return sectorOf([...angles, all.to, ...(bins && angles.length > 0 ? [] : [all.from])]);
}

function at({ x, y }: Point): string {
  return `${fixed(x)} ${fixed(y)}`;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
