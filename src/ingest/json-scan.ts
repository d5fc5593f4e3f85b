/** Deeper values would overflow the stack of whatever walks them; real files stay below 30. */
export const MAX_DEPTH = 200;

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [
  34, 92, 44, 91, 93, 123, 125,
];

/** What a look at brackets and strings alone tells of a JSON value. */
export interface ScannedValue {
  /** Where the value ends, or -1 when it is not closed. */
  readonly end: number;
  /** Where it is nested too deeply, or -1. */
  readonly deepAt: number;
}

/**
 * Finds the end of the JSON value that begins at `start`, without reading it.
 *
 * Cost: one look at each character, no memory.
 */
export function scanValue(text: string, start: number, limit = text.length): ScannedValue {
  let depth = 0;
  let deepAt = -1;
  let isInString = false;
  for (let at = start; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (isInString) {
      if (unit === BACKSLASH) at++;
      else if (unit === QUOTE) {
        isInString = false;
        if (depth === 0) return { end: at + 1, deepAt };
      }
    } else if (unit === QUOTE) isInString = true;
    else if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) {
      depth++;
      if (depth > MAX_DEPTH && deepAt < 0) deepAt = at;
    } else if (unit === CLOSE_ARRAY || unit === CLOSE_OBJECT) {
      depth--;
      if (depth <= 0) return { end: depth === 0 ? at + 1 : at, deepAt };
    } else if (depth === 0 && (unit === COMMA || isBlankUnit(unit))) return { end: at, deepAt };
  }
  return { end: depth === 0 && !isInString ? limit : -1, deepAt };
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlankUnit(text.charCodeAt(at))) at++;
  return at;
}

function isBlankUnit(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9 || unit === 0xfeff || unit === 0xa0;
}
