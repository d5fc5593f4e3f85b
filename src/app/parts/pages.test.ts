import { expect, test } from "vitest";
import { ingest } from "../words/en/ingest.ts";
import { countPages, formatPage, partsByPage } from "./pages.ts";

test("a hit says page and line as far as they are known", () => {
  expect(formatPage({ kind: "document", page: 12, line: 3 }, ingest)).toBe("page 12, line 3");
  expect(formatPage({ kind: "document", page: 1200 }, ingest)).toBe("page 1,200");
  expect(formatPage({ kind: "document" }, ingest)).toBe("");
  expect(formatPage({ kind: "chunk" }, ingest)).toBe("");
});

test("a part of a text is cut where its pages end, and counts go on from its first", () => {
  expect(countPages("one\ftwo\f")).toBe(2);
  expect(countPages("one\ftwo\f", 0, 4)).toBe(1);
  expect(partsByPage("end of six\fseven\feight", 6)).toEqual([
    { text: "end of six", page: null },
    { text: "seven", page: 7 },
    { text: "eight", page: 8 },
  ]);
  expect(partsByPage("the last\f", 9)).toEqual([{ text: "the last", page: null }]);
});
