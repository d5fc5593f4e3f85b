import { expect, test } from "vitest";
import { featuresOf } from "../base/word-features.ts";
import { pairsOf, sentencesOf, shareOfWords, wordCounts } from "./pairs.ts";

test("words, beginnings of long ones, parts of names, pairs of letters", () => {
  expect(featuresOf("Où configure it?")).toEqual(["ou", "configure", "confi~", "it"]);
  expect(featuresOf("OAuth2Form snake_case")).toEqual([
    "oauth2form",
    "oauth~",
    "o",
    "auth",
    "2",
    "form",
    "snake",
    "case",
  ]);
  expect(featuresOf("全文検索 3")).toEqual(["全", "全文", "文", "文検", "検", "検索", "索", "3"]);
  expect(featuresOf("…  ")).toEqual([]);
});

test("sentences in English and Chinese; lines end one, numbers are none", () => {
  expect(sentencesOf("The cat sat down. It slept for hours!\n12345 67890 12345")).toEqual([
    "The cat sat down.",
    "It slept for hours!",
  ]);
  expect(sentencesOf("服务器启动很快。模块按需编译！好。")).toEqual(["服务器启动很快。", "模块按需编译！"]);
});

test("a sentence and a title ask for their passage; what is said twice asks for neither", async () => {
  const shared = "This page is under the MIT licence.";
  const pairs = await pairsOf([
    { id: 7, title: "Cats", text: `Cats sleep most of the day. ${shared}` },
    { id: 9, title: "", text: `Dogs bark at every stranger. ${shared}` },
  ]);
  expect(pairs.map(({ query, passageId, kind }) => [query, passageId, kind])).toEqual([
    ["Cats sleep most of the day.", 7, "sentence"],
    ["Cats", 7, "title"],
    ["Dogs bark at every stranger.", 9, "sentence"],
  ]);
  expect(await pairsOf([{ id: 1, title: "Guide", text: "x" }])).toMatchObject([
    { query: "Guide", kind: "title", overlap: 0 },
  ]);
});

test("the share of words is counted without the sentence itself", async () => {
  const dog = wordCounts("a red dog");
  expect(shareOfWords("red cat", dog, { isPiece: false })).toBe(0.5);
  expect(shareOfWords("a red", dog, { isPiece: true })).toBe(0);
  expect(shareOfWords("?", dog, { isPiece: false })).toBe(0);
  const text = "The red fox jumps. The red fox rests now.";
  const [first] = await pairsOf([{ id: 1, title: "", text }]);
  expect(first).toMatchObject({ query: "The red fox jumps.", overlap: 3 / 4 });
});

test("a long passage gives so many sentences and no more, the same each time", async () => {
  const text = Array.from({ length: 40 }, (_, i) => `Sentence number ${i} says this.`).join(" ");
  const passages = [{ id: 1, title: "", text }];
  expect(await pairsOf(passages, { perPassage: 5 })).toHaveLength(5);
  expect(await pairsOf(passages, { perPassage: 5 })).toEqual(await pairsOf(passages, { perPassage: 5 }));
  expect(await pairsOf([{ id: 1, title: "", text: "word ".repeat(1_000_000) }])).toEqual([]);
});
