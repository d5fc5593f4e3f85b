import { expect, test } from "vitest";
import { cutByMarks } from "./marks.ts";

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
