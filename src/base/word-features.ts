import { UNSPACED } from "./unspaced.ts";

const TOKEN = new RegExp(String.raw`[${UNSPACED}]+|[[\p{L}\p{M}\p{N}]--[${UNSPACED}]]+`, "gv");
const IS_UNSPACED = new RegExp(String.raw`^[${UNSPACED}]`, "v");
const INNER_WORDS = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu;
const ACCENTS = /[\u0300-\u036f]+/g;
const ASCII = /^[\0-\x7f]*$/;

/** Longer words also count by their beginning, which inflected forms share. */
const STEM_LETTERS = 5;
const LONGEST_WORD = 40;

function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase();
}

/** A text says the same words again and again; runs without spaces hardly ever. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 50_000;

/**
 * The words of a text as the adapter's table knows them, repeats included: each word, its beginning where it is long
 * (`config~`), the parts of a name in camel case; of text without spaces its letters and pairs of letters.
 */
export function featuresOf(text: string, maxUtf16 = 4000): string[] {
  const found: string[] = [];
  for (const [token] of text.slice(0, maxUtf16).matchAll(TOKEN)) {
    for (const feature of IS_UNSPACED.test(token) ? letterPairs(token) : wordForms(token))
      found.push(feature);
  }
  return found;
}

function letterPairs(token: string): string[] {
  const letters = Array.from(fold(token));
  return letters.flatMap((letter, i) => {
    const next = letters[i + 1];
    return next === undefined ? [letter] : [letter, letter + next];
  });
}

function wordForms(token: string): readonly string[] {
  if (token.length > LONGEST_WORD) return [];
  const before = known.get(token);
  if (before) return before;
  const parts = token.match(INNER_WORDS) ?? [];
  const forms = (parts.length > 1 ? [token, ...parts] : [token]).flatMap((word) => {
    const folded = fold(word);
    return folded.length > STEM_LETTERS ? [folded, `${folded.slice(0, STEM_LETTERS)}~`] : [folded];
  });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(token, forms);
  return forms;
}
