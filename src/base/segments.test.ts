import { expect, test } from "vitest";
import { createRng } from "./rng.ts";
import { cutNearMiddle, sentenceSpans, wordSpans } from "./segments.ts";

const cut = (text: string): string[] => Array.from(sentenceSpans(text), ([from, to]) => text.slice(from, to));

test.each([
  ["One. Two? Three!", ["One. ", "Two? ", "Three!"]],
  ["It weighs 3.5 t, i.e. much.\nA second line", ["It weighs 3.5 t, i.e. much.\n", "A second line"]],
  ["茶叶。水开了吗？等两分钟！", ["茶叶。", "水开了吗？", "等两分钟！"]],
  ["चाय गरम है। दो मिनट।", ["चाय गरम है। ", "दो मिनट।"]],
  ["", []],
])("%j", (text, expected) => expect(cut(text)).toEqual(expected));

test("a long text is cut where its parts would be, whatever falls on a window's end", () => {
  const rng = createRng(3);
  const sentences = Array.from({ length: 3000 }, (_, i) => {
    const words = Array.from({ length: 1 + Math.floor(rng() * 40) }, () => "word");
    return `Sentence ${i} ${words.join(" ")}. `;
  });
  expect(cut(sentences.join(""))).toEqual(sentences);
});

test.each([
  ["without any end", "word ".repeat(4000)],
  ["without a blank", "a".repeat(2000)],
  ["of emoji that are one character each", "👩‍👩‍👧‍👦".repeat(3000)],
  ["of line ends", "\n".repeat(9000)],
])("a text %s comes whole, in parts that end between characters", (_, text) => {
  for (const spans of [sentenceSpans(text), wordSpans(text)]) {
    let at = 0;
    for (const [from, to] of spans) {
      expect([from, to > from]).toEqual([at, true]);
      expect(text.slice(from, to).isWellFormed()).toBe(true);
      at = to;
    }
    expect(at).toBe(text.length);
  }
});

test("the segmenter never sees more than a window, so that ten times the text is ten times the work", () => {
  const seen: number[] = [];
  const original = Intl.Segmenter.prototype.segment;
  Intl.Segmenter.prototype.segment = function (input: string) {
    seen.push(input.length);
    return original.call(this, input);
  };
  try {
    const text = "港口主管记录每一艘船。".repeat(2000);
    expect(cut(text)).toHaveLength(2000);
    expect(Math.max(...seen)).toBeLessThanOrEqual(4096);
    expect(seen.reduce((sum, one) => sum + one, 0)).toBeLessThan(1.2 * text.length);
  } finally {
    Intl.Segmenter.prototype.segment = original;
  }
});

test("a cut is at a blank near the middle, else between two characters", () => {
  expect(cutNearMiddle("aaaa bbbbbb", [0, 11])).toBe(4);
  expect(cutNearMiddle("👍🏽👍🏽", [0, 8])).toBe(4);
});
