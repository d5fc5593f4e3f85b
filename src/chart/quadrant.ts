import type { Point } from "./limb.ts";

/** A quarter circle with its pivot at the lower left; the query lies along the horizontal. Units: pixels. */
export interface Quadrant {
  readonly pivot: Point;
  readonly radius: number;
}

/** End of the arm that stands at an angle from the horizontal; beyond 90° the arm stays upright. */
export function armEnd({ pivot, radius }: Quadrant, degrees: number): Point {
  const turn = (Math.min(90, Math.max(0, degrees)) * Math.PI) / 180;
  return { x: pivot.x + radius * Math.cos(turn), y: pivot.y - radius * Math.sin(turn) };
}

/** SVG path of the arc from the horizontal up to an angle. */
export function quadrantArc(quadrant: Quadrant, degrees: number): string {
  const { pivot, radius } = quadrant;
  const end = armEnd(quadrant, degrees);
  return `M${pivot.x + radius} ${pivot.y}A${radius} ${radius} 0 0 0 ${end.x.toFixed(2)} ${end.y.toFixed(2)}`;
}
