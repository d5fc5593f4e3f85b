import { expect, test } from "vitest";
import type { Passage, Source } from "../../../contract/index.ts";
import { latestRows, rowIn } from "./layout.ts";

const source = (id: number, total: number) => ({ id, total }) as Source;
const passage = (sourceId: number, ordinal: number) => ({ sourceId, ordinal }) as Passage;

test("conversations follow each other in the order in which they came", () => {
  const sources = [source(7, 3), source(4, 10)];
  expect(rowIn(sources, passage(4, 2))).toBe(2);
  expect(rowIn(sources, passage(7, 2))).toBe(12);
});

test("the latest rows are the last ones, the latest first", () => {
  expect(latestRows(10, 3)).toEqual([9, 8, 7]);
  expect(latestRows(2, 3)).toEqual([1, 0]);
  expect(latestRows(0, 3)).toEqual([]);
});
