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
  readonly kind: "sentence" | "title";
  /** Part of the query's distinct words that the rest of the passage holds too: 1 proves little. */
  readonly overlap: number;
}

export interface PairOptions {
  readonly seed?: number;
  /** Most sentences that one passage gives; default 6. */
  readonly perPassage?: number;
  /** Called after each passage: lets other work go first. */
  readonly breathe?: () => Promise<void>;
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

/** How often a text says each of its words. */
export function wordCounts(text: string, maxUtf16 = READ_UTF16): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of featuresOf(text, maxUtf16)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * Part of the query's distinct words that a passage says besides: more often than the query itself where that is a piece
 * of it. 0 for a query without words.
 */
export function shareOfWords(
  query: string,
  passage: ReadonlyMap<string, number>,
  { isPiece }: { readonly isPiece: boolean },
): number {
  const wanted = wordCounts(query);
  if (wanted.size === 0) return 0;
  let shared = 0;
  for (const [word, own] of wanted) if ((passage.get(word) ?? 0) > (isPiece ? own : 0)) shared++;
  return shared / wanted.size;
}

/**
 * Questions that a passage's own text gives: each sentence, each part of its title. What several passages say alike
 * (a licence, a repeated heading) asks for none of them and is left out.
 *
 * Order: by passage as given; the same passages and seed give the same pairs.
 */
export async function pairsOf(
  passages: readonly TrainingPassage[],
  { seed = 1, perPassage = 6, breathe }: PairOptions = {},
): Promise<Pair[]> {
  const rng = createRng(seed);
  const seen = new Map<string, number>();
  const drafts: Pair[] = [];
  for (const { id, title, text } of passages) {
    const own = [...new Set(sentencesOf(text))];
    while (own.length > perPassage) own.splice(Math.floor(rng() * own.length), 1);
    const counts = wordCounts(text);
    for (const query of own) {
      const overlap = shareOfWords(query, counts, { isPiece: true });
      drafts.push({ query, passageId: id, kind: "sentence", overlap });
    }
    await breathe?.();
    const asked = title.trim();
    if (asked === "" || !HAS_LETTERS.test(asked)) continue;
    const query = asked.slice(0, LONGEST_UTF16);
    const overlap = shareOfWords(query, counts, { isPiece: false });
    drafts.push({ query, passageId: id, kind: "title", overlap });
  }
  for (const { query } of drafts) seen.set(query, (seen.get(query) ?? 0) + 1);
  return drafts.filter(
    ({ query, kind }) => (seen.get(query) ?? 0) <= (kind === "title" ? TITLE_PASSAGES : 1),
  );
}
