import type { PassageDraft } from "../../contract/index.ts";

/** Longer gaps than this are no text that was left out, but a place that was miscounted. */
const MOST_UTF16 = 64 * 2 ** 20;

/**
 * A source's text as far as its passages tell it: each at its place, blanks between them. Where the places say nothing,
 * or a passage was edited to another length, what does not fit is left to the passage itself.
 */
export function sourceTextOf(passages: readonly PassageDraft[]): string {
  const pieces: string[] = [];
  let length = 0;
  for (const { text, startUtf16, endUtf16 } of [...passages].sort((a, b) => a.startUtf16 - b.startUtf16)) {
    if (endUtf16 > MOST_UTF16) break;
    if (startUtf16 < length) continue;
    const gap = startUtf16 - length;
    if (gap > 0) pieces.push(length === 0 ? " ".repeat(gap) : `\n${" ".repeat(gap - 1)}`);
    const own = text.slice(0, endUtf16 - startUtf16);
    pieces.push(own.padEnd(endUtf16 - startUtf16));
    length = endUtf16;
  }
  return pieces.join("");
}
