import { expect, test } from "vitest";
import { sliceAround, widen, windowOf } from "./window-of.ts";

test("only the rows in view and a few more are in the page", () => {
  const { first, last } = windowOf(50_000, 500, 50, 100_000);
  expect(first).toBeGreaterThan(990);
  expect(first).toBeLessThanOrEqual(1000);
  expect(last).toBeGreaterThanOrEqual(1010);
  expect(last - first).toBeLessThan(40);
});

test("the window stays inside the list", () => {
  expect(windowOf(0, 500, 50, 3)).toEqual({ first: 0, last: 2 });
  expect(windowOf(9_999, 500, 50, 3)).toEqual({ first: 2, last: 2 });
  expect(windowOf(0, 500, 50, 0)).toEqual({ first: 0, last: -1 });
});

test("a slice of a long text holds the span, and growing it reaches both ends", () => {
  const length = 5_000_000;
  let slice = sliceAround(length, 2_000_000, 2_000_400);
  expect(slice.start).toBeLessThan(2_000_000);
  expect(slice.end).toBeGreaterThan(2_000_400);
  expect(slice.end - slice.start).toBeLessThanOrEqual(20_000);
  expect(sliceAround(100, 20, 40)).toEqual({ start: 0, end: 100 });
  expect(sliceAround(length, length - 10, length).end).toBe(length);
  for (let i = 0; i < 300; i++) slice = widen(widen(slice, length, "start"), length, "end");
  expect(slice).toEqual({ start: 0, end: length });
});
