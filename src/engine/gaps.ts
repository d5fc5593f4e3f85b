import type { Gap } from "../contract/index.ts";

/** Enough to see what kind of thing was left out. */
const MOST_GAPS = 50;
const MOST_UTF16 = 160;

export interface Gaps {
  readonly droppedUtf16: number;
  readonly gapCount: number;
  readonly gaps: readonly Gap[];
}

/**
 * What of a text is in no passage, white space aside.
 *
 * Shape: spans i32[passages, 2], start and end, by start; they may overlap.
 */
export function gapsOf(text: string, spans: Int32Array): Gaps {
  const gaps: Gap[] = [];
  let droppedUtf16 = 0;
  let gapCount = 0;
  let covered = 0;
  const leave = (until: number): void => {
    const left = text.slice(covered, until);
    const trimmed = left.trim();
    if (trimmed === "") return;
    const startUtf16 = covered + left.indexOf(trimmed);
    droppedUtf16 += trimmed.replace(/\s+/gu, "").length;
    gapCount++;
    if (gaps.length < MOST_GAPS)
      gaps.push({
        startUtf16,
        endUtf16: startUtf16 + trimmed.length,
        text: trimmed.slice(0, MOST_UTF16).toWellFormed(),
      });
  };
  for (let at = 0; at < spans.length; at += 2) {
    const [start = 0, end = 0] = spans.subarray(at, at + 2);
    if (start > covered) leave(start);
    covered = Math.max(covered, end);
  }
  leave(text.length);
  return { droppedUtf16, gapCount, gaps };
}
