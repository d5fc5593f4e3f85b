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

/** Where an excerpt starts and ends, and whether something was left out on either side. */
export interface Excerpt {
  readonly start: number;
  readonly end: number;
}

/**
 * The window of at most about `length` characters that holds the most marked words; the beginning when there are
 * none. Cut at white space where there is some.
 */
export function excerptOf(text: string, marks: readonly Range[], length: number): Excerpt {
  if (text.length <= length * 1.25) return { start: 0, end: text.length };
  let best = { start: 0, count: marks.filter(([, to]) => to <= length).length };
  for (const [from] of marks) {
    const start = Math.max(0, from - Math.floor(length / 6));
    const count = marks.filter(([a, b]) => a >= start && b <= start + length).length;
    if (count > best.count) best = { start, count };
  }
  const start = best.start === 0 ? 0 : afterSpace(text, best.start);
  const wanted = Math.min(text.length, start + length);
  return { start, end: wanted === text.length ? wanted : beforeSpace(text, wanted) };
}

const REACH = 24;

function afterSpace(text: string, at: number): number {
  const space = text.slice(at, at + REACH).search(/\s/);
  return space < 0 ? wholeCharacter(text, at) : at + space + 1;
}

function beforeSpace(text: string, at: number): number {
  const tail = text.slice(at - REACH, at);
  const space = tail.search(/\s\S*$/);
  return space < 0 ? wholeCharacter(text, at) : at - REACH + space;
}

/** Never cuts between the two halves of a surrogate pair. */
export function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
