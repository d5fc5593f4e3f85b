/** Deeper values would overflow the stack of whatever walks them; real files stay below 30. */
export const MAX_DEPTH = 200;

/** The walk can be interrupted after so many characters: about 5 ms of work. */
const STEP_UTF16 = 2 ** 19;

/** Of an array or object that is longer its parts' places are kept; of a shorter one they are found again quickly. */
const LARGE_UTF16 = 2 ** 16;

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [
  34, 92, 44, 58, 91, 93, 123, 125,
];

/** Places of the parts of an array or object, three numbers each: of the name (0 in an array), of the value, behind it. */
export type Places = ArrayLike<number>;

/** Where a value ends, or why and where it does not. */
export type Walked =
  { readonly end: number } | { readonly failure: "invalid" | "unfinished" | "deep"; readonly at: number };

interface Level {
  start: number;
  close: number;
  places: number[];
  name: number;
  value: number;
}

/**
 * Walks through the JSON value that begins at `start`, checking it strictly, and keeps the places of its long parts in
 * `large`, by where they begin. Builds nothing else. Each step of the generator is a place for other work.
 *
 * Cost: one look at each character; 12 bytes a member of what is long.
 */
export function* walkValue(text: string, start: number, large: Map<number, Places>): Generator<void, Walked> {
  const levels: Level[] = [];
  let depth = 0;
  let at = start;
  let pauseAt = start + STEP_UTF16;
  const fail = (where: number): Walked => ({
    failure: skipBlanks(text, where) >= text.length ? "unfinished" : "invalid",
    at: where,
  });

  /** From a name to behind its colon; false where that is broken, and `at` is there. */
  const takeName = (level: Level): boolean => {
    at = skipWhite(text, at);
    if (text.charCodeAt(at) !== QUOTE) return false;
    const end = stringEnd(text, at);
    if (end < 0) {
      at = ~end;
      return false;
    }
    level.name = at;
    at = skipWhite(text, end);
    if (text.charCodeAt(at) !== COLON) return false;
    at++;
    return true;
  };

  for (;;) {
    at = skipWhite(text, at);
    if (at >= pauseAt) {
      yield;
      pauseAt = at + STEP_UTF16;
    }
    const above = levels[depth - 1];
    if (above) above.value = at;
    const unit = text.charCodeAt(at);
    if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) {
      if (depth === MAX_DEPTH) return { failure: "deep", at };
      const level = (levels[depth] ??= { start: 0, close: 0, places: [], name: 0, value: 0 });
      level.start = at;
      level.close = unit === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT;
      level.places.length = 0;
      level.name = 0;
      depth++;
      at = skipWhite(text, at + 1);
      if (text.charCodeAt(at) !== level.close) {
        if (unit === OPEN_OBJECT && !takeName(level)) return fail(at);
        continue;
      }
      at++;
      depth--;
    } else {
      const end = scalarEnd(text, at);
      if (end < 0) return fail(~end);
      at = end;
    }
    for (;;) {
      const level = levels[depth - 1];
      if (depth === 0 || level === undefined) return { end: at };
      level.places.push(level.name, level.value, at);
      at = skipWhite(text, at);
      const next = text.charCodeAt(at);
      if (next === COMMA) {
        at++;
        if (level.close === CLOSE_OBJECT && !takeName(level)) return fail(at);
        break;
      }
      if (next !== level.close) return fail(at);
      at++;
      depth--;
      if (at - level.start > LARGE_UTF16) large.set(level.start, Int32Array.from(level.places));
    }
  }
}

/** Places of the parts of the array or object that begins at `start`, which was walked through before. */
export function placesOf(text: string, start: number): number[] {
  const places: number[] = [];
  const isObject = text.charCodeAt(start) === OPEN_OBJECT;
  for (let at = skipWhite(text, start + 1); !isClose(text.charCodeAt(at)); at = skipWhite(text, at)) {
    if (text.charCodeAt(at) === COMMA) at = skipWhite(text, at + 1);
    const name = isObject ? at : 0;
    const value = isObject ? skipWhite(text, skipWhite(text, stringEnd(text, at)) + 1) : at;
    at = soundValueEnd(text, value);
    places.push(name, value, at);
  }
  return places;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlankUnit(text.charCodeAt(at))) at++;
  return at;
}

/** Between values of JSON Lines people leave what JSON itself does not allow. */
function isBlankUnit(unit: number): boolean {
  return isWhite(unit) || unit === 0xfeff || unit === 0xa0;
}

function isWhite(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9;
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (isWhite(text.charCodeAt(at))) at++;
  return at;
}

function isClose(unit: number): boolean {
  return unit === CLOSE_ARRAY || unit === CLOSE_OBJECT;
}

/** The end of a value that is known to be sound, found by brackets and strings alone. */
function soundValueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) depth++;
    else if (isClose(unit)) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (unit === COMMA || isWhite(unit))) return at;
  }
  return text.length;
}

// Sticky and shared: each sets where it begins.
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Behind the closing quotation mark; `~place` of what breaks it, which is negative. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ;) {
    PLAIN.lastIndex = at;
    PLAIN.test(text);
    at = Math.max(at, PLAIN.lastIndex);
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    if (unit !== BACKSLASH) return ~at;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return at + 6 >= text.length ? ~text.length : ~at;
    at = ESCAPE.lastIndex;
  }
}

function scalarEnd(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) return stringEnd(text, start);
  SCALAR.lastIndex = start;
  if (SCALAR.test(text)) return SCALAR.lastIndex;
  // Cut off inside a word or number: nothing else follows.
  return /^[\w.+-]*\s*$/.test(text.slice(start, start + 24)) && start + 24 >= text.length
    ? ~text.length
    : ~start;
}
