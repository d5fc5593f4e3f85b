import { expect, test } from "vitest";
import { overlapAt, rankLines, rankPath, rankPoint } from "./rank-lines.ts";

const GRID = { left: 10, top: 20, columnWidth: 100, rowHeight: 20, depth: 3 };

test("whoever is among the first of any ranking has a line, with a gap where it is not", () => {
  const lines = rankLines(
    [
      [1, 2, 3, 4],
      [2, 4, 1, 3],
    ],
    3,
  );
  expect(lines).toEqual([
    { id: 1, ranks: [0, 2] },
    { id: 2, ranks: [1, 0] },
    { id: 3, ranks: [2, null] },
    { id: 4, ranks: [null, 1] },
  ]);
});

test("a line runs from rank to rank, and bends down and ends where the passage falls out", () => {
  expect(rankPoint(GRID, 1, 2)).toEqual({ x: 110, y: 60 });
  expect(rankPath(GRID, { id: 1, ranks: [0, 2] })).toBe("M10 20C60 20 60 60 110 60");
  expect(rankPath(GRID, { id: 3, ranks: [2, null] })).toBe("M10 60Q32 60 32 68");
  expect(rankPath(GRID, { id: 4, ranks: [null, 1] })).toBe("M110 40Q88 40 88 48");
  expect(rankPath(GRID, { id: 5, ranks: [null, null] })).toBe("");
});

test("overlap is the share of the first k that both have", () => {
  expect(overlapAt([1, 2, 3, 4], [4, 3, 9, 9], 2)).toBe(0);
  expect(overlapAt([1, 2, 3, 4], [4, 3, 2, 9], 4)).toBe(0.75);
  expect(overlapAt([1], [1, 2], 10)).toBe(0.5);
  expect(overlapAt([], [], 10)).toBe(1);
});
