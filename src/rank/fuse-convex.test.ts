import { describe, expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import type { KeywordHit, SemanticHits } from "../contract/index.ts";
import { fuseConvex, type ConvexInput } from "./fuse-convex.ts";

const semanticHits = (
  entries: readonly (readonly [id: number, cosine: number])[],
  moments: SemanticHits["moments"],
): SemanticHits => ({
  ids: Int32Array.from(entries, ([id]) => id),
  scores: Float32Array.from(entries, ([, cosine]) => cosine),
  moments,
});
const keywordHits = (...entries: (readonly [id: number, bm25: number])[]): KeywordHit[] =>
  entries.map(([passageId, bm25]) => ({ passageId, bm25 }));
const none = semanticHits([], { count: 0, mean: 0, deviation: 0 });

/** The definition in its own words: z-scores and BM25, each divided by its maximum. */
function fuseSlowly({ semantic, keywords, cosines, weight = 0.5 }: ConvexInput): Map<number, number> {
  const { mean, deviation } = semantic.moments;
  const z = new Map<number, number>();
  for (const { passageId } of keywords)
    if (cosines.has(passageId)) z.set(passageId, (cosines.get(passageId)! - mean) / deviation);
  for (let i = 0; i < semantic.ids.length; i++)
    z.set(semantic.ids[i]!, (semantic.scores[i]! - mean) / deviation);
  const maxZ = Math.max(...z.values());
  const maxBm25 = Math.max(...keywords.map(({ bm25 }) => bm25));
  const fused = new Map<number, number>();
  for (const [id, value] of z) fused.set(id, (weight * value) / maxZ);
  for (const { passageId, bm25 } of keywords)
    fused.set(passageId, (fused.get(passageId) ?? 0) + ((1 - weight) * bm25) / maxBm25);
  return fused;
}

test("golden: shares, ranks and order of a hand-worked example", () => {
  const hits = fuseConvex({
    semantic: semanticHits(
      [
        [1, 0.75],
        [2, 0.5],
      ],
      { count: 100, mean: 0.25, deviation: 0.125 },
    ),
    keywords: keywordHits([3, 8], [2, 6], [4, 2]),
    cosines: new Map([[3, 0.125]]),
  });
  // Cosines on the common scale: 1 → 1, 2 → 0.5, 3 → -0.25; BM25: 3 → 1, 2 → 0.75, 4 → 0.25.
  expect(hits).toEqual([
    {
      id: 2,
      score: 0.625,
      semantic: { raw: 0.5, rank: 2, share: 0.25 },
      keywords: { raw: 6, rank: 2, share: 0.375 },
    },
    { id: 1, score: 0.5, semantic: { raw: 0.75, rank: 1, share: 0.5 }, keywords: null },
    {
      id: 3,
      score: 0.375,
      semantic: { raw: 0.125, rank: 3, share: -0.125 },
      keywords: { raw: 8, rank: 1, share: 0.5 },
    },
    { id: 4, score: 0.125, semantic: null, keywords: { raw: 2, rank: 3, share: 0.125 } },
  ]);
});

test("agrees with the definition on seeded lists", () => {
  const rng = createRng(30);
  for (let round = 0; round < 100; round++) {
    const cosineOf = new Map(Array.from({ length: 40 }, (_, id) => [id, Math.fround(rng() * 0.8)] as const));
    const values = [...cosineOf.values()];
    const mean = values.reduce((a, b) => a + b) / values.length;
    const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    const listed = [...cosineOf].sort((a, b) => b[1] - a[1]).slice(0, 1 + Math.floor(rng() * 20));
    const found = [...cosineOf.keys()].filter(() => rng() < 0.3);
    const keywords = found.map((passageId) => ({ passageId, bm25: rng() * 12 }));
    const cosines = new Map(found.filter(() => rng() < 0.9).map((id) => [id, cosineOf.get(id)!]));
    const input = {
      semantic: semanticHits(listed, { count: 40, mean, deviation }),
      keywords,
      cosines,
      weight: rng(),
    };
    const hits = fuseConvex(input);
    const slow = fuseSlowly(input);
    expect(new Set(hits.map(({ id }) => id))).toEqual(new Set(slow.keys()));
    for (const { id, score, semantic, keywords: words } of hits) {
      expect(score).toBeCloseTo(slow.get(id)!, 10);
      expect((semantic?.share ?? 0) + (words?.share ?? 0)).toBe(score);
    }
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  }
});

test("of a measured encoder, what stands out beyond chance counts more than the best word, what does not less", () => {
  const found = (best: number) =>
    fuseConvex({
      semantic: semanticHits([[1, best]], { count: 1000, mean: 0.2, deviation: 0.1 }),
      keywords: keywordHits([2, 5]),
      cosines: new Map([[2, 0.2]]),
      isMeasured: true,
    });
  expect(found(0.9).map(({ id }) => id)).toEqual([1, 2]);
  expect(found(0.4).map(({ id }) => id)).toEqual([2, 1]);
  // The largest of 1000 normal values is expected at 3.24 deviations.
  expect(found(0.524).find(({ id }) => id === 1)!.score).toBeGreaterThan(0.45);
  expect(found(0.524).find(({ id }) => id === 1)!.score).toBeLessThan(0.5);
});

test("a measured encoder's cosines keep their order, whatever their number", () => {
  for (const count of [0, 1, 2, 8, 1e6]) {
    const semantic = semanticHits(
      [
        [7, 0.5],
        [8, 0.25],
      ],
      { count, mean: 0, deviation: 0.25 },
    );
    const hits = fuseConvex({ semantic, keywords: [], cosines: new Map(), isMeasured: true });
    expect(hits.map(({ id }) => id)).toEqual([7, 8]);
    expect(hits.every(({ score }) => score > 0 && Number.isFinite(score))).toBe(true);
  }
});

describe("degenerate lists", () => {
  test("both empty", () => {
    expect(fuseConvex({ semantic: none, keywords: [], cosines: new Map() })).toEqual([]);
  });

  test("no semantic half: the order of the keywords", () => {
    const hits = fuseConvex({ semantic: none, keywords: keywordHits([9, 1], [4, 3]), cosines: new Map() });
    expect(hits.map(({ id, score, semantic }) => [id, score, semantic])).toEqual([
      [4, 0.5, null],
      [9, 0.5 / 3, null],
    ]);
  });

  test("no keywords: the order of the cosines", () => {
    const semantic = semanticHits(
      [
        [7, 0.5],
        [8, 0.25],
      ],
      { count: 3, mean: 0, deviation: 0.5 },
    );
    const hits = fuseConvex({ semantic, keywords: [], cosines: new Map() });
    expect(hits.map(({ id, score }) => [id, score])).toEqual([
      [7, 0.5],
      [8, 0.25],
    ]);
  });

  test("one candidate, and candidates that are all alike: each is the best", () => {
    const one = semanticHits([[7, 0.3]], { count: 1, mean: Math.fround(0.3), deviation: 0 });
    expect(fuseConvex({ semantic: one, keywords: [], cosines: new Map() })[0]?.score).toBe(0.5);
    const alike = semanticHits(
      [
        [9, 0.5],
        [3, 0.5],
      ],
      { count: 2, mean: 0.5, deviation: 0 },
    );
    const hits = fuseConvex({ semantic: alike, keywords: keywordHits([6, 0]), cosines: new Map([[6, 0.5]]) });
    expect(hits.map(({ id, score }) => [id, score])).toEqual([
      [3, 0.5],
      [6, 0.5],
      [9, 0.5],
    ]);
  });

  test("BM25 of 0 throughout adds nothing", () => {
    const hits = fuseConvex({ semantic: none, keywords: keywordHits([2, 0], [1, 0]), cosines: new Map() });
    expect(hits.map(({ id, score }) => [id, score])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });
});
