import type { Point } from "../limb.ts";
import type { Size } from "./view.ts";

/** A label that would like to stand with its middle at a place. Units: pixels. */
export interface MapLabel extends Point, Size {}

/** Where a label may stand beside its place, in its own widths and heights; the first that is free is taken. */
const TRIED = [
  [0, 0],
  [0, -1],
  [0, 1],
  [0.5, 0],
  [-0.5, 0],
  [0.5, -1],
  [-0.5, -1],
  [0.5, 1],
  [-0.5, 1],
] as const;

const GAP = 3;

/**
 * Places labels so that none covers another, leaves the field or covers what is `taken`; null for one that finds no room.
 *
 * Order: `labels` by weight, since the first have the choice.
 * Cost: labels · (labels + taken) · 9 comparisons.
 */
export function placeMapLabels(
  labels: readonly MapLabel[],
  { width, height }: Size,
  taken: readonly MapLabel[] = [],
): readonly (Point | null)[] {
  const standing = [...taken];
  return labels.map((label) => {
    for (const [across, down] of TRIED) {
      const x = label.x + across * (label.width + GAP);
      const y = label.y + down * (label.height + GAP);
      const [halfWidth, halfHeight] = [label.width / 2, label.height / 2];
      if (x < halfWidth || y < halfHeight || x > width - halfWidth || y > height - halfHeight) continue;
      const tried = { ...label, x, y };
      if (standing.some((other) => overlap(tried, other))) continue;
      standing.push(tried);
      return { x, y };
    }
    return null;
  });
}

function overlap(a: MapLabel, b: MapLabel): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP
  );
}
