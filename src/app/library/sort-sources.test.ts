import { expect, test } from "vitest";
import type { Source } from "../../contract/index.ts";
import { FIRST_LOOK, lookAt, SORTS, type Look } from "./sort-sources.ts";

const source = (id: number, name: string, more: Partial<Source> = {}): Source => ({
  id,
  collectionId: 1,
  name,
  format: "text/1",
  digest: "",
  sizeUtf16: 10 * id,
  addedAt: `2026-01-0${id}T00:00:00Z`,
  tags: [],
  dateMs: null,
  total: 1,
  done: 1,
  ...more,
});

const SOURCES = [
  source(1, "Chapter 10.md", { total: 3 }),
  source(2, "Chapter 2.md", { dateMs: 7, sizeUtf16: 5 }),
  source(3, "Résumé.pdf", { tags: ["Work"], dateMs: 9 }),
  source(4, "第一章.txt", { sizeUtf16: 5 }),
];

const idsOf = (look: Partial<Look>) =>
  lookAt(SOURCES, { ...FIRST_LOOK, isDescending: false, ...look }, "en").map(({ id }) => id);

test("sources are sorted by what is asked for, numbers in names as numbers, equal ones by name", () => {
  expect(idsOf({ sort: "name" })).toEqual([2, 1, 3, 4]);
  expect(idsOf({ sort: "added", isDescending: true })).toEqual([4, 3, 2, 1]);
  expect(idsOf({ sort: "dated" })).toEqual([1, 4, 2, 3]);
  expect(idsOf({ sort: "size" })).toEqual([2, 4, 1, 3]);
  expect(idsOf({ sort: "passages", isDescending: true })).toEqual([1, 2, 3, 4]);
  for (const sort of SORTS) expect(idsOf({ sort })).toHaveLength(4);
});

test("a filter finds all its words in names and tags, accents and case aside", () => {
  expect(idsOf({ filter: "resume" })).toEqual([3]);
  expect(idsOf({ filter: " WORK  pdf" })).toEqual([3]);
  expect(idsOf({ filter: "chapter 1" })).toEqual([1]);
  expect(idsOf({ filter: "一" })).toEqual([4]);
  expect(idsOf({ filter: "nowhere" })).toEqual([]);
});
