import { cosine } from "../base/cosine.ts";
import type { CheckedSentence, CitedSentence, Closest, Cutoff } from "../contract/index.ts";
import { sentencesOf } from "./sentences.ts";

/** Vectors of texts, row-major f32[rows, dim]; of any length. */
export interface Rows {
  readonly dim: number;
  readonly vectors: Float32Array;
}

/** A sentence of one of several passages; `start` and `end` are in that passage's text. */
export interface PassageSentence {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A passage holds no more than that; what a broken extraction cuts into crumbs is read as far as here. */
const SENTENCES_A_PASSAGE = 60;

const WORD = /[\p{L}\p{N}]/u;

/** Sentences that have a word in them. */
export function passageSentences(texts: readonly string[]): PassageSentence[] {
  return texts.flatMap((text, passage) =>
    sentencesOf(text)
      .map(({ start, end }) => ({ passage, start, end, text: text.slice(start, end).trim() }))
      .filter((one) => WORD.test(one.text))
      .slice(0, SENTENCES_A_PASSAGE),
  );
}

export interface SupportInput {
  /** Sentences of the answer and their vectors. */
  readonly cited: readonly CitedSentence[];
  readonly claims: Rows;
  /** Sentences of the sources and their vectors; `passage` + 1 is the number of the source. */
  readonly sentences: readonly PassageSentence[];
  readonly keys: Rows;
  readonly cutoff: Cutoff | null;
}

/** Finds what comes closest to each sentence: in what it cites, or in all sources where it cites none. */
export function supportOf({ cited, claims, sentences, keys, cutoff }: SupportInput): CheckedSentence[] {
  return cited.map((sentence, row) => {
    let closest: Closest | null = null;
    for (const [at, { passage, start, end }] of sentences.entries()) {
      const source = passage + 1;
      if (sentence.sources.length > 0 && !sentence.sources.includes(source)) continue;
      const cosine = cosineOf(claims, row, keys, at);
      if (closest === null || cosine > closest.cosine) closest = { source, cosine, start, end };
    }
    return { ...sentence, closest, isClose: closest && cutoff ? closest.cosine > cutoff.cosine : null };
  });
}

/**
 * How often a passage that has nothing to do with a sentence may come closer than the cut-off. Measured with
 * `npm run bench -- support`, two sets of documentation and encyclopedia: of sentences with a third of their words left
 * out 0.98 and 1.00 are still over it against their own passage; 0.20 and 0.69 are against what is left of the passage
 * without them. At 0.05 the last were 0.48 and 0.83 (docs/answers.md).
 */
const CHANCE = 0.01;

/** Fewer pairs say nothing about their rare ones. */
const LEAST_PAIRS = 30;

/**
 * Puts the cut-off where only the part `chance` of unrelated passages comes closer. `closest` holds, for pairs of a
 * sentence and a passage from elsewhere, the cosine of the passage's closest sentence.
 */
export function cutoffOf(closest: readonly number[], chance = CHANCE): Cutoff | null {
  if (closest.length < LEAST_PAIRS) return null;
  const sorted = closest.toSorted((a, b) => a - b);
  const cosine = sorted[Math.ceil((1 - chance) * sorted.length) - 1] ?? 1;
  return { cosine, chance, pairs: closest.length };
}

export interface UnrelatedInput {
  readonly claims: Rows;
  readonly sentences: readonly PassageSentence[];
  readonly keys: Rows;
  /** Whether a passage has nothing to do with a claim, by their places. */
  isUnrelated(claim: number, passage: number): boolean;
}

/** For each claim and each unrelated passage, the cosine of the passage's closest sentence. */
export function closestOfUnrelated({ claims, sentences, keys, isUnrelated }: UnrelatedInput): number[] {
  const found: number[] = [];
  for (let row = 0; row < claims.vectors.length / claims.dim; row++) {
    const best = new Map<number, number>();
    for (const [at, { passage }] of sentences.entries())
      if (isUnrelated(row, passage))
        best.set(passage, Math.max(best.get(passage) ?? -1, cosineOf(claims, row, keys, at)));
    found.push(...best.values());
  }
  return found;
}

function cosineOf(a: Rows, rowA: number, b: Rows, rowB: number): number {
  return cosine(a.vectors, rowA * a.dim, b.vectors.subarray(rowB * a.dim, (rowB + 1) * a.dim));
}
