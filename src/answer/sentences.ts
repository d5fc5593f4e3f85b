/** A stretch of a text, UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  end: number;
}

/** V8's segmenter slows down with the square of a text, so that a longer line is looked at in parts. */
const LINE_UTF16 = 4000;

const LINE = new RegExp(`[^\\n]{1,${LINE_UTF16}}`, "g");

const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** Sentences of a text, a line at a time; blanks and marks around them are part of them. */
export function sentencesOf(text: string): Stretch[] {
  return Array.from(text.matchAll(LINE)).flatMap(({ 0: line, index: lineStart }) =>
    Array.from(segmenter.segment(line), ({ segment, index }) => ({
      start: lineStart + index,
      end: lineStart + index + segment.length,
    })),
  );
}
