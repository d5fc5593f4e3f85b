import { expect, test } from "vitest";
import { leadingAxes } from "./orthogonal-iteration.ts";

/** Stretches each axis of three by a factor of its own. */
const stretch = (by: readonly number[]) => (axes: Float64Array) =>
  axes.map((value, i) => value * (by[i % by.length] ?? 0));

test("the directions that are stretched most come first, at right angles", () => {
  const start = Float64Array.of(1, 1, 1, 1, 2, -1);
  const axes = leadingAxes({ dim: 3, count: 2, rounds: 60, start, multiply: stretch([1, 5, 3]) });
  expect([...axes].map((value) => Math.abs(value))).toEqual(
    [0, 1, 0, 0, 0, 1].map((value) => expect.closeTo(value, 9)),
  );
});

test("a direction that depends on those before it becomes zeros", () => {
  const start = Float64Array.of(3, 4, 0, 6, 8, 0);
  const axes = leadingAxes({ dim: 3, count: 2, rounds: 0, start, multiply: (same) => same });
  expect([...axes]).toEqual([0.6, 0.8, 0, 0, 0, 0].map((value) => expect.closeTo(value, 12)));
});
