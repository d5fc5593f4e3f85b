import { expect, test } from "vitest";
import { cellOf, cellsPath, cursorAt, cursorPlace, layStrip } from "./layout.ts";

test("the whole text is on show: never wider than its place, never more than ten rows", () => {
  for (const chunks of [1, 7, 64, 350, 5000])
    for (const width of [280, 640, 1100]) {
      const strip = layStrip(chunks, width);
      expect(strip.rows * strip.columns).toBeGreaterThanOrEqual(chunks);
      expect(strip.rows).toBeLessThanOrEqual(10);
      expect(strip.columns * strip.cell).toBeLessThanOrEqual(width + 1e-9);
    }
});

test("a point on a chunk's edge puts the cursor there, and the cursor is drawn there", () => {
  const strip = layStrip(100, 320);
  expect(strip.columns).toBe(20);
  for (const cursor of [0, 1, 19, 20, 55, 100]) {
    const { x, y } = cursorPlace(strip, cursor);
    expect(cursorAt(strip, x, y)).toBe(cursor);
  }
  expect(cursorAt(strip, 9999, 9999)).toBe(100);
  expect(cursorAt(strip, -5, -5)).toBe(0);
});

test("cells do not overlap and none is drawn twice", () => {
  const strip = layStrip(45, 320);
  const [one, next] = [cellOf(strip, 3), cellOf(strip, 4)];
  expect(one.x + one.width).toBeLessThanOrEqual(next.x);
  expect(cellOf(strip, 20).y).toBeGreaterThan(one.y + one.height);
  expect(cellsPath(strip, 0, 45).split("M")).toHaveLength(46);
});

test("an empty text has no cells", () => {
  expect(layStrip(0, 320)).toMatchObject({ rows: 0, height: 0 });
});
