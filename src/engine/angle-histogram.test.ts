import { expect, test } from "vitest";
import { angleHistogram } from "./angle-histogram.ts";

const cosines = (...degrees: readonly number[]) =>
  Float32Array.from(degrees, (angle) => Math.cos((angle * Math.PI) / 180));

test("every passage is in the bin of its angle", () => {
  const found = angleHistogram([{ cosines: cosines(30.1, 30.2, 31.3), population: 3 }]);
  expect(found).toEqual({ fromDegrees: 30, stepDegrees: 0.25, counts: [2, 0, 0, 0, 0, 1], sampled: 3 });
});

test("a sample stands for its collection, beside one that is there whole", () => {
  const parts = [
    { cosines: cosines(10.1, 10.1), population: 100 },
    { cosines: cosines(10.1), population: 1 },
  ];
  expect(angleHistogram(parts)).toMatchObject({ counts: [101], sampled: 3 });
});

test("bins grow wider rather than more than 64; rounding past 1 and opposite vectors have a place", () => {
  const found = angleHistogram([{ cosines: Float32Array.of(1.0001, 0, -1), population: 3 }]);
  expect(found).toMatchObject({ fromDegrees: 0, stepDegrees: 5, sampled: 3 });
  expect(found?.counts).toHaveLength(37);
  expect([found?.counts[0], found?.counts[18], found?.counts[36]]).toEqual([1, 1, 1]);
});

test("nothing has no distribution", () => {
  expect(angleHistogram([])).toBeNull();
  expect(angleHistogram([{ cosines: new Float32Array(0), population: 0 }])).toBeNull();
});
