/** Letters of Chinese, Japanese, Korean and Thai: text without spaces, taken by pairs of letters. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\u30fc`;
const TOKEN = new RegExp(String.raw`[${UNSPACED}]+|[[\p{L}\p{M}\p{N}]--[${UNSPACED}]]+`, "gv");
const IS_UNSPACED = new RegExp(String.raw`^[${UNSPACED}]`, "v");
const INNER_WORDS = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu;
const ACCENTS = /[\u0300-\u036f]+/g;

/** Longer words also count by their beginning, which inflected forms share. */
const STEM_LETTERS = 5;
const LONGEST_WORD = 40;

function fold(text: string): string {
  return text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase();
}

/**
 * The words of a text as the adapter's table knows them, repeats included: each word, its beginning where it is long
 * (`config~`), the parts of a name in camel case; of text without spaces its letters and pairs of letters.
 */
export function featuresOf(text: string, maxUtf16 = 4000): string[] {
  const found: string[] = [];
  for (const [token] of text.slice(0, maxUtf16).matchAll(TOKEN)) {
    if (IS_UNSPACED.test(token)) {
      const letters = Array.from(fold(token));
      letters.forEach((letter, i) => {
        found.push(letter);
        const next = letters[i + 1];
        if (next !== undefined) found.push(letter + next);
      });
      continue;
    }
    if (token.length > LONGEST_WORD) continue;
    const parts = token.match(INNER_WORDS) ?? [];
    for (const word of parts.length > 1 ? [token, ...parts] : [token]) {
      const folded = fold(word);
      found.push(folded);
      if (folded.length > STEM_LETTERS) found.push(`${folded.slice(0, STEM_LETTERS)}~`);
    }
  }
  return found;
}
