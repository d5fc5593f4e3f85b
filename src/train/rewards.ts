/**
 * The reward of a passage by likelihood: the mean log-likelihood of the wanted output's tokens, given the passage.
 *
 * Source: LLM-Embedder, `run_lm_score.py::collate_scores` (the mean, where the paper writes the product).
 */
export function likelihoodReward(tokenLogLikelihoods: readonly number[]): number {
  if (tokenLogLikelihoods.length === 0) return 0;
  return tokenLogLikelihoods.reduce((sum, value) => sum + value, 0) / tokenLogLikelihoods.length;
}

/** Place of the wanted output among sampled ones by likelihood, from 1; equal ones do not put it back. */
export function rankAmong(wanted: number, sampled: readonly number[]): number {
  return 1 + sampled.filter((likelihood) => likelihood > wanted).length;
}

/**
 * The rank-aware reward: by how many places a passage lifts the wanted output among N sampled outputs, as a part of N.
 *
 * Source: a reading of LLM-Embedder's ACL version, figure 2 ("the improvement of the rank of the desired output among
 * multiple sampled outputs", N = 10); its equation was not at hand: R(c) = (rank(O | q) - rank(O | q, c)) / N.
 */
export function rankReward(
  without: { readonly wanted: number; readonly sampled: readonly number[] },
  withPassage: { readonly wanted: number; readonly sampled: readonly number[] },
): number {
  const n = withPassage.sampled.length;
  if (n === 0) return 0;
  const before = rankAmong(without.wanted, without.sampled);
  return (before - rankAmong(withPassage.wanted, withPassage.sampled)) / n;
}

/**
 * Rewards where likelihoods are not to be had: by how many places of all answers, as a part of their number, the answer
 * given with a passage comes closer to the wanted one than the answer given without any.
 *
 * Source: the same reading, with closeness to the wanted output in the place of likelihood and one sampled output a
 * passage: what `rankReward` needs of a server is more than most tell.
 */
export function closenessRewards(without: number, withPassage: readonly number[]): number[] {
  const all = [without, ...withPassage];
  const before = rankAmong(without, all);
  return withPassage.map((closeness) => (before - rankAmong(closeness, all)) / all.length);
}

/** Rewards of hits that a person marked. What is pinned is the answer itself. */
export const MARK_REWARDS = { wrong: -2, right: 2, pinned: 4 } as const;
