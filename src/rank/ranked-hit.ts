import type { Contribution, Spread } from "../contract/index.ts";

/** A passage with its place's reasons. `score` is the sum of the shares. */
export interface RankedHit {
  readonly id: number;
  readonly score: number;
  readonly semantic: Contribution | null;
  readonly keywords: Contribution | null;
  readonly spread?: Spread;
}

/** Best first; equal scores keep the lower id first. */
export function byScore(a: RankedHit, b: RankedHit): number {
  return b.score - a.score || a.id - b.id;
}

export function toRankedHit(
  id: number,
  semantic: Contribution | null,
  keywords: Contribution | null,
): RankedHit {
  return { id, semantic, keywords, score: (semantic?.share ?? 0) + (keywords?.share ?? 0) };
}
