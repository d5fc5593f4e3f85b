import { createRng, type Rng } from "../../src/base/rng.ts";

/** Texts of one kind. */
export interface Workload {
  readonly texts: readonly string[];
  /** In word pieces, with [CLS] and [SEP]. */
  readonly tokens: number;
}

export const WORKLOADS = ["mixed-notes", "uniform-chunks", "single-queries"] as const;
export type WorkloadName = (typeof WORKLOADS)[number];
export type Workloads = Readonly<Record<WorkloadName, Workload>>;

export interface WorkloadSizes {
  readonly notes: number;
  readonly chunks: number;
  readonly queries: number;
  readonly seed: number;
}

/** Median and σ of the logarithm: 10 % are longer than 216 tokens, 1.6 % are cut at 512. */
const NOTE = { median: 60, sigma: 1, least: 4, most: 512 } as const;
const CHUNK_TOKENS = 256;
const QUERY_TOKENS = 16;
/** [CLS] and [SEP]. */
const SPECIALS = 2;

/**
 * Texts of known lengths: running words of `corpus` from random places.
 *
 * `countTokens` gives the word pieces of each word; a BERT tokenizer never joins words, so that they add up.
 */
export function drawWorkloads(
  corpus: readonly string[],
  countTokens: (words: readonly string[]) => readonly number[],
  { notes, chunks, queries, seed }: WorkloadSizes,
): Workloads {
  const words = corpus.flatMap((text) => text.split(/\s+/).filter((word) => word !== ""));
  const counts = countTokens(words);
  const rng = createRng(seed);
  const draw = (lengths: readonly number[]): Workload => ({
    texts: lengths.map((length) => takeWords(words, counts, length - SPECIALS, rng)),
    tokens: lengths.reduce((a, b) => a + b, 0),
  });
  const fill = (count: number, length: number) => Array.from({ length: count }, () => length);
  return {
    "mixed-notes": draw(Array.from({ length: notes }, () => drawNoteLength(rng))),
    "uniform-chunks": draw(fill(chunks, CHUNK_TOKENS)),
    "single-queries": draw(fill(queries, QUERY_TOKENS)),
  };
}

function drawNoteLength(rng: Rng): number {
  const normal = Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
  const { median, sigma, least, most } = NOTE;
  return Math.min(most, Math.max(least, Math.round(median * Math.exp(sigma * normal))));
}

/** Words in a row from a random place; one that would go over is left out. */
function takeWords(words: readonly string[], counts: readonly number[], pieces: number, rng: Rng): string {
  const taken: string[] = [];
  const start = Math.floor(rng() * words.length);
  for (let left = pieces, step = 0; left > 0; step++) {
    if (step > words.length) throw new Error(`The corpus is too small for a text of ${pieces} word pieces.`);
    const at = (start + step) % words.length;
    const count = counts[at] ?? 0;
    if (count === 0 || count > left) continue;
    taken.push(words[at] ?? "");
    left -= count;
  }
  return taken.join(" ");
}
