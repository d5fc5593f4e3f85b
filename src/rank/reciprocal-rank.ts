import { mergeCandidates, type FusionInput, type Placed } from "./candidates.ts";
import { byScore, toRankedHit, type RankedHit } from "./ranked-hit.ts";

/**
 * Fuses both halves by rank alone: each list that holds a passage adds 1 / (k + rank).
 *
 * Order: score descending; equal scores keep the lower id first.
 * Source: Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet", SIGIR 2009; k = 60 is theirs.
 */
export function fuseReciprocalRank(input: FusionInput, k = 60): RankedHit[] {
  const { ids, semantic, keywords } = mergeCandidates(input);
  const share = (placed: Placed | undefined) =>
    placed === undefined ? null : { ...placed, share: 1 / (k + placed.rank) };
  return ids.map((id) => toRankedHit(id, share(semantic.get(id)), share(keywords.get(id)))).sort(byScore);
}
