import type { KeywordHit, SemanticHits } from "../contract/index.ts";

/** What a fusion is made from: two lists, each best first. */
export interface FusionInput {
  readonly semantic: SemanticHits;
  readonly keywords: readonly KeywordHit[];
}

/** A raw score and its place, from 1, in its own half. */
export interface Placed {
  readonly raw: number;
  readonly rank: number;
}

/** The passages of both lists by id, with what each half says about them. */
export interface Candidates {
  readonly ids: readonly number[];
  readonly semantic: ReadonlyMap<number, Placed>;
  readonly keywords: ReadonlyMap<number, Placed>;
}

/** Places scores from 1, higher first; equal scores keep the lower id first. */
export function place(scores: Iterable<readonly [id: number, raw: number]>): Map<number, Placed> {
  const sorted = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return new Map(sorted.map(([id, raw], i) => [id, { raw, rank: i + 1 }]));
}

/** Merges both lists; `cosines` stands in for passages that only the keyword half found. */
export function mergeCandidates(
  { semantic, keywords }: FusionInput,
  cosines: ReadonlyMap<number, number> = new Map(),
): Candidates {
  const bm25ById = new Map(keywords.map(({ passageId, bm25 }) => [passageId, bm25]));
  const cosineById = new Map<number, number>();
  for (const id of bm25ById.keys()) {
    const cosine = cosines.get(id);
    if (cosine !== undefined) cosineById.set(id, cosine);
  }
  for (const [i, id] of semantic.ids.entries()) cosineById.set(id, semantic.scores[i] ?? 0);
  return {
    ids: [...new Set([...semantic.ids, ...bm25ById.keys()])],
    semantic: place(cosineById),
    keywords: place(bm25ById),
  };
}
