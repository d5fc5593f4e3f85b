import { expect, test } from "vitest";
import { rankShifts, shiftPath } from "./rank-shifts.ts";

test("the later ranking's passages stand in its order, those that left it behind them", () => {
  expect(rankShifts([1, 2, 3, 4], [3, 1, 9], 3)).toEqual([
    { id: 3, before: 3, after: 1 },
    { id: 1, before: 1, after: 2 },
    { id: 9, before: null, after: 3 },
    { id: 2, before: 2, after: null },
  ]);
});

test("a line leads from the former place to the row; what is new has none", () => {
  expect(shiftPath({ id: 3, before: 3, after: 1 }, 0, 20, 60)).toBe("M0 50C20 50 40 10 60 10");
  expect(shiftPath({ id: 9, before: null, after: 3 }, 2, 20, 60)).toBeNull();
});
