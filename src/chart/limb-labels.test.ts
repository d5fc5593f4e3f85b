import { expect, test } from "vitest";
import { labelLimb } from "./limb-labels.ts";
import { limbFrame } from "./limb.ts";

const SECTOR = { from: 30, to: 50 };
const STYLE = { width: 18, gap: 2, outward: -50, chosen: 0 };

test("numbers along the arc do not overlap, and hits without an angle have none", () => {
  const frame = limbFrame(600, 34, 60, 40);
  const angles = [31, 31.1, null, 31.2, 40, 49.9, 50];
  const labels = labelLimb(frame, SECTOR, angles, STYLE);
  expect(labels.map(({ place }) => place)).toEqual([0, 1, 3, 4, 5, 6]);
  const pixels = labels.map(({ at }) => ((at - 30) / 20) * 2 * frame.reach * (frame.radius - 50));
  for (const [i, one] of pixels.slice(1).entries())
    expect(one - pixels[i]!).toBeGreaterThanOrEqual(20 - 1e-6);
  expect(labels[3]!.at).toBeCloseTo(40, 6);
});

test("where there is no room for all, the best keep their numbers and so does the chosen one", () => {
  const frame = limbFrame(200, 12, 60, 40);
  const angles = Array.from({ length: 20 }, (_, i) => 31 + i * 0.5);
  const places = labelLimb(frame, SECTOR, angles, { ...STYLE, chosen: 17 }).map(({ place }) => place);
  expect(places.slice(0, 3)).toEqual([0, 1, 2]);
  expect(places).toContain(17);
  expect(places.length).toBeLessThan(10);
});
