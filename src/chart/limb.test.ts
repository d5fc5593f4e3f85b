import { expect, test } from "vitest";
import { cosineToDegrees, formatDegrees } from "./angle.ts";
import { limbArc, limbFrame, limbPoint, limbSector, spreadSector } from "./limb.ts";
import { armEnd, quadrantArc } from "./quadrant.ts";
import { divisionsOf, placeIn, sectorOf } from "./scale.ts";

test("a cosine becomes its true angle, also when rounding left it just outside [-1, 1]", () => {
  expect(cosineToDegrees(1)).toBe(0);
  expect(cosineToDegrees(0.5)).toBeCloseTo(60, 10);
  expect(cosineToDegrees(0)).toBeCloseTo(90, 10);
  expect(cosineToDegrees(1.0000001)).toBe(0);
  expect(cosineToDegrees(-1.0000001)).toBe(180);
  expect(formatDegrees(41.26)).toBe("41.3°");
});

test("the sector holds every angle in whole degrees and is never narrower than eight", () => {
  expect(sectorOf([31.2, 44.9])).toEqual({ from: 31, to: 45 });
  expect(sectorOf([40.2, 40.4])).toEqual({ from: 36, to: 44 });
  expect(sectorOf([0.3])).toEqual({ from: 0, to: 8 });
  expect(sectorOf([179.9])).toEqual({ from: 172, to: 180 });
  expect(sectorOf([])).toEqual({ from: 0, to: 90 });
});

test("divisions are whole degrees, and figures never crowd", () => {
  const divisions = divisionsOf({ from: 12, to: 61 }, 8);
  expect(divisions).toHaveLength(50);
  expect(divisions.filter(({ major }) => major).map(({ degrees }) => degrees)).toEqual([20, 30, 40, 50, 60]);
  expect(divisionsOf({ from: 30, to: 38 }, 9).every(({ major }) => major)).toBe(true);
});

test("the limb runs from one side to the other and dips in the middle", () => {
  const frame = limbFrame(640, 40, 10, 20);
  const sector = { from: 30, to: 60 };
  const [start, middle, end] = [30, 45, 60].map((degrees) => limbPoint(frame, sector, degrees));
  expect(start!.x).toBeCloseTo(16, 6);
  expect(end!.x).toBeCloseTo(624, 6);
  expect(start!.y).toBeCloseTo(10, 6);
  expect(middle!).toMatchObject({ x: 320 });
  expect(middle!.y).toBeCloseTo(50, 6);
  expect(frame.height).toBe(70);
  expect(placeIn(sector, 20)).toBe(0);
  expect(limbArc(frame, sector, 30, 60)).toMatch(/^M16 10A[\d.]+ [\d.]+ 0 0 0 624 10$/);
});

test("the collection's spread turns round: the larger cosine is the smaller angle", () => {
  const { from, to } = spreadSector({ mean: 0.5, deviation: 0.1 });
  expect(from).toBeCloseTo(cosineToDegrees(0.6), 10);
  expect(to).toBeCloseTo(cosineToDegrees(0.4), 10);
  expect(limbSector([0.9], { mean: 0.5, deviation: 0.1 })).toEqual({ from: 25, to: 67 });
});

test("the arm of a quadrant stands at its angle and never leaves the quadrant", () => {
  const quadrant = { pivot: { x: 2, y: 42 }, radius: 40 };
  expect(armEnd(quadrant, 0)).toEqual({ x: 42, y: 42 });
  expect(armEnd(quadrant, 60).x).toBeCloseTo(22, 10);
  expect(armEnd(quadrant, 140).y).toBeCloseTo(2, 10);
  expect(quadrantArc(quadrant, 90)).toBe("M42 42A40 40 0 0 0 2.00 2.00");
});
