import type { AngleBins } from "./bins.ts";
import { limbPoint, type LimbFrame } from "./limb.ts";
import type { Sector } from "./scale.ts";

/** A bin as it is drawn: `height` is its share of the fullest. */
export interface Column extends Sector {
  readonly height: number;
}

/**
 * The bins inside a sector, neighbours joined where they would be narrower than `narrowestDegrees`; one that reaches over an
 * edge of the sector is cut there.
 */
export function columnsOf(
  { fromDegrees, stepDegrees, counts }: AngleBins,
  sector: Sector,
  narrowestDegrees: number,
): readonly Column[] {
  const joined = Math.max(1, Math.ceil(narrowestDegrees / stepDegrees));
  const columns: { from: number; to: number; count: number }[] = [];
  for (let bin = 0; bin < counts.length; bin += joined) {
    const count = counts.slice(bin, bin + joined).reduce((sum, one) => sum + one, 0);
    const from = Math.max(sector.from, fromDegrees + bin * stepDegrees);
    const to = Math.min(sector.to, fromDegrees + Math.min(counts.length, bin + joined) * stepDegrees);
    if (to > from) columns.push({ from, to, count });
  }
  const most = Math.max(0, ...columns.map(({ count }) => count));
  return columns.map(({ from, to, count }) => ({ from, to, height: most === 0 ? 0 : count / most }));
}

/** Columns before and after an angle; the one that holds it is cut in two. */
export function splitColumns(
  columns: readonly Column[],
  degrees: number,
): { readonly within: readonly Column[]; readonly beyond: readonly Column[] } {
  const within = columns
    .filter(({ from }) => from < degrees)
    .map((column) => ({ ...column, to: Math.min(column.to, degrees) }));
  const beyond = columns
    .filter(({ to }) => to > degrees)
    .map((column) => ({ ...column, from: Math.max(column.from, degrees) }));
  return { within, beyond };
}

/** SVG path of the columns, standing on the inside of the arc, `base` pixels from it and at most `height` high. */
export function limbColumns(
  frame: LimbFrame,
  sector: Sector,
  columns: readonly Column[],
  base: number,
  height: number,
): string {
  let path = "";
  for (const { from, to, height: share } of columns) {
    if (share === 0) continue;
    const top = -base - Math.max(1, share * height);
    const corners = [
      limbPoint(frame, sector, from, -base),
      limbPoint(frame, sector, from, top),
      limbPoint(frame, sector, to, top),
      limbPoint(frame, sector, to, -base),
    ].map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`);
    path += `M${corners.join("L")}Z`;
  }
  return path;
}
