import fc from "fast-check";
import { expect, test } from "vitest";
import { labelsThatFit, placeLabels, type Label } from "./label-place.ts";

const overlap = (labels: readonly Label[], centres: readonly number[], gap: number): number =>
  Math.max(
    -Infinity,
    ...centres.slice(1).map((centre, i) => {
      const apart = (labels[i]!.width + labels[i + 1]!.width) / 2 + gap;
      return apart - (centre - centres[i]!);
    }),
  );

test("labels that have room stay where they want to be", () => {
  const labels = [20, 60, 140].map((wanted) => ({ wanted, width: 16 }));
  expect(placeLabels(labels, 0, 200, 2)).toEqual([20, 60, 140]);
});

test("a crowd is spread around its own middle", () => {
  const labels = [100, 100, 100].map((wanted) => ({ wanted, width: 10 }));
  expect(placeLabels(labels, 0, 200, 0)).toEqual([90, 100, 110]);
});

test("at the ends of the line a crowd gives way inwards", () => {
  const labels = [0, 1, 2].map((wanted) => ({ wanted, width: 10 }));
  expect(placeLabels(labels, 0, 200, 0)).toEqual([5, 15, 25]);
  expect(placeLabels([{ wanted: 500, width: 10 }], 0, 200, 0)).toEqual([195]);
});

test("whatever is wanted, nothing overlaps, nothing leaves the line, and the order stays", () => {
  const label = fc.record({
    wanted: fc.double({ min: -50, max: 350, noNaN: true }),
    width: fc.integer({ min: 4, max: 14 }),
  });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 18 }), (drawn) => {
      const labels = drawn.toSorted((a, b) => a.wanted - b.wanted);
      const centres = placeLabels(labels, 0, 300, 2);
      expect(overlap(labels, centres, 2)).toBeLessThanOrEqual(1e-9);
      for (const [i, centre] of centres.entries()) {
        expect(centre - labels[i]!.width / 2).toBeGreaterThanOrEqual(-1e-9);
        expect(centre + labels[i]!.width / 2).toBeLessThanOrEqual(300 + 1e-9);
      }
    }),
  );
});

test("as many labels as have room are kept", () => {
  expect(labelsThatFit([10, 10, 10], 34, 2)).toBe(3);
  expect(labelsThatFit([10, 10, 10], 33, 2)).toBe(2);
  expect(labelsThatFit([], 33, 2)).toBe(0);
});
