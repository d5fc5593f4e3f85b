import { expect, test } from "vitest";
import { timingLanes } from "./timing-lanes.ts";

test("what ran at once stands in lanes of its own, what followed stands behind it", () => {
  const { bars, lanes } = timingLanes({
    totalMs: 20,
    steps: [
      { step: "scan", fromMs: 10, tookMs: 5 },
      { step: "embed", fromMs: 0, tookMs: 10 },
      { step: "keywords", fromMs: 2, tookMs: 4 },
    ],
  });
  expect(lanes).toBe(2);
  expect(bars).toEqual([
    { step: "embed", lane: 0, from: 0, to: 0.5 },
    { step: "keywords", lane: 1, from: 0.1, to: 0.3 },
    { step: "scan", lane: 0, from: 0.5, to: 0.75 },
  ]);
});

test("a query without steps or time has no bars to draw wrongly", () => {
  expect(timingLanes({ totalMs: 0, steps: [] })).toEqual({ bars: [], lanes: 0 });
  expect(timingLanes({ totalMs: 0, steps: [{ step: "read", fromMs: 0, tookMs: 0 }] }).bars).toEqual([
    { step: "read", lane: 0, from: 0, to: 0 },
  ]);
});
