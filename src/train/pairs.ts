import { createRng } from "../base/rng.ts";
import { sentenceSpans } from "../base/segments.ts";
import { featuresOf } from "../base/word-features.ts";

/** A passage as the training sees it. */
export interface TrainingPassage {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

/** A question and the passage that answers it, made from the passage itself or marked by the person. */
export interface Pair {
  readonly query: string;
  /** Of the passage that is right. */
  readonly passageId: number;
  readonly kind: "sentence" | "title" | "label" | "feedback";
  /** Part of the query's distinct words that the rest of the passage holds too: 1 proves little. */
  readonly overlap: number;
}

export interface PairOptions {
  readonly seed?: number;
  /** Most sentences that one passage gives. */
  readonly perPassage?: number;
}

const SHORTEST_UTF16 = 12;
const LONGEST_UTF16 = 300;
/** Of a passage of megabytes only its beginning gives pairs, as only its beginning was embedded. */
const READ_UTF16 = 8000;
/** A title that more passages have asks for none of them. */
const TITLE_PASSAGES = 1000;
const HAS_LETTERS = /\p{L}.*\p{L}/su;

/** Sentences of a text in any language, by Unicode's rules and at line ends. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  const read = text.slice(0, READ_UTF16);
  for (const span of sentenceSpans(read)) {
    const sentence = read.slice(...span).trim();
    const least = /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}/u.test(sentence) ? 5 : SHORTEST_UTF16;
    if (sentence.length >= least && sentence.length <= LONGEST_UTF16 && HAS_LETTERS.test(sentence))
      sentences.push(sentence);
  }
  return sentences;
}

/** Part of the query's distinct words that `rest` holds too; 0 for a query without words. */
export function shareOfWords(query: string, rest: string): number {
  const wanted = new Set(featuresOf(query));
  if (wanted.size === 0) return 0;
  const there = new Set(featuresOf(rest, READ_UTF16));
  let shared = 0;
  for (const word of wanted) if (there.has(word)) shared++;
  return shared / wanted.size;
}

/**
 * Questions that a passage's own text gives: each sentence, each part of its title. What several passages say alike
 * (a licence, a repeated heading) asks for none of them and is left out.
 *
 * Order: by passage as given; the same passages and seed give the same pairs.
 */
export function pairsOf(
  passages: readonly TrainingPassage[],
  { seed = 1, perPassage = 6 }: PairOptions = {},
): Pair[] {
  const rng = createRng(seed);
  const seen = new Map<string, number>();
  const drafts: { query: string; passage: TrainingPassage; kind: "sentence" | "title" }[] = [];
  for (const passage of passages) {
    const own = [...new Set(sentencesOf(passage.text))];
    while (own.length > perPassage) own.splice(Math.floor(rng() * own.length), 1);
    for (const query of own) drafts.push({ query, passage, kind: "sentence" });
    const title = passage.title.trim();
    if (title !== "" && HAS_LETTERS.test(title))
      drafts.push({ query: title.slice(0, LONGEST_UTF16), passage, kind: "title" });
  }
  for (const { query } of drafts) seen.set(query, (seen.get(query) ?? 0) + 1);
  return drafts
    .filter(({ query, kind }) => (seen.get(query) ?? 0) <= (kind === "title" ? TITLE_PASSAGES : 1))
    .map(({ query, passage, kind }) => ({
      query,
      passageId: passage.id,
      kind,
      overlap: shareOfWords(query, kind === "title" ? passage.text : passage.text.replace(query, " ")),
    }));
}
