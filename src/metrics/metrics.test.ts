import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { evaluateRun } from "./evaluate-run.ts";
import { reciprocalRank } from "./mrr.ts";
import { ndcg } from "./ndcg.ts";
import { cappedRecall, recall } from "./recall.ts";

/** Made by tools/golden/metrics.py. */
interface GoldenCase {
  readonly ranked: readonly string[];
  readonly judged: Readonly<Record<string, number>>;
  readonly k: number;
  readonly want: {
    readonly ndcg: number;
    readonly recall: number;
    readonly cappedRecall: number;
    readonly mrr: number;
  };
}

const judgements = (grades: Readonly<Record<string, number>>) => new Map(Object.entries(grades));

test("golden: every measure agrees to 12 digits", async () => {
  const file = await readFile(new URL("golden/measures.json", import.meta.url), "utf8");
  const golden = JSON.parse(file) as GoldenCase[];
  expect(golden.length).toBe(60);
  for (const { ranked, judged, k, want } of golden) {
    const qrels = judgements(judged);
    expect(ndcg(ranked, qrels, k)).toBeCloseTo(want.ndcg, 12);
    expect(recall(ranked, qrels, k)).toBeCloseTo(want.recall, 12);
    expect(cappedRecall(ranked, qrels, k)).toBeCloseTo(want.cappedRecall, 12);
    expect(reciprocalRank(ranked, qrels, k)).toBeCloseTo(want.mrr, 12);
  }
});

test("by hand: two of three relevant, at ranks 2 and 4", () => {
  const judged = judgements({ a: 1, b: 1, c: 1, d: 0 });
  const ranked = ["x", "a", "d", "b", "y"];
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
  expect(ndcg(ranked, judged, 10)).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / ideal, 15);
  expect(ndcg(ranked, judged, 3)).toBeCloseTo(1 / Math.log2(3) / ideal, 15);
  expect(recall(ranked, judged, 3)).toBe(1 / 3);
  expect(cappedRecall(ranked, judged, 2)).toBe(1 / 2);
  expect(reciprocalRank(ranked, judged, 10)).toBe(1 / 2);
  expect(reciprocalRank(ranked, judged, 1)).toBe(0);
});

test("a grade of 2 gains 3, and the better grade belongs first", () => {
  const judged = judgements({ a: 1, b: 2 });
  expect(ndcg(["b", "a"], judged, 2)).toBe(1);
  expect(ndcg(["a", "b"], judged, 2)).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 15);
});

test("a repeated id counts once, at its first place", () => {
  const judged = judgements({ a: 1, b: 1 });
  expect(recall(["a", "a", "a"], judged, 3)).toBe(1 / 2);
  expect(ndcg(["a", "a", "b"], judged, 2)).toBe(1);
});

test("nothing relevant measures 0", () => {
  const judged = judgements({ a: 0 });
  for (const measure of [ndcg, recall, cappedRecall, reciprocalRank])
    expect(measure(["a", "b"], judged, 10)).toBe(0);
});

test("a run's means: a missing query counts as 0, one without relevant ids not at all", () => {
  const qrels = new Map([
    ["found", new Map([[1, 1]])],
    [
      "half",
      new Map([
        [1, 1],
        [2, 1],
      ]),
    ],
    ["missing", new Map([[1, 1]])],
    ["nothing relevant", new Map([[1, 0]])],
  ]);
  const run = new Map([
    ["found", [1, 2]],
    ["half", [3, 2]],
    ["nothing relevant", [1]],
    ["unjudged", [1]],
  ]);
  expect(evaluateRun(qrels, run, 2)).toEqual({
    queries: 3,
    ndcg: (1 + 1 / Math.log2(3) / (1 + 1 / Math.log2(3))) / 3,
    recall: 0.5,
    cappedRecall: 0.5,
    mrr: 0.5,
  });
  expect(evaluateRun(new Map(), run)).toEqual({ queries: 0, ndcg: 0, recall: 0, cappedRecall: 0, mrr: 0 });
});
