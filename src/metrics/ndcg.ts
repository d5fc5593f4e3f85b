import { gradesAtRanks, type Judgements } from "./judgements.ts";

/** Sums gain 2^grade - 1 with discount 1 / log2(rank + 1). */
function discountedGain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

/**
 * Normalised discounted cumulative gain of the first `k`: 1 when nothing better could stand there.
 *
 * Units: 0 to 1; 0 when nothing is relevant. With grades of 0 and 1 it is LLM-Embedder's (binary gain); trec_eval's
 * differs for higher grades, where its gain is the grade itself.
 * Source: Burges et al., "Learning to Rank using Gradient Descent", ICML 2005.
 */
export function ndcg<Id>(ranked: Iterable<Id>, judged: Judgements<Id>, k: number): number {
  const ideal = [...judged.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  if (ideal.length === 0) return 0;
  return discountedGain(gradesAtRanks(ranked, judged, k)) / discountedGain(ideal.slice(0, k));
}
