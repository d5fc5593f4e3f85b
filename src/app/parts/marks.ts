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
