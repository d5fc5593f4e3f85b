import type { Contribution } from "../contract/index.ts";
import { mergeCandidates, type FusionInput, type Placed } from "./candidates.ts";
import { byScore, toRankedHit, type RankedHit } from "./ranked-hit.ts";

export interface ConvexInput extends FusionInput {
  /** Cosines of passages that only the keyword half found; one that has none gets no semantic share. */
  readonly cosines: ReadonlyMap<number, number>;
  /** Part of the semantic half, 0 to 1; the keyword half has the rest. */
  readonly weight?: number;
  /** The query's encoder was measured on this collection, and a cosine that stands out from all may count more than words. */
  readonly isMeasured?: boolean;
}

/**
 * Fuses both halves by a convex combination on a common scale, on which the best of each half is 1.
 *
 * Units: BM25 is divided by its maximum; a cosine is standardised over all candidates that were scored, not only
 * the listed ones, then divided by the best one's, or, of a measured encoder, by what the best of as many random ones
 * would be: nothing that stands out has less weight than words, what stands out more. A cosine under the mean lowers a score.
 * Order: score descending; equal scores keep the lower id first. A semantic rank past the list's end counts the
 * known cosines only.
 * Source: Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 42(1), 2023.
 */
export function fuseConvex({
  semantic,
  keywords,
  cosines,
  weight = 0.5,
  isMeasured = false,
}: ConvexInput): RankedHit[] {
  const candidates = mergeCandidates({ semantic, keywords }, cosines);
  const standard = standardise(candidates.semantic, semantic.moments, isMeasured);
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
  { count, mean, deviation }: FusionInput["semantic"]["moments"],
  isMeasured: boolean,
): (cosine: number) => number {
  if (isMeasured && deviation > NEGLIGIBLE) {
    const best = STANDS_OUT * expectedBest(count) * deviation;
    return (cosine) => (cosine - mean) / best;
  }
  let best = -Infinity;
  for (const { raw } of placed.values()) best = Math.max(best, raw);
  // The deviation cancels out of (cosine - mean) / deviation ÷ (best - mean) / deviation.
  const span = best - mean;
  if (deviation <= NEGLIGIBLE || span <= NEGLIGIBLE) return () => 1;
  return (cosine) => (cosine - mean) / span;
}

/** Rounding of float32 cosines near 1. */
const NEGLIGIBLE = 2 ** -22;

/** The expected largest of n standard normal values. Source: Gumbel's limit; 2 % over the exact value at n = 1000. */
function expectedBest(n: number): number {
  const root = Math.sqrt(2 * Math.log(Math.max(n, 8)));
  return root - (2 * Math.log(root) + LOG_2_PI) / (2 * root) + EULER / root;
}

const LOG_2_PI = Math.log(2 * Math.PI);
const EULER = 0.5772;

/** Between 1 and 1.2 all development sets are within .002 of their best; docs/adaptation.md has what else was tried. */
const STANDS_OUT = 1.06;
