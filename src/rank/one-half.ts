import type { KeywordHit, SemanticHits } from "../contract/index.ts";
import { place, type Placed } from "./candidates.ts";
import { byScore, toRankedHit, type RankedHit } from "./ranked-hit.ts";

const whole = (placed: Placed) => ({ ...placed, share: placed.raw });

/** The semantic half alone: a hit's score is its cosine. */
export function rankSemantic({ ids, scores }: SemanticHits): RankedHit[] {
  const placed = place(Array.from(ids, (id, i) => [id, scores[i] ?? 0]));
  return [...placed].map(([id, at]) => toRankedHit(id, whole(at), null)).sort(byScore);
}

/** The keyword half alone: a hit's score is its BM25. */
export function rankKeywords(hits: readonly KeywordHit[]): RankedHit[] {
  const placed = place(hits.map(({ passageId, bm25 }) => [passageId, bm25]));
  return [...placed].map(([id, at]) => toRankedHit(id, null, whole(at))).sort(byScore);
}
