import { expect, test } from "vitest";
import { testRows } from "../contract/corpus-store.contract.ts";
import { itemToFlat, toItem } from "./records.ts";

const { item } = testRows(1)[0]!;

test("what is stored beside a passage gives the passage again", () => {
  expect(toItem(item.id, item.passage.text, itemToFlat(item))).toEqual(item);
});

test.each([
  ["nothing", null],
  ["another program's fields", { source: "a", author: "someone" }],
  ["a record that is no JSON", { ...itemToFlat(item), record: "{oops" }],
  ["a place that is no number", { ...itemToFlat(item), start: "first" }],
  ["tags that are no list", { ...itemToFlat(item), tags: '"all"' }],
])("%s beside a passage is unreadable, and named", (_, flat) => {
  expect(() => toItem("id-1", "text", flat)).toThrow(
    expect.objectContaining({
      code: "remote/unreadable",
      message: expect.stringContaining("id-1") as string,
    }),
  );
});
