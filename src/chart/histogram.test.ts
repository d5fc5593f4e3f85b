import { expect, test } from "vitest";
import { filledSector, shareWithin } from "./bins.ts";
import { columnsOf, limbColumns, splitColumns } from "./histogram.ts";
import { limbDegrees, limbFrame, limbLength, limbPoint, limbSector } from "./limb.ts";

const BINS = { fromDegrees: 30, stepDegrees: 2, counts: [0, 1, 3, 4, 0, 2, 0] };
const SECTOR = { from: 30, to: 44 };

test("what is filled is what is shown", () => {
  expect(filledSector(BINS)).toEqual({ from: 32, to: 42 });
  expect(filledSector({ ...BINS, counts: [0, 0] })).toBeNull();
  expect(limbSector([0.9], { mean: 0.5, deviation: 0.1 }, BINS)).toEqual({ from: 25, to: 42 });
  const [inner, alone] = [Math.cos((35 * Math.PI) / 180), { mean: 0.8, deviation: 0.1 }];
  expect(limbSector([inner], alone, { ...BINS, counts: [1, 0, 0, 4] })).toEqual({ from: 32, to: 40 });
});

test("the fullest bin is as high as can be, the others in proportion", () => {
  expect(columnsOf(BINS, SECTOR, 1).map(({ height }) => height)).toEqual([0, 0.25, 0.75, 1, 0, 0.5, 0]);
});

test("bins that would be too narrow to be seen are joined, and none is lost", () => {
  const columns = columnsOf(BINS, SECTOR, 3);
  expect(columns.map(({ from, to }) => [from, to])).toEqual([
    [30, 34],
    [34, 38],
    [38, 42],
    [42, 44],
  ]);
  expect(columns.map(({ height }) => height)).toEqual([1 / 7, 1, 2 / 7, 0]);
});

test("what reaches over the sector is cut at its edge", () => {
  const columns = columnsOf(BINS, { from: 33, to: 37 }, 1);
  expect(columns[0]).toMatchObject({ from: 33, to: 34 });
  expect(columns.at(-1)).toMatchObject({ from: 36, to: 37 });
});

test("a cut-off divides the column that it stands in, and everything is on one side or the other", () => {
  const { within, beyond } = splitColumns(columnsOf(BINS, SECTOR, 1), 35);
  expect(within.at(-1)).toMatchObject({ from: 34, to: 35, height: 0.75 });
  expect(beyond[0]).toMatchObject({ from: 35, to: 36, height: 0.75 });
  expect(within.length + beyond.length).toBe(8);
});

test("the share within an angle grows from none to all, also inside a bin", () => {
  expect(shareWithin(BINS, 30)).toBe(0);
  expect(shareWithin(BINS, 33)).toBeCloseTo(0.05, 10);
  expect(shareWithin(BINS, 38)).toBeCloseTo(0.8, 10);
  expect(shareWithin(BINS, 90)).toBe(1);
  expect(shareWithin({ ...BINS, counts: [] }, 40)).toBe(0);
});

test("columns stand inside the arc, and empty ones are not drawn", () => {
  const frame = limbFrame(400, 30, 40, 20);
  const path = limbColumns(frame, SECTOR, columnsOf(BINS, SECTOR, 1), 0, 30);
  expect(path.match(/M/g)).toHaveLength(4);
  const [x, y] = /M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(path)!.slice(1).map(Number);
  const foot = limbPoint(frame, SECTOR, 32);
  expect(x).toBeCloseTo(foot.x, 1);
  expect(y).toBeCloseTo(foot.y, 1);
});

test("a point on the limb is read back as the angle that it was drawn at", () => {
  const frame = limbFrame(400, 30, 40, 20);
  for (const degrees of [30, 33.3, 37, 44])
    for (const outward of [-20, 0, 25])
      expect(limbDegrees(frame, SECTOR, limbPoint(frame, SECTOR, degrees, outward))).toBeCloseTo(degrees, 6);
  expect(limbDegrees(frame, SECTOR, { x: -50, y: 60 })).toBe(30);
  expect(limbDegrees(frame, SECTOR, { x: 900, y: 60 })).toBe(44);
  expect(limbLength(frame)).toBeGreaterThan(368);
});
