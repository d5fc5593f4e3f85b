import type { Contribution } from "../contract/index.ts";
import { mergeCandidates, type FusionInput, type Placed } from "./candidates.ts";
import { byScore, toRankedHit, type RankedHit } from "./ranked-hit.ts";

export interface ConvexInput extends FusionInput {
  /** Cosines of passages that only the keyword half found; one that has none gets no semantic share. */
  readonly cosines: ReadonlyMap<number, number>;
  /** Part of the semantic half, 0 to 1; the keyword half has the rest. */
  readonly weight?: number;
}

/**
 * Fuses both halves by a convex combination on a common scale, on which the best of each half is 1.
 *
 * Units: BM25 is divided by its maximum; a cosine is standardised over all candidates that were scored, not only
 * the listed ones, then divided by the best one's. A cosine under the mean lowers a score.
 * Order: score descending; equal scores keep the lower id first. A semantic rank past the list's end counts the
 * known cosines only.
 * Source: Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 42(1), 2023.
 */
export function fuseConvex({ semantic, keywords, cosines, weight = 0.5 }: ConvexInput): RankedHit[] {
  const candidates = mergeCandidates({ semantic, keywords }, cosines);
  const standard = standardise(candidates.semantic, semantic.moments);
  let bestBm25 = 0;
  for (const { raw } of candidates.keywords.values()) bestBm25 = Math.max(bestBm25, raw);

  const share = (placed: Placed | undefined, part: (raw: number) => number): Contribution | null =>
    placed === undefined ? null : { ...placed, share: part(placed.raw) };
  return candidates.ids
    .map((id) =>
      toRankedHit(
        id,
        share(candidates.semantic.get(id), (raw) => weight * standard(raw)),
        share(candidates.keywords.get(id), (raw) => (bestBm25 > 0 ? ((1 - weight) * raw) / bestBm25 : 0)),
      ),
    )
    .sort(byScore);
}

/** Maps cosines to deviations from the mean, as parts of the best one's. Where all are alike, all are best. */
function standardise(
  placed: ReadonlyMap<number, Placed>,
  { mean, deviation }: FusionInput["semantic"]["moments"],
): (cosine: number) => number {
  let best = -Infinity;
  for (const { raw } of placed.values()) best = Math.max(best, raw);
  // The deviation cancels out of (cosine - mean) / deviation ÷ (best - mean) / deviation.
  const span = best - mean;
  if (deviation <= NEGLIGIBLE || span <= NEGLIGIBLE) return () => 1;
  return (cosine) => (cosine - mean) / span;
}

/** Rounding of float32 cosines near 1. */
const NEGLIGIBLE = 2 ** -22;
