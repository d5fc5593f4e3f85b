import { expect, test } from "vitest";
import { toKeywordPhrases, toKeywordTerms, toKeywordText } from "./keyword-text.ts";

const words = (text: string) => toKeywordText(text).trim().split(/\s+/);

test.each([
  ["plain words stay", ["plain", "words", "stay"]],
  ["东京都", ["东京", "京都", "都"]],
  ["山", ["山"]],
  ["用Vite构建", ["用", "Vite", "构建", "建"]],
  ["カード", ["カー", "ード", "ド"]],
  ["서울 시", ["서울", "울", "시"]],
  ["𠀀𠀁", ["𠀀𠀁", "𠀁"]],
  ["人々。時々", ["人々", "々", "。", "時々", "々"]],
  ["ＡＢＣ", ["ABC"]],
  ["ｶﾞ", ["ガ"]],
])("%s is indexed as %j", (text, expected) => expect(words(text)).toEqual(expected));

test("terms are distinct, in order, and a lone letter stands for its pairs", () => {
  const terms = toKeywordTerms("The café, the CAFE\u0301 & 東京都 山");
  expect(terms.map((term) => term.folded)).toEqual(["the", "cafe", "東京", "京都", "山"]);
  expect(terms.filter((term) => term.prefix).map((term) => term.word)).toEqual(["山"]);
});

test("a word that is said again counts where it stands last, so that the end of a long query is kept whole", () => {
  expect(toKeywordTerms("tea or milk tea").map(({ word }) => word)).toEqual(["or", "milk", "tea"]);
});

test("vowel signs tell words apart, punctuation and pictures are no words", () => {
  expect(toKeywordTerms("की का").map((term) => term.folded)).toEqual(["की", "का"]);
  expect(toKeywordTerms('"*:(){}^- 🐳 \0 \ud800')).toEqual([]);
});

test("every pair of a query is a token of the text that holds it", () => {
  const text = "富士山に登りましたと言う。";
  const tokens = new Set(words(text));
  for (let start = 0; start < 10; start++)
    for (const term of toKeywordTerms(text.slice(start, start + 4)))
      expect(tokens.has(term.word) || term.prefix).toBe(true);
});

test("a star behind a word leaves its end open, elsewhere it is nothing", () => {
  const terms = toKeywordTerms("comp* * *ute comp 東京* compute");
  expect(terms.map(({ folded, prefix }) => [folded, prefix])).toEqual([
    ["ute", false],
    ["comp", true],
    ["東京", false],
    ["compute", false],
  ]);
});

test.each([
  ['say "new york" now', [["new", "york"]]],
  [
    "“curly one” «and two»",
    [
      ["curly", "one"],
      ["and", "two"],
    ],
  ],
  ['"東京都 Vite"', [["東京", "京都", "都", "Vite"]]],
  ['"Vite 東京都"', [["Vite", "東京", "京都"]]],
  ['an "open end', []],
  ['" " "*" ""', []],
])("%s must have %j", (text, expected) =>
  expect(toKeywordPhrases(text).map(({ words }) => words)).toEqual(expected),
);
