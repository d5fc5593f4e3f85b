type Range = readonly [start: number, end: number];

/** A run of the scripts that put no space between words, or else a word: letters and digits with their marks. */
const TOKEN =
  /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+)|[[\p{L}\p{N}\p{Co}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]][[\p{L}\p{N}\p{Co}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]]*/gv;
const MAX_TEXT_UTF16 = 100_000;
const MAX_MARKS = 1_000;

interface Word {
  readonly word: string;
  readonly at: Range;
}

/** Folds case and diacritics, as the keyword index does. */
function fold(word: string): string {
  return word
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** Every character of a run, and every pair of neighbours. */
function* charactersAndPairs(run: string, from: number): Generator<Word> {
  let before = "";
  let start = from;
  for (const char of run) {
    const end = start + char.length;
    if (before !== "") yield { word: before + char, at: [start - before.length, end] };
    yield { word: char, at: [start, end] };
    [before, start] = [char, end];
  }
}

/** The words of `text` with their places. Folding is done word by word, so places are those of `text`. */
function* words(text: string): Generator<Word> {
  for (const match of text.matchAll(TOKEN)) {
    const [token, run] = match;
    if (run !== undefined) yield* charactersAndPairs(run, match.index);
    else yield { word: fold(token), at: [match.index, match.index + token.length] };
  }
}

/** What to look for: words, pairs of a longer run, and a character only where it stands alone. */
function wantedWords(query: string): Set<string> {
  const wanted = new Set<string>();
  for (const [token, run] of query.matchAll(TOKEN)) {
    if (run === undefined) wanted.add(fold(token));
    else {
      const chars = Array.from(run);
      if (chars.length === 1) wanted.add(run);
      for (let i = 1; i < chars.length; i++) wanted.add(`${chars[i - 1]}${chars[i]}`);
    }
  }
  return wanted;
}

/**
 * Finds the words of a query in a text, for marking: case and diacritics do not count, Chinese and Japanese match
 * by pairs of characters.
 *
 * Units: [start, end) in UTF-16 code units of `text`, ascending, disjoint; at most 1,000, in its first 100,000 units.
 */
export function markWords(text: string, queryText: string): Range[] {
  const wanted = wantedWords(queryText.slice(0, MAX_TEXT_UTF16));
  const marks: Range[] = [];
  if (wanted.size === 0) return marks;
  for (const { word, at } of words(text.slice(0, MAX_TEXT_UTF16))) {
    if (!wanted.has(word)) continue;
    const last = marks.at(-1);
    if (last !== undefined && at[0] < last[1]) marks[marks.length - 1] = [last[0], Math.max(last[1], at[1])];
    else if (marks.length === MAX_MARKS) break;
    else marks.push(at);
  }
  return marks;
}
