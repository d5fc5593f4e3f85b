import type { Point } from "../limb.ts";

/** What part of the map is seen: the middle, and how many pixels one unit is. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The view that holds all points with some room around them. Shape: places f32[points, 2]. */
export function viewOfAll(places: Float32Array, { width, height }: Size): MapView {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] ?? 0, places[i + 1] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  if (left > right) return { x: 0, y: 0, scale: 1 };
  const scale = 0.92 * Math.min(width / Math.max(1e-6, right - left), height / Math.max(1e-6, top - bottom));
  return { x: (left + right) / 2, y: (bottom + top) / 2, scale };
}

export function toScreen({ x, y, scale }: MapView, { width, height }: Size, point: Point): Point {
  return { x: width / 2 + (point.x - x) * scale, y: height / 2 - (point.y - y) * scale };
}

export function toMap({ x, y, scale }: MapView, { width, height }: Size, point: Point): Point {
  return { x: x + (point.x - width / 2) / scale, y: y - (point.y - height / 2) / scale };
}

/** Comes closer by a factor; what is under the pointer stays there. */
export function zoomAt(view: MapView, size: Size, at: Point, factor: number): MapView {
  const held = toMap(view, size, at);
  const scale = view.scale * factor;
  return {
    scale,
    x: held.x - (at.x - size.width / 2) / scale,
    y: held.y + (at.y - size.height / 2) / scale,
  };
}

/** The point nearest to a place, no farther than `reach`; −1 when there is none. Shape: places f32[points, 2]. */
export function pickPoint(places: Float32Array, { x, y }: Point, reach: number): number {
  let [found, least] = [-1, reach * reach];
  for (let i = 0; i < places.length; i += 2) {
    const [dx, dy] = [(places[i] ?? 0) - x, (places[i + 1] ?? 0) - y];
    const square = dx * dx + dy * dy;
    if (square > least) continue;
    least = square;
    found = i / 2;
  }
  return found;
}

/** The points inside a line that closes itself, by the even–odd rule. */
export function pointsInside(places: Float32Array, line: readonly Point[]): readonly number[] {
  const xs = Float64Array.from(line, ({ x }) => x);
  const ys = Float64Array.from(line, ({ y }) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const inside: number[] = [];
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] ?? 0, places[i + 1] ?? 0];
    if (x >= left && x <= right && y >= bottom && y <= top && isInside(xs, ys, x, y)) inside.push(i / 2);
  }
  return inside;
}

function isInside(xs: Float64Array, ys: Float64Array, x: number, y: number): boolean {
  let odd = false;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    const [ax, ay, bx, by] = [xs[i] ?? 0, ys[i] ?? 0, xs[j] ?? 0, ys[j] ?? 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** How much farther a point counts for each step that it lies aside of the way. */
const ASIDE = 2.5;

/** The next point from one in a direction, for keys; the point itself where there is none. Shape: places f32[points, 2]. */
export function pointTowards(places: Float32Array, from: number, direction: Point): number {
  const [x, y] = [places[from * 2] ?? 0, places[from * 2 + 1] ?? 0];
  let [found, least] = [from, Infinity];
  for (let i = 0; i < places.length; i += 2) {
    const [dx, dy] = [(places[i] ?? 0) - x, (places[i + 1] ?? 0) - y];
    const ahead = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y - dy * direction.x);
    if (ahead <= 0 || aside > ahead) continue;
    const far = ahead + ASIDE * aside;
    if (far >= least) continue;
    least = far;
    found = i / 2;
  }
  return found;
}
