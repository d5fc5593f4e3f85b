import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { readCsv } from "./csv-rows.ts";

const cell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom("a,b", 'say ""x""', "two\nlines", "", "漢字"),
);
const table = fc
  .tuple(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 }), fc.constantFrom("\n", "\r\n"))
  .map(([rows, newline]) => Papa.unparse(rows, { newline })); // prettier-ignore

test("read in small windows, a table has the same rows in the same places as read at once", () =>
  fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 8, max: 60 }), async (text, window) => {
      const source = { name: "a.tsv", text: text.replaceAll(",", "\t") };
      const rows = await readCsv(source, undefined, "\t", window);
      expect(rows).toEqual(await readCsv(source));
      for (const { span } of rows) expect(source.text.slice(...span).trim()).not.toBe("");
    }),
    { seed: 20_261_121, numRuns: 100 },
  ));

test("other work goes on while a long table is read", async () => {
  let breaths = 0;
  const breathe = (): Promise<void> => {
    breaths++;
    return Promise.resolve();
  };
  const text = `name;said\n${'Ann;"Well; yes"\n'.repeat(50_000)}`;
  const rows = await readCsv({ name: "a.csv", text }, breathe);
  expect(rows).toHaveLength(50_001);
  expect(rows.at(-1)?.cells).toEqual(["Ann", "Well; yes"]);
  expect(breaths).toBeGreaterThan(4);
});

const cellsOf = async (text: string, name = "a.csv"): Promise<readonly (readonly string[])[]> =>
  (await readCsv({ name, text })).map(({ cells }) => cells);

test("every row is found where line ends change within a table", async () => {
  const rows = [["q", "a"], ["1", "2"], ["3", "4"], ["5", "6"]]; // prettier-ignore
  for (const ends of ["\r\n\n\n", "\n\r\n\n", "\n\n\r\n", "\r\n\r\n\n"].map((all) => all.match(/\r?\n/g)!))
    expect(await cellsOf(rows.map((row, i) => row.join(",") + (ends[i] ?? "\n")).join(""))).toEqual(rows);
  expect(await cellsOf('q,"a"\r\n1,"2\r\nmore"\n3,"4"\r\n5,6\r')).toEqual([
    ["q", "a"],
    ["1", "2\r\nmore"],
    ["3", "4"],
    ["5", "6"],
  ]);
});

test("a table from an old Macintosh, and one with a return within a cell, are parted where their rows end", async () => {
  expect(await cellsOf("q,a\r1,2\r")).toEqual([["q", "a"], ["1", "2"]]); // prettier-ignore
  expect(await cellsOf("q\rr,a\n1,2\n3,4\n")).toEqual([["q\rr", "a"], ["1", "2"], ["3", "4"]]); // prettier-ignore
});
