import { sentenceSpans } from "../base/segments.ts";

/** A stretch of a text, UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  end: number;
}

/** Sentences of a text, a line at a time; blanks and marks around them are part of them. */
export function sentencesOf(text: string): Stretch[] {
  return Array.from(text.matchAll(/[^\n]+/g)).flatMap(({ 0: line, index }) =>
    Array.from(sentenceSpans(line), ([start, end]) => ({ start: index + start, end: index + end })),
  );
}
