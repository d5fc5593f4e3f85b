import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { markWords } from "./mark-words.ts";

const marked = (text: string, query: string) =>
  markWords(text, query).map(([start, end]) => text.slice(start, end));

test.each([
  ["case", "The Cat sat; CATS sat.", "cat", ["Cat"]],
  ["punctuation", "don't e-mail v2.0", "mail don 2", ["don", "mail"]],
  ["digits", "port 8080, not 808", "8080", ["8080"]],
  ["diacritics in the text", "Où est le CAFÉ? Cafe\u0301!", "cafe", ["CAFÉ", "Cafe\u0301"]],
  ["diacritics in the query", "naive Zoe", "naïve Zoë", ["naive", "Zoe"]],
  ["Cyrillic and Greek", "Ёлка и елка, Άλφα", "елка αλφα", ["Ёлка", "елка", "Άλφα"]],
  ["Hangul by pairs", "검색 엔진 검색어", "검색", ["검색", "검색"]],
  [
    "Hangul in jamo",
    "\u1100\u1165\u11b7\u1109\u1162\u11a8 엔진",
    "검색",
    ["\u1100\u1165\u11b7\u1109\u1162\u11a8"],
  ],
  ["full and half width", "ＡＢＣ ｶﾞｲﾄﾞ", "abc ガイド", ["ＡＢＣ", "ｶﾞｲﾄﾞ"]],
  ["voicing marks count", "か\u3099 が か", "が", ["か\u3099", "が"]],
  ["Indic vowel signs stay", "हिन्दी हन्दी", "हिन्दी", ["हिन्दी"]],
  ["past a surrogate pair", "😀 smile 😀 smiles", "SMILE", ["smile"]],
  ["Han by pairs, joined", "全文検索エンジンを作る", "検索エンジン", ["検索エンジン"]],
  ["Han that only overlaps", "中文信息检索", "信息科学", ["信息"]],
  ["one Han character alone", "水と火", "水", ["水"]],
  ["Han beyond the basic plane", "𠮷野家で𠮷野", "𠮷野", ["𠮷野", "𠮷野"]],
  ["Han beside Latin", "React入門guide", "react 入門", ["React", "入門"]],
  ["nothing asked", "words", " \n?! ", []],
  ["empty text", "", "words", []],
  ["lone surrogates", "a\ud800b \udc00", "b \ud800", ["b"]],
])("%s", (_, text, query, want) => expect(marked(text, query)).toEqual(want));

test("agrees with a search letter by letter on seeded text", () => {
  const rng = createRng(40);
  const pieces = ["a", "b", "É", "e\u0301", "e", "ß", " ", ".", "😀", "1", "\u0301"];
  const make = (length: number) =>
    Array.from({ length }, () => pieces[Math.floor(rng() * pieces.length)]!).join("");
  const fold = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const isLetter = (s: string) => /[\p{L}\p{N}\p{M}]/u.test(s);
  /** Words as [start, end), found by walking the code points. */
  function slowWords(text: string): [number, number][] {
    const found: [number, number][] = [];
    let at = 0;
    let start = -1;
    for (const char of text) {
      if (start < 0 && isLetter(char)) start = at;
      else if (start >= 0 && !isLetter(char)) {
        found.push([start, at]);
        start = -1;
      }
      at += char.length;
    }
    if (start >= 0) found.push([start, at]);
    return found;
  }
  for (let round = 0; round < 300; round++) {
    const text = make(60);
    const query = make(12);
    const wanted = slowWords(query).map(([start, end]) => fold(query.slice(start, end)));
    const want = slowWords(text).filter(([start, end]) => wanted.includes(fold(text.slice(start, end))));
    expect(markWords(text, query)).toEqual(want);
  }
});

test("marks stop at a thousand, and at the text's first hundred thousand units", () => {
  expect(markWords("word ".repeat(5_000), "word").length).toBe(1_000);
  expect(markWords(`${" ".repeat(100_000)}word`, "word")).toEqual([]);
});

test("a word whose end is left open marks every word that begins so", () => {
  const marked = (text: string, query: string) =>
    markWords(text, query).map(([start, end]) => text.slice(start, end));
  expect(marked("Compasses, a compass, encompass", "compas*")).toEqual(["Compasses", "compass"]);
  expect(marked("compass", "compas")).toEqual([]);
  expect(marked("緑茶と茶道", "茶*")).toEqual(["茶", "茶"]);
});
