import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { markWords } from "./mark-words.ts";
import { snippetOf } from "./snippet.ts";

const cut = (text: string, query: string): string => {
  const { start, end } = snippetOf(text, markWords(text, query));
  return text.slice(start, end);
};

test("different words count for more than one word often, and a sentence is begun where one begins", () => {
  const often = "The sextant, a sextant, one more sextant and the sextant again. ";
  const filler = "Nothing of note is said in this sentence here. ".repeat(12);
  const text = `${filler}${often}${filler}With a sextant one measures the horizon at noon. ${filler}`;
  const shown = cut(text, "sextant horizon noon");
  expect(shown).toContain("With a sextant one measures the horizon at noon.");
  expect(shown).not.toContain("one more sextant");
  expect(shown).toMatch(/^Nothing/);
  expect(shown.length).toBeLessThanOrEqual(400);
});

test("a short passage is shown whole; of one without a mark the beginning", () => {
  expect(snippetOf("short", [])).toEqual({ start: 0, end: 5 });
  const text = "plain words ".repeat(80);
  const { start, end } = snippetOf(text, []);
  expect([start, text[end]]).toEqual([0, " "]);
});

test("Chinese, without white space, is cut between characters", () => {
  const shown = cut(
    `${"这里没有什么。".repeat(80)}六分仪测量地平线${"后面也没有什么".repeat(80)}`,
    "六分仪 地平线",
  );
  expect(shown).toContain("六分仪测量地平线");
  expect(shown).toMatch(/^这里/);
});

test("any snippet lies in its text, cuts no character and shows a marked word where there is one", () => {
  const rng = createRng(5);
  const pieces = ["tea", "cup", "a", "🍵", "𠮷野", "茶", ". ", " ", "\n", "longword".repeat(9), "e\u0301"];
  for (let round = 0; round < 300; round++) {
    const count = Math.floor(rng() * 900);
    const text = Array.from({ length: count }, () => pieces[Math.floor(rng() * pieces.length)]).join("");
    const marks = markWords(text, "tea 茶 𠮷野").filter(() => rng() < 0.3);
    const { start, end } = snippetOf(text, marks);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(end - start).toBeLessThanOrEqual(500);
    expect(text.slice(start, end).isWellFormed()).toBe(true);
    if (marks.length > 0) expect(marks.some(([from, to]) => from >= start && to <= end)).toBe(true);
    if (text.length > 500) expect(end - start).toBeGreaterThan(240);
  }
});
