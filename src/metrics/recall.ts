import { countRelevant, gradesAtRanks, type Judgements } from "./judgements.ts";

function countHits<Id>(ranked: Iterable<Id>, judged: Judgements<Id>, k: number): number {
  return gradesAtRanks(ranked, judged, k).filter((grade) => grade > 0).length;
}

/** Part of all relevant ids that is in the first `k`; 0 when nothing is relevant. */
export function recall<Id>(ranked: Iterable<Id>, judged: Judgements<Id>, k: number): number {
  return countHits(ranked, judged, k) / Math.max(1, countRelevant(judged));
}

/**
 * Recall against what can fit: part of min(relevant, `k`), so that 1 can always be reached.
 *
 * Source: Thakur et al., "BEIR", NeurIPS 2021, appendix H (capped recall).
 */
export function cappedRecall<Id>(ranked: Iterable<Id>, judged: Judgements<Id>, k: number): number {
  return countHits(ranked, judged, k) / Math.max(1, Math.min(k, countRelevant(judged)));
}
