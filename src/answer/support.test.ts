import { expect, test } from "vitest";
import { closestOfUnrelated, cutoffOf, passageSentences, supportOf } from "./support.ts";

const rows = (...vectors: readonly number[][]) => ({ dim: 2, vectors: Float32Array.from(vectors.flat()) });
const sentence = (text: string, sources: readonly number[] = []) => ({
  start: 0,
  end: text.length,
  text,
  sources,
  unknown: [],
});

test("sentences of passages are found where they stand, and lines without a word are none", () => {
  const text = "One here. Two there.\n---\n三分钟。然后喝。";
  const found = passageSentences(["", text]);
  expect(found.map(({ passage, text: said }) => [passage, said])).toEqual([
    [1, "One here."],
    [1, "Two there."],
    [1, "三分钟。"],
    [1, "然后喝。"],
  ]);
  for (const { start, end, text: said } of found) expect(text.slice(start, end).trim()).toBe(said);
});

test("a line without an end is read in bounded time", () => {
  const found = passageSentences(["word ".repeat(40_000)]);
  expect(found.length).toBeLessThanOrEqual(60);
});

test("a sentence is held against what it cites, whatever the vectors' length; against all where it cites none", () => {
  const sentences = passageSentences(["East.", "North."]);
  const keys = rows([4, 0], [0, 0.5]);
  const cutoff = { cosine: 0.7, chance: 0.05, pairs: 100 };
  const cited = [sentence("a", [1]), sentence("b", [2]), sentence("c")];
  const claims = rows([3, 1], [3, 1], [3, 1]);
  const found = supportOf({ cited, claims, sentences, keys, cutoff });
  expect(found.map(({ isClose, closest }) => [isClose, closest?.source])).toEqual([
    [true, 1],
    [false, 2],
    [true, 1],
  ]);
  expect(found[0]?.closest?.cosine).toBeCloseTo(3 / Math.sqrt(10), 6);
  expect(supportOf({ cited, claims, sentences, keys, cutoff: null })[0]).toMatchObject({ isClose: null });
});

test("the asked part of unrelated pairs is over the cut-off; too few pairs give none", () => {
  const closest = Array.from({ length: 200 }, (_, i) => (i * 7919) % 200).map((place) => place / 200);
  const cutoff = cutoffOf(closest, 0.05);
  expect(closest.filter((cosine) => cosine > (cutoff?.cosine ?? 1)).length / 200).toBeCloseTo(0.05, 2);
  expect(cutoffOf(closest.slice(0, 10))).toBeNull();
});

test("of an unrelated passage its closest sentence counts, once a claim", () => {
  const sentences = [
    { passage: 0, start: 0, end: 1, text: "a" },
    { passage: 0, start: 1, end: 2, text: "b" },
    { passage: 1, start: 0, end: 1, text: "c" },
  ];
  const found = closestOfUnrelated({
    claims: rows([1, 0], [0, 1]),
    sentences,
    keys: rows([1, 0], [0, 1], [1, 1]),
    isUnrelated: (claim, passage) => claim !== passage,
  });
  expect(found.map((cosine) => Math.round(cosine * 1000))).toEqual([707, 1000]);
});
