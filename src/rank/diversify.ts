import type { RankedHit } from "./ranked-hit.ts";

export interface DiversityInput {
  /** Best first; only these are reordered. */
  readonly ranked: readonly RankedHit[];
  /** Unit vectors f32[ranked, dim]; zeros for a passage that has none, which then resembles nothing. */
  readonly vectors: Float32Array;
  /** 0 keeps the order, 1 looks at difference only. */
  readonly diversity: number;
}

/**
 * Takes hits one by one: each time the one that is good and unlike those taken before.
 *
 * Units: score divided by the best score, so that both sides of the balance lie in [0, 1].
 * Order: of equal worth the better ranked comes first.
 * Cost: n² / 2 inner products for n hits.
 * Each says where it would be by score alone, and the largest inner product with one taken before it.
 * Source: Carbonell and Goldstein 1998, "The Use of MMR", λ = 1 - diversity.
 */
export function diversify({ ranked, vectors, diversity }: DiversityInput): RankedHit[] {
  const dim = ranked.length === 0 ? 0 : vectors.length / ranked.length;
  const best = ranked.reduce((most, { score }) => Math.max(most, score), 0) || 1;
  const likeness = new Float64Array(ranked.length);
  const waiting = new Set(ranked.keys());
  const taken: RankedHit[] = [];

  while (waiting.size > 0) {
    let next = -1;
    let worth = Number.NEGATIVE_INFINITY;
    for (const at of waiting) {
      const own = (1 - diversity) * ((ranked[at]?.score ?? 0) / best) - diversity * (likeness[at] ?? 0);
      if (own > worth) [next, worth] = [at, own];
    }
    const hit = ranked[next];
    if (!hit) break;
    waiting.delete(next);
    taken.push({ ...hit, spread: { rankByScore: next + 1, likeness: likeness[next] ?? 0 } });
    for (const at of waiting) likeness[at] = Math.max(likeness[at] ?? 0, inner(vectors, dim, next, at));
  }
  return taken;
}

function inner(vectors: Float32Array, dim: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += (vectors[a * dim + i] ?? 0) * (vectors[b * dim + i] ?? 0);
  return sum;
}
