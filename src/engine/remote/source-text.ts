import type { PassageDraft } from "../../contract/index.ts";

/** Longer than this no text is: a place beyond it was miscounted. */
const MOST_UTF16 = 64 * 2 ** 20;

/**
 * A source's text as far as its passages tell it: each at its place, blanks between them. Where two overlap, the earlier
 * one's words stand and the later one's go on behind them. Where the places say nothing, or a passage is not as long as its
 * place, what does not fit is left to the passage itself.
 */
export function sourceTextOf(passages: readonly PassageDraft[]): string {
  const pieces: string[] = [];
  let length = 0;
  for (const { text, startUtf16, endUtf16 } of [...passages].sort((a, b) => a.startUtf16 - b.startUtf16)) {
    if (endUtf16 > MOST_UTF16 || endUtf16 <= length || endUtf16 <= startUtf16) continue;
    const gap = startUtf16 - length;
    if (gap > 0) pieces.push(length === 0 ? " ".repeat(gap) : `\n${" ".repeat(gap - 1)}`);
    const span = endUtf16 - startUtf16;
    // Of words that are not those of the place nobody knows which of them stand behind the overlap.
    const own = gap < 0 && text.length !== span ? "" : text.slice(0, span);
    pieces.push(own.padEnd(span).slice(Math.max(0, -gap)));
    length = endUtf16;
  }
  return pieces.join("");
}
