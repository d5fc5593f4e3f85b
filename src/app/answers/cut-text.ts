import type { CheckedSentence } from "../../contract/index.ts";

/** A stretch of an answer that is shown in one way. */
export type Piece =
  | {
      readonly type: "text";
      readonly text: string;
      /** No source that it could rest on says it closely. */
      readonly isFar: boolean;
    }
  /** `[2]`: opens a source. */
  | { readonly type: "mark"; readonly number: number }
  /** The end of a sentence that is far from its sources. */
  | { readonly type: "far"; readonly sentence: CheckedSentence };

/** `[1]`, `[1, 2]`, `[1-3]`, `【1】`, as the engine reads them. */
const MARK = /[[【]\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*[\]】]/g;

/** A range of more sources than that is no citation. */
const MOST_IN_RANGE = 50;

/**
 * Cuts a text node of the answer where sentences that are far begin and end, and at the marks of sources. `start` is
 * where it stands in the answer.
 */
export function cutText(value: string, start: number, sentences: readonly CheckedSentence[]): Piece[] {
  const end = start + value.length;
  const far = sentences.filter((one) => one.isClose === false && one.end > start && one.start < end);
  const pieces: Piece[] = [];
  let at = start;
  const take = (until: number, isFar: boolean): void => {
    if (until > at) pieces.push(...cutMarks(value.slice(at - start, until - start), isFar));
    at = Math.max(at, until);
  };
  for (const sentence of far) {
    take(Math.max(at, sentence.start), false);
    take(Math.min(end, sentence.end), true);
    if (sentence.end <= end) pieces.push({ type: "far", sentence });
  }
  take(end, false);
  return pieces;
}

function cutMarks(text: string, isFar: boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    if (index > from) pieces.push({ type: "text", text: text.slice(from, index), isFar });
    pieces.push(...numbersIn(mark).map((number): Piece => ({ type: "mark", number })));
    from = index + mark.length;
  }
  if (from < text.length) pieces.push({ type: "text", text: text.slice(from), isFar });
  return pieces;
}

function numbersIn(mark: string): number[] {
  return Array.from(mark.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)).flatMap(([, first = "", last = first]) => {
    const from = Number(first);
    const count = Number(last) - from + 1;
    if (count < 1 || count > MOST_IN_RANGE) return [from, Number(last)];
    return Array.from({ length: count }, (_, i) => from + i);
  });
}
