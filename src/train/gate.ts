import { createDots } from "./dots.ts";

/** A pair that training has not seen, as the adapters and the full encoder encode its query. */
export interface HeldOut {
  /** Its passage's row. */
  readonly target: number;
  /** How much it proves: more the fewer words it shares with its passage. */
  readonly weight: number;
  readonly full: Float32Array;
  /** One vector an adapter; null where the adapter knows no word of it. */
  readonly adapted: readonly (Float32Array | null)[];
}

/** How a query is encoded: so much of an adapter's vector, the rest of the full encoder's. */
export interface Mix {
  /** Index into `HeldOut.adapted`. */
  readonly adapter: number;
  /** Part of the adapter, 0 to 1; 0 is the full encoder. */
  readonly part: number;
}

export interface GateResult {
  /** The best; the full encoder where none is surely better. */
  readonly winner: Mix;
  /** Weighted nDCG@10 on the held-out pairs. */
  readonly full: number;
  readonly best: number;
  /** Standard error of the difference. */
  readonly error: number;
  /** An adapter each: what it is worth alone and in its mixture. */
  readonly scores: readonly (Mix & { readonly alone: number; readonly ndcg: number })[];
}

/** An adapter that is as good as the full encoder alone gets `EVEN`, a better one more, a worse one less. */
const EVEN = 0.4;
const PART_BY_LEAD = 8;
const LEAST_PART = 0.3;
const MOST_PART = 0.85;
const STEP = 0.05;

/**
 * How much of a query's vector an adapter makes, from what each is worth alone. The held-out pairs tell apart two encoders,
 * but hardly their mixtures: the best of those was often far from the best on real questions (docs/adaptation.md).
 */
export function partOf(alone: number, full: number): number {
  const part = EVEN + PART_BY_LEAD * (alone - full);
  return Math.round(Math.min(MOST_PART, Math.max(LEAST_PART, part)) / STEP) * STEP;
}

/** A copied sentence proves little: one whose words are all in its passage weighs this, one that shares none 1. */
const LEAST_WEIGHT = 0.02;
/** Less than this is not worth another way to encode. */
const LEAST_GAIN = 0.01;

export function weightOf(overlap: number): number {
  return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * (1 - overlap) ** 2;
}

/**
 * Lets the full encoder and each adapter's mixture with it compete on held-out pairs. A passage only counts as better
 * placed where its score is higher: copies of the right passage do no harm.
 *
 * Cost: pairs × passages × dim for each adapter and the full encoder.
 */
export async function compareMixes(
  pairs: readonly HeldOut[],
  {
    passages,
    dim,
    adapters,
  }: { readonly passages: Float32Array; readonly dim: number; readonly adapters: number },
  breathe: () => Promise<void>,
): Promise<GateResult> {
  const weights = Float64Array.from(pairs, ({ weight }) => weight);
  const dots = createDots(passages, dim);
  const fullScores: Float32Array[] = [];
  const fullGains = new Float64Array(pairs.length);
  for (const [i, pair] of pairs.entries()) {
    const own = dots(pair.full);
    fullScores.push(own);
    fullGains[i] = gainOf(own, own, 0, pair.target);
    await breathe();
  }
  const full = weightedMean(fullGains, weights);
  const scores: (Mix & { readonly alone: number; readonly ndcg: number })[] = [];
  const gains: Float64Array[] = [];
  for (let adapter = 0; adapter < adapters; adapter++) {
    const own: (Float32Array | null)[] = [];
    const gainsAt = (part: number) =>
      Float64Array.from(pairs, ({ target }, i) => {
        const vector = own[i];
        const whole = fullScores[i];
        return vector && whole ? gainOf(whole, vector, part, target) : (fullGains[i] ?? 0);
      });
    for (const { adapted } of pairs) {
      const vector = adapted[adapter];
      own.push(vector ? dots(vector) : null);
      await breathe();
    }
    const alone = weightedMean(gainsAt(1), weights);
    const part = partOf(alone, full);
    const mixed = gainsAt(part);
    gains.push(mixed);
    scores.push({ adapter, part, alone, ndcg: weightedMean(mixed, weights) });
    await breathe();
  }
  let best = -1;
  scores.forEach(({ ndcg }, at) => {
    if (best < 0 || ndcg > (scores[best]?.ndcg ?? 0)) best = at;
  });
  const top = scores[best];
  const error = errorOf(gains[best] ?? fullGains, fullGains, weights);
  const isBetter = top !== undefined && top.ndcg - full > Math.max(LEAST_GAIN, 2 * error);
  return {
    winner: isBetter ? { adapter: top.adapter, part: top.part } : { adapter: 0, part: 0 },
    full,
    best: isBetter ? top.ndcg : full,
    error,
    scores,
  };
}

/** nDCG@10 with one right passage. */
function gainOf(full: Float32Array, adapted: Float32Array, part: number, target: number): number {
  const mixed = (i: number) => (1 - part) * (full[i] ?? 0) + part * (adapted[i] ?? 0);
  const own = mixed(target) + ROUNDING;
  let rank = 1;
  for (let i = 0; i < full.length && rank <= 10; i++) if (mixed(i) > own) rank++;
  return rank > 10 ? 0 : 1 / Math.log2(1 + rank);
}

/** Equal vectors at other places of the matrix may differ by this. */
const ROUNDING = 1e-6;

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    sum += value * (weights[i] ?? 0);
    total += weights[i] ?? 0;
  });
  return total === 0 ? 0 : sum / total;
}

/** Of the weighted mean of the differences. */
function errorOf(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  const differences = a.map((value, i) => value - (b[i] ?? 0));
  const mean = weightedMean(differences, weights);
  let squares = 0;
  let total = 0;
  differences.forEach((difference, i) => {
    squares += ((weights[i] ?? 0) * (difference - mean)) ** 2;
    total += weights[i] ?? 0;
  });
  return total === 0 ? Infinity : Math.sqrt(squares) / total;
}
