import { expect, test } from "vitest";
import { floatToHalf } from "../../base/half.ts";
import { createRng } from "../../base/rng.ts";
import { nearestRows, placeAmong } from "./nearest.ts";
import { principalAxes, type Projection } from "./pca.ts";
import { startUmap } from "./umap.ts";
import { pickPoint, pointsInside, pointTowards, toMap, toScreen, viewOfAll, zoomAt } from "./view.ts";

const DIM = 12;
const GROUPS = 3;
const EACH = 30;

/** Three groups of rows around directions of their own. */
function groups(): Uint16Array {
  const rng = createRng(7);
  return Uint16Array.from(
    Array.from({ length: GROUPS * EACH * DIM }, (_, i) => {
      const [row, d] = [Math.floor(i / DIM), i % DIM];
      return floatToHalf((d === row % GROUPS ? 1 : 0) + (rng() - 0.5) * 0.2);
    }),
  );
}

/** Share of points whose nearest neighbour in the plane is of their own group. */
function purity(places: Float32Array): number {
  const { rows } = nearestRows(places, 2, places, 1, true);
  return [...rows].filter((other, row) => other % GROUPS === row % GROUPS).length / rows.length;
}

function umapOf(projection: Projection, epochs: number): Float32Array {
  const { places, step } = startUmap(projection, { rng: createRng(1), epochs });
  for (let epoch = 0; epoch < epochs; epoch++) step();
  return places;
}

test("groups stand apart along the first axes, the same way each time", () => {
  const one = principalAxes(groups(), DIM, 2);
  expect([one.rows, one.dims]).toEqual([GROUPS * EACH, 2]);
  expect(purity(one.values)).toBe(1);
  expect(principalAxes(groups(), DIM, 2).values).toEqual(one.values);
  const spread = (d: number) => one.values.filter((_, i) => i % 2 === d).reduce((sum, v) => sum + v * v, 0);
  expect(spread(0)).toBeGreaterThanOrEqual(spread(1));
});

test("neighbours stay neighbours in the plane, and a seed gives one picture", () => {
  const projection = principalAxes(groups(), DIM, 6);
  const draw = () => umapOf(projection, 60);
  const places = draw();
  expect(places.every(Number.isFinite)).toBe(true);
  expect(purity(places)).toBe(1);
  expect(draw()).toEqual(places);
});

test("too few rows for neighbours are placed along their axes", () => {
  expect(umapOf(principalAxes(new Uint16Array(0), DIM, 2), 5)).toHaveLength(0);
  expect(umapOf(principalAxes(groups().slice(0, DIM), DIM, 2), 5)).toHaveLength(2);
});

test("what is not drawn itself stands among its nearest", () => {
  const all = Float32Array.from([0, 0, 10, 0, 0, 10]);
  const near = nearestRows(all, 2, Float32Array.from([1, 1]), 2);
  expect([...near.rows]).toContain(0);
  const placed = placeAmong(Float32Array.from([5, 5, 9, 9, 1, 1]), nearestRows(all, 2, all, 1), 1);
  expect([...placed]).toEqual([5, 5, 9, 9, 1, 1]);
});

test("the view holds everything, and zooming keeps what is under the pointer", () => {
  const size = { width: 400, height: 200 };
  const places = Float32Array.from([-2, 1, 6, 3, 0, 2]);
  const view = viewOfAll(places, size);
  for (let i = 0; i < 3; i++) {
    const { x, y } = toScreen(view, size, { x: places[i * 2]!, y: places[i * 2 + 1]! });
    expect(x >= 0 && x <= 400 && y >= 0 && y <= 200).toBe(true);
  }
  const at = { x: 100, y: 50 };
  const closer = zoomAt(view, size, at, 3);
  expect(toMap(closer, size, at).x).toBeCloseTo(toMap(view, size, at).x, 9);
  expect(toMap(closer, size, at).y).toBeCloseTo(toMap(view, size, at).y, 9);
  expect(toScreen(closer, size, toMap(closer, size, at)).x).toBeCloseTo(100, 6);
});

test("points are picked by nearness and by a line around them", () => {
  const places = Float32Array.from([0, 0, 2, 2, 5, 5]);
  expect(pickPoint(places, { x: 1.8, y: 2.1 }, 1)).toBe(1);
  expect(pickPoint(places, { x: 3.5, y: 3.5 }, 1)).toBe(-1);
  const around = [
    { x: -1, y: -1 },
    { x: 3, y: -1 },
    { x: 3, y: 3 },
    { x: -1, y: 3 },
  ];
  expect(pointsInside(places, around)).toEqual([0, 1]);
  expect(pointsInside(places, [])).toEqual([]);
});

test("keys go from point to point, and stay where none is ahead", () => {
  const places = Float32Array.from([0, 0, 2, 0.2, 5, 0, 0, 3, -1, -4]);
  expect(pointTowards(places, 0, { x: 1, y: 0 })).toBe(1);
  expect(pointTowards(places, 1, { x: 1, y: 0 })).toBe(2);
  expect(pointTowards(places, 0, { x: 0, y: 1 })).toBe(3);
  expect(pointTowards(places, 0, { x: 0, y: -1 })).toBe(4);
  expect(pointTowards(places, 2, { x: 1, y: 0 })).toBe(2);
});
