import type { Span } from "../importer.ts";

/**
 * V8's `Intl.Segmenter` slows down with the square of the text (Node 20: words of 17,000 Chinese characters take
 * 35 ms, of 68,000 3,400 ms), so it sees one window at a time. Longer than any passage, so that no cut is lost by it.
 */
const WINDOW = 4096;

/** How far a cut looks for a blank, and a grapheme may reach. */
const REACH = 256;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Sentences or words of a text, gapless. A segment longer than the window comes in parts. */
export function* segmentSpans(segmenter: Intl.Segmenter, text: string): Generator<Span> {
  let start = 0;
  while (start < text.length) {
    const end = Math.min(start + WINDOW, text.length);
    const ends = Array.from(
      segmenter.segment(text.slice(start, end)),
      ({ index, segment }) => index + segment.length,
    );
    if (end < text.length) ends.pop();
    if (ends.length === 0) ends.push(cutNearMiddle(text, [start, end]) - start);
    let from = start;
    for (const inner of ends) {
      yield [from, start + inner];
      from = start + inner;
    }
    start = from;
  }
}

/** A place close to the middle where cutting hurts least: at a blank, else between two characters. */
export function cutNearMiddle(text: string, [start, end]: Span): number {
  const middle = (start + end) >> 1;
  for (let away = 0; away < Math.min(REACH, middle - start); away++) {
    if (isBlank(text, middle - away)) return middle - away;
    if (isBlank(text, middle + away)) return middle + away;
  }
  const windowStart = Math.max(start, middle - REACH);
  const around = graphemes.segment(text.slice(windowStart, Math.min(end, middle + REACH)));
  const found = windowStart + (around.containing(middle - windowStart)?.index ?? 0);
  if (found > windowStart) return found;
  return (text.codePointAt(middle - 1) ?? 0) > 0xffff ? middle + 1 : middle;
}

export function isBlank(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}
