import { expect, test } from "vitest";
import { cutByMarks, cutByRanges, matchedWords } from "./marks.ts";

const join = (stretches: readonly { text: string; marked: boolean }[]) =>
  stretches.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");

test("marked words are cut out and the rest stays as it was", () => {
  expect(join(cutByMarks("the sextant measures", [[4, 11]]))).toBe("the [sextant] measures");
  expect(join(cutByMarks("abc", [[0, 3]]))).toBe("[abc]");
  expect(join(cutByMarks("abc", []))).toBe("abc");
  expect(cutByMarks("", [])).toEqual([]);
});

test("marks that overlap, are out of order or reach outside lose and repeat nothing", () => {
  const marks = [
    [5, 99],
    [2, 4],
    [3, 6],
    [-4, 1],
    [4, 4],
  ] as const;
  const stretches = cutByMarks("abcdefgh", marks);
  expect(stretches.map(({ text }) => text).join("")).toBe("abcdefgh");
  expect(join(stretches)).toBe("[a]b[cd][ef][gh]");
});

test("matched words are told once each, as they are written first", () => {
  const text = "Tea and tea and leaves";
  expect(
    matchedWords(text, [
      [0, 3],
      [8, 11],
      [16, 22],
    ]),
  ).toEqual(["Tea", "leaves"]);
  expect(matchedWords(text, [])).toEqual([]);
});

test("a part of a text is cut where ranges begin and end, and nothing of it is lost", () => {
  const ranges = [
    { start: 0, end: 4 },
    { start: 6, end: 12 },
    { start: 14, end: 20 },
  ];
  const pieces = cutByRanges(ranges, 5, 13);
  expect(pieces).toEqual([
    { from: 5, to: 6, range: null },
    { from: 6, to: 12, range: ranges[1] },
    { from: 12, to: 13, range: null },
  ]);
  expect(cutByRanges(ranges, 8, 10)).toEqual([{ from: 8, to: 10, range: ranges[1] }]);
  expect(cutByRanges([], 3, 3)).toEqual([]);
});
