import { expect, test } from "vitest";
import { TASK_IDS } from "../../../contract/index.ts";
import { coloursFor } from "./colouring.ts";

const ROWS = 4;
const STORED = { rows: ROWS, sourceIds: Int32Array.of(7, 7, 9, 7) };
const NOTHING = { sources: [], cosines: null, ways: null, times: null, chosen: null };

test("the newest and the nearest are the darkest, and what has no date is said to have none", () => {
  const times = Float64Array.of(Date.UTC(2020, 0, 1), Number.NaN, Date.UTC(2026, 0, 1), Date.UTC(2020, 0, 1));
  const { indices, palette, legend } = coloursFor(STORED, { ...NOTHING, by: "date", times });
  expect([...indices]).toEqual([0, 8, 7, 0]);
  expect(palette).toHaveLength(9);
  expect(legend.map(({ label }) => label)).toEqual(["Jan 1, 2026", "Jan 1, 2020", "not known"]);
  const cosines = Float32Array.of(0.1, 0.9, 0.1, 0.5);
  expect([...coloursFor(STORED, { ...NOTHING, by: "score", cosines }).indices]).toEqual([0, 7, 0, 4]);
});

test("tasks have their hues, and what is not chosen fades whatever the colour", () => {
  const ways = Uint8Array.of(0, 5, 5, 2);
  const { indices, palette, legend } = coloursFor(STORED, { ...NOTHING, by: "task", ways, chosen: [1, 3] });
  expect([...indices]).toEqual([6, 5, 6, 2]);
  expect(palette).toHaveLength(TASK_IDS.length + 1);
  expect(legend).toHaveLength(TASK_IDS.length);
});

test("until what a colour depends on is there, all points have one", () => {
  for (const by of ["source", "task", "date", "score", "plain"] as const)
    expect(new Set(coloursFor(STORED, { ...NOTHING, by }).indices)).toEqual(new Set([0]));
});
