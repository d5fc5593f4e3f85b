import { expect, test } from "vitest";
import { bestSentence, deviationsNearer, nearerThan, shadeOf } from "./nearness.ts";

const candidates = { count: 1001, mean: 0.5, deviation: 0.1 };
const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

test("among the nearest a rank says exactly how many are farther", () => {
  const result = { candidates, histogram: null };
  expect(nearerThan({ raw: 0.9, rank: 1 }, result)).toBe(1);
  expect(nearerThan({ raw: 0.8, rank: 101 }, result)).toBe(0.9);
  expect(nearerThan({ raw: 0.8, rank: 300 }, result)).toBeNull();
  expect(nearerThan({ raw: 0.8, rank: 1 }, { candidates: null, histogram: null })).toBeNull();
});

test("behind them the histogram says it", () => {
  const histogram = { fromDegrees: 40, stepDegrees: 10, counts: [100, 300, 601], sampled: 1001 };
  expect(nearerThan({ raw: cosine(50), rank: 300 }, { candidates, histogram })).toBeCloseTo(901 / 1001, 6);
  expect(nearerThan({ raw: cosine(55), rank: 300 }, { candidates, histogram })).toBeCloseTo(751 / 1001, 6);
  expect(nearerThan({ raw: cosine(80), rank: 300 }, { candidates, histogram })).toBe(0);
});

test("deviations need a spread", () => {
  expect(deviationsNearer(0.7, candidates)).toBeCloseTo(2, 9);
  expect(deviationsNearer(0.7, { ...candidates, deviation: 0 })).toBeNull();
});

test("the sentence that is near and has the words is the best, unless it is alone or no nearer than passages usually are", () => {
  const at = (start: number, standard: number, words = 0) => ({
    start,
    end: start + 5,
    raw: standard / 10,
    standard,
    words,
  });
  expect([-1, 2.1, 3.6, 9].map((standard) => shadeOf({ standard }))).toEqual([0, 1, 2, 3]);
  expect(bestSentence([at(0, 2), at(10, 3), at(20, 3)])).toEqual(at(10, 3));
  expect(bestSentence([at(0, 3, 1), at(10, 4)])).toEqual(at(0, 3, 1));
  expect(bestSentence([at(0, 3)])).toBeNull();
  expect(bestSentence([at(0, 1.1), at(10, 1.2, 1)])).toBeNull();
});
