import { expect, test } from "vitest";
import { contributionsOf } from "../playground/hit-view.ts";
import { fuse, type KeywordPage, type MeaningHalf } from "./fuse.ts";
import { EVEN, formatWeights, parseWeights, type Weights } from "./weights.ts";

const word = (url: string, title: string, score: number): KeywordPage => ({
  url,
  title,
  excerpt: [],
  parts: [],
  score,
});
const WORDS = [word("/a", "Anchors", 8), word("/b", "Ropes", 4)];
const MEANT: MeaningHalf = {
  parts: [
    ["/b", "Ropes", "Knots", 0.7],
    ["/c", "Harbours", "Mooring with an anchor", 0.6],
  ].map(([url, pageTitle, title, cosine]) => ({
    url: `${String(url)}#x`,
    pageUrl: String(url),
    pageTitle: String(pageTitle),
    title: String(title),
    excerpt: [],
    cosine: Number(cosine),
  })),
  mean: 0.2,
  deviation: 0.1,
};

test("a score is the sum of what its four shares give, whatever the weights", () => {
  const uneven: Weights = { ...EVEN, keywords: 0.2, meaning: 0.9, title: 0.4, heading: 0.3 };
  for (const weights of [EVEN, uneven])
    for (const page of fuse(WORDS, MEANT, weights, "where do I drop anchors")) {
      const sum = contributionsOf(page, weights).reduce((total, { gives }) => total + gives, 0);
      expect(sum).toBeCloseTo(page.score, 10);
      expect(page.score).toBeLessThanOrEqual(1);
    }
});

test("places are those of each half; a page that one half did not find has none there", () => {
  const places = fuse(WORDS, MEANT).map(({ url, keywordPlace, meaningPlace }) => [
    url,
    keywordPlace,
    meaningPlace,
  ]);
  expect(Object.fromEntries(places.map(([url, ...own]) => [url, own]))).toEqual({
    "/a": [1, null],
    "/b": [2, 1],
    "/c": [null, 2],
  });
});

test("words in titles and headings move a page only where they are weighed", () => {
  const order = (weights: Weights) =>
    fuse(WORDS, MEANT, weights, "mooring in harbours").map(({ url }) => url);
  expect(order(EVEN)[0]).toBe("/b");
  expect(order({ ...EVEN, title: 2 })[0]).toBe("/c");
  expect(order({ ...EVEN, heading: 2 })[0]).toBe("/c");
});

test("what the playground writes is what the element reads", () => {
  expect(formatWeights(EVEN)).toBeNull();
  const weights: Weights = {
    ...EVEN,
    meaning: 0.8,
    pagefind: { pageLength: 0.2, metaWeights: { title: 9 } },
  };
  const text = formatWeights(weights) ?? "";
  expect(JSON.parse(text)).toEqual({
    meaning: 0.8,
    pagefind: { pageLength: 0.2, metaWeights: { title: 9 } },
  });
  expect(parseWeights(text)).toEqual(weights);
});

test.each([
  "",
  "[]",
  "null",
  '{"meaning": "much"}',
  '{"meaning": -1}',
  '{"meaning": {}}',
  '{"colour": 1}',
  '{"pagefind": {"metaWeights": {"title": null}}}',
  '{"pagefind": 3}',
  '{"keywords": 0, "meaning": 0}',
])("%j is refused with what to do", (text) => {
  expect(() => parseWeights(text)).toThrow(/playground/);
});
