type Range = readonly [start: number, end: number];

/** Runs of scripts that put no space between words, or else words: letters and digits with their marks. */
const TOKEN = /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+)|[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const MAX_TEXT_UTF16 = 100_000;
const MAX_MARKS = 1_000;

/** Folds case and diacritics, as the keyword index does. */
function fold(word: string): string {
  return word
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** Neighbouring pairs of a run, or the run itself when it is one character. */
function* bigrams(run: string): Generator<Range> {
  let start = 0;
  let middle = 0;
  for (const char of run) {
    const end = middle + char.length;
    if (middle > 0) yield [start, end];
    [start, middle] = [middle, end];
  }
  if (start === 0 && middle > 0) yield [0, middle];
}

/** The words of `text` with the place of each. Folding is done word by word, so places are those of `text`. */
function* words(text: string): Generator<{ readonly word: string; readonly at: Range }> {
  for (const match of text.matchAll(TOKEN)) {
    const [token, run] = match;
    if (run === undefined) {
      yield { word: fold(token), at: [match.index, match.index + token.length] };
      continue;
    }
    for (const [start, end] of bigrams(run))
      yield { word: run.slice(start, end), at: [match.index + start, match.index + end] };
  }
}

/**
 * Finds the words of a query in a text, for marking: case and diacritics do not count, Chinese and Japanese match
 * by pairs of characters.
 *
 * Units: [start, end) in UTF-16 code units of `text`, ascending, disjoint; at most 1,000, in its first 100,000 units.
 */
export function markWords(text: string, queryText: string): Range[] {
  const wanted = new Set<string>();
  for (const { word } of words(queryText.slice(0, MAX_TEXT_UTF16))) wanted.add(word);
  const marks: Range[] = [];
  if (wanted.size === 0) return marks;
  for (const { word, at } of words(text.slice(0, MAX_TEXT_UTF16))) {
    if (!wanted.has(word)) continue;
    const last = marks.at(-1);
    if (last !== undefined && at[0] < last[1]) marks[marks.length - 1] = [last[0], at[1]];
    else if (marks.length === MAX_MARKS) break;
    else marks.push(at);
  }
  return marks;
}
