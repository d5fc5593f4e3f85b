import { afterEach, expect, test, vi } from "vitest";
import { testRows } from "../contract/corpus-store.contract.ts";
import { toWhere } from "./filter.ts";
import { itemToFlat, toItem } from "./records.ts";

const { item } = testRows(1)[0]!;

afterEach(() => void vi.unstubAllEnvs());

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

test.each(["UTC", "Asia/Tokyo", "America/St_Johns"])(
  "pushed in %s a time without a zone stays the clock of whoever was there, and days count on the searching person's",
  (zone) => {
    vi.stubEnv("TZ", zone);
    const said = (at: string) => {
      const record = { kind: "exchange", speaker1: "a", speaker2: "b", at } as const;
      const { timeMs, clockMs } = itemToFlat({ ...item, passage: { ...item.passage, record } });
      return { timeMs, clockMs };
    };
    for (const at of ["2024-05-01T20:30:00", "2024-05-01T20:30", "2024-05-01T20:30:00.7"])
      expect(said(at), at).toEqual({ timeMs: undefined, clockMs: Date.UTC(2024, 4, 1, 20, 30) });
    for (const at of ["2024-05-01T20:30:00.000Z", "2024-05-01T22:30:00+02:00"])
      expect(said(at), at).toEqual({ timeMs: Date.UTC(2024, 4, 1, 20, 30), clockMs: undefined });
    expect(said("no time")).toEqual({ timeMs: item.source.dateMs, clockMs: undefined });
    const dayMs = new Date(2024, 4, 1).getTime();
    expect(toWhere({ fromMs: dayMs })).toEqual({
      $or: [{ timeMs: { $gte: dayMs } }, { clockMs: { $gte: Date.UTC(2024, 4, 1) } }],
    });
  },
);
