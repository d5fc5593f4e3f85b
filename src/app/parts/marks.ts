type Range = readonly [number, number];

/** A stretch of text that is marked or not. */
export interface Stretch {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * Cuts `text` from `start` to `end` where marks begin and end. Marks that overlap, stand in the wrong order or
 * reach outside are clipped; nothing of the text is lost or repeated.
 */
export function cutByMarks(
  text: string,
  marks: readonly Range[],
  start = 0,
  end = text.length,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = start;
  const take = (to: number, marked: boolean): void => {
    if (to > at) stretches.push({ text: text.slice(at, to), marked });
    at = Math.max(at, to);
  };
  for (const [from, to] of marks.toSorted((a, b) => a[0] - b[0])) {
    if (to <= at || from >= end) continue;
    take(Math.max(at, from), false);
    take(Math.min(end, to), true);
  }
  take(end, false);
  return stretches;
}

/** Matched words as they are written, in the order of their first occurrence; each once, whatever its case. */
export function matchedWords(text: string, marks: readonly Range[]): readonly string[] {
  const byFolded = new Map<string, string>();
  for (const [from, to] of marks) {
    const word = text.slice(from, to);
    const folded = word.toLowerCase();
    if (!byFolded.has(folded)) byFolded.set(folded, word);
  }
  return [...byFolded.values()];
}

/** A stretch of text and the range that it lies in, if any. */
export interface Piece<R> {
  readonly from: number;
  readonly to: number;
  readonly range: R | null;
}

/** Cuts `start` to `end` where ranges begin and end; what lies outside of it is left away. Ranges are disjoint, ascending. */
export function cutByRanges<R extends { readonly start: number; readonly end: number }>(
  ranges: readonly R[],
  start: number,
  end: number,
): readonly Piece<R>[] {
  const pieces: Piece<R>[] = [];
  let at = start;
  for (const range of ranges) {
    const from = Math.max(at, range.start);
    const to = Math.min(end, range.end);
    if (to <= from) continue;
    if (from > at) pieces.push({ from: at, to: from, range: null });
    pieces.push({ from, to, range });
    at = to;
  }
  if (end > at) pieces.push({ from: at, to: end, range: null });
  return pieces;
}
