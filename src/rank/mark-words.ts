type Range = readonly [start: number, end: number];

/** Letters of Chinese, Japanese and Korean, half-width forms included: the keyword index takes them by pairs. */
const CJK = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u30fc\uff70\uff9e\uff9f`;
/** A run of such letters with their voicing marks, or else a word. */
const TOKEN = new RegExp(String.raw`([${CJK}][${CJK}\u3099\u309a]*)|[[\p{L}\p{M}\p{N}]--[${CJK}]]+`, "gv");
/** One letter of a run: a syllable written out in jamo, or a character with its voicing mark. */
const CJK_LETTER = /[\u1100-\u115f]+[\u1160-\u11ff]+|.[\u3099\u309a\uff9e\uff9f]*/gsu;
const IS_CJK = new RegExp(`[${CJK}]`, "v");
const ACCENTS = /[\u0300-\u036f]+/g;

const MAX_TEXT_UTF16 = 100_000;
const MAX_MARKS = 1_000;

interface Word {
  readonly word: string;
  readonly at: Range;
}

/** One spelling for letters that differ in case, accents or width only, as in the keyword index. */
function fold(word: string): string {
  return word.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase();
}

function lettersOf(run: string, from: number): Word[] {
  return Array.from(run.matchAll(CJK_LETTER), ({ 0: letter, index }) => ({
    word: fold(letter),
    at: [from + index, from + index + letter.length],
  }));
}

function pairsOf(letters: readonly Word[]): Word[] {
  return letters.slice(1).map(({ word, at }, i) => {
    const { word: before, at: start } = letters[i] ?? { word: "", at };
    return { word: before + word, at: [start[0], at[1]] };
  });
}

/**
 * The words of `text` with their places, folded one by one so that places are those of `text`. A run of CJK letters
 * gives its pairs; its letters too where `letters` says so or where it has no pair.
 */
function* words(text: string, letters: "always" | "alone"): Generator<Word> {
  for (const { 0: token, 1: run, index } of text.slice(0, MAX_TEXT_UTF16).matchAll(TOKEN)) {
    if (run === undefined) {
      yield { word: fold(token), at: [index, index + token.length] };
      continue;
    }
    const all = lettersOf(run, index);
    const pairs = pairsOf(all);
    const singles = letters === "always" || pairs.length === 0 ? all : [];
    yield* [...pairs, ...singles].sort((a, b) => a.at[0] - b.at[0]);
  }
}

/**
 * Finds the words of a query in a text, for marking: case, accents and width do not count; `compas*` stands for every
 * word that begins so; Chinese, Japanese and Korean match by pairs of letters, a single letter wherever it stands.
 *
 * Units: [start, end) in UTF-16 code units of `text`, ascending, disjoint; at most 1,000, in its first 100,000 units.
 */
export function markWords(text: string, queryText: string): Range[] {
  const asked = Array.from(words(queryText, "alone"));
  const wanted = new Set(asked.map(({ word }) => word));
  const beginnings = asked
    .filter(({ word, at }) => queryText[at[1]] === "*" && !IS_CJK.test(word))
    .map(({ word }) => word);
  const marks: Range[] = [];
  if (wanted.size === 0) return marks;
  for (const { word, at } of words(text, "always")) {
    if (!wanted.has(word) && !beginnings.some((beginning) => word.startsWith(beginning))) continue;
    const last = marks.at(-1);
    if (last !== undefined && at[0] < last[1]) marks[marks.length - 1] = [last[0], Math.max(last[1], at[1])];
    else if (marks.length === MAX_MARKS) break;
    else marks.push(at);
  }
  return marks;
}
