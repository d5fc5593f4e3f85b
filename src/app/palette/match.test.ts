import { expect, test } from "vitest";
import { fitOf, rankFitting } from "./match.ts";

const named = (label: string, also?: string) => (also === undefined ? { label } : { label, also });

test("all words must be there, in any order and any case", () => {
  expect(fitOf(named("Paste a text"), "TEXT pas")).not.toBeNull();
  expect(fitOf(named("Paste a text"), "paste image")).toBeNull();
});

test("a name that begins with the word comes first, then one with a word that does, then any other", () => {
  const all = [named("Understand"), named("Night stand"), named("Standard"), named("Elsewhere", "stand")];
  expect(rankFitting(all, "stand", 9).map(({ label }) => label)).toEqual([
    "Standard",
    "Night stand",
    "Understand",
    "Elsewhere",
  ]);
});

test("nothing typed keeps everything in its order, up to the limit", () => {
  const all = ["b", "a", "c"].map((label) => named(label));
  expect(rankFitting(all, "  ", 2)).toEqual(all.slice(0, 2));
});

test("Chinese is found by any part, and by the English words for it", () => {
  const language = named("切换语言", "language English");
  expect(fitOf(language, "语言")).toBe(2);
  expect(fitOf(language, "lang")).not.toBeNull();
});
