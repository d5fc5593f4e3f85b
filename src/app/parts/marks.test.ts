import { expect, test } from "vitest";
import { cutByMarks, excerptOf, wholeCharacter } from "./marks.ts";

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

test("an excerpt holds the most marked words and ends at white space", () => {
  const text = `${"plain words ".repeat(60)}here the sextant and the horizon meet ${"more words ".repeat(60)}`;
  const marks = ["sextant", "horizon"].map((word) => {
    const at = text.indexOf(word);
    return [at, at + word.length] as const;
  });
  const { start, end } = excerptOf(text, marks, 200);
  const excerpt = text.slice(start, end);
  expect(excerpt).toContain("sextant");
  expect(excerpt).toContain("horizon");
  expect(excerpt.length).toBeLessThanOrEqual(200);
  expect(text[start - 1]).toBe(" ");
  expect(text[end]).toBe(" ");
});

test("a short text is its own excerpt, a long one without white space is still cut", () => {
  expect(excerptOf("short", [], 400)).toEqual({ start: 0, end: 5 });
  expect(excerptOf("x".repeat(1000), [], 400)).toEqual({ start: 0, end: 400 });
});

test("a surrogate pair is never cut in two", () => {
  expect(wholeCharacter("a😀b", 2)).toBe(1);
  expect(wholeCharacter("a😀b", 3)).toBe(3);
});
