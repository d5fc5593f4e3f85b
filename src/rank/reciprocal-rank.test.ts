import { expect, test } from "vitest";
import type { SemanticHits } from "../contract/index.ts";
import { rankKeywords, rankSemantic } from "./one-half.ts";
import { fuseReciprocalRank } from "./reciprocal-rank.ts";

const semanticHits = (ids: readonly number[], scores: readonly number[]): SemanticHits => ({
  ids: Int32Array.from(ids),
  scores: Float32Array.from(scores),
  moments: { count: ids.length, mean: 0, deviation: 1 },
});
const keywords = [
  { passageId: 2, bm25: 6 },
  { passageId: 3, bm25: 4 },
  { passageId: 1, bm25: 4 },
];

test("golden: 1 / (60 + rank) from each list, equal scores to the lower id", () => {
  const hits = fuseReciprocalRank({ semantic: semanticHits([4, 3, 5], [0.75, 0.5, 0.25]), keywords });
  expect(hits.map(({ id, score }) => [id, score])).toEqual([
    [3, 1 / 62 + 1 / 63],
    [2, 1 / 61],
    [4, 1 / 61],
    [1, 1 / 62],
    [5, 1 / 63],
  ]);
  // Of the two with BM25 4, the lower id has the better rank.
  expect(hits[0]).toEqual({
    id: 3,
    score: 1 / 62 + 1 / 63,
    semantic: { raw: 0.5, rank: 2, share: 1 / 62 },
    keywords: { raw: 4, rank: 3, share: 1 / 63 },
  });
});

test("one empty list leaves the other's order, two leave nothing", () => {
  const empty = semanticHits([], []);
  expect(fuseReciprocalRank({ semantic: empty, keywords }).map(({ id }) => id)).toEqual([2, 1, 3]);
  const semantic = semanticHits([8, 6], [0.5, 0.25]);
  expect(fuseReciprocalRank({ semantic, keywords: [] }).map(({ id }) => id)).toEqual([8, 6]);
  expect(fuseReciprocalRank({ semantic: empty, keywords: [] })).toEqual([]);
});

test("one half alone keeps its raw scores", () => {
  expect(rankKeywords(keywords)).toEqual([
    { id: 2, score: 6, semantic: null, keywords: { raw: 6, rank: 1, share: 6 } },
    { id: 1, score: 4, semantic: null, keywords: { raw: 4, rank: 2, share: 4 } },
    { id: 3, score: 4, semantic: null, keywords: { raw: 4, rank: 3, share: 4 } },
  ]);
  expect(rankSemantic(semanticHits([9, 5], [0.5, 0.5])).map(({ id, semantic }) => [id, semantic])).toEqual([
    [5, { raw: 0.5, rank: 1, share: 0.5 }],
    [9, { raw: 0.5, rank: 2, share: 0.5 }],
  ]);
});
