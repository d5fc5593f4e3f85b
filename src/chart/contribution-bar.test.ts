import { expect, test } from "vitest";
import { barPieces, barScale, barZero } from "./contribution-bar.ts";

test("bars of one list share a scale, and halves are stacked from zero", () => {
  const hits = [
    { semantic: 0.75, keywords: 0.25 },
    { semantic: 0.5, keywords: null },
  ];
  const scale = barScale(hits);
  expect(scale).toEqual({ least: 0, most: 1 });
  expect(barPieces(hits[0]!, scale)).toEqual([
    { half: "semantic", from: 0, to: 0.75 },
    { half: "keywords", from: 0.75, to: 1 },
  ]);
  expect(barPieces(hits[1]!, scale)).toEqual([{ half: "semantic", from: 0, to: 0.5 }]);
});

test("what takes away from a score stands left of zero", () => {
  const hit = { semantic: -0.5, keywords: 1.5 };
  const scale = barScale([hit]);
  expect(barZero(scale)).toBe(0.25);
  expect(barPieces(hit, scale)).toEqual([
    { half: "semantic", from: 0, to: 0.25 },
    { half: "keywords", from: 0.25, to: 1 },
  ]);
});

test("a list without scores draws nothing", () => {
  const scale = barScale([{ semantic: 0, keywords: null }]);
  expect(barPieces({ semantic: 0, keywords: null }, scale)).toEqual([]);
  expect(barZero(scale)).toBe(0);
});
