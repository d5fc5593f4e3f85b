/** Runs of Han, kana and Hangul, with the marks that occur only inside such words. */
const CJK_RUN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u30fc]+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ACCENTS = /[\u0300-\u036f]/g;

function pairs(run: string): string[] {
  const letters = Array.from(run);
  return letters.slice(1).map((letter, index) => (letters[index] ?? "") + letter);
}

/**
 * Rewrites text so that a tokenizer which knows only spaces can index Chinese, Japanese and Korean.
 *
 * A run of such letters becomes its overlapping pairs, and its last letter once more: every letter then begins
 * one token, so that a query of a single letter finds it by prefix. Compatibility forms (full-width letters,
 * decomposed kana and Hangul) are unified first. See docs/decisions/0001-cjk-bigrams.md.
 */
export function toKeywordText(text: string): string {
  return text.normalize("NFKC").replace(CJK_RUN, (run) => {
    const last = Array.from(run).at(-1) ?? "";
    return ` ${[...pairs(run), last].join(" ")} `;
  });
}

/**
 * The words of a query as an FTS5 expression: each quoted, joined by OR; null when there is none.
 *
 * Whatever is not a letter, mark or number separates words, so that no operator of FTS5 gets through.
 */
export function toKeywordQuery(text: string): string | null {
  const terms = new Map<string, string>();
  for (const [chunk] of text.normalize("NFKC").replace(CJK_RUN, " $& ").matchAll(WORD)) {
    const isRun = chunk.search(CJK_RUN) === 0;
    const words = isRun && Array.from(chunk).length > 1 ? pairs(chunk) : [chunk];
    for (const word of words) {
      const folded = word.normalize("NFD").replace(ACCENTS, "").toLowerCase();
      terms.set(folded, isRun && words[0] === chunk ? `"${word}" *` : `"${word}"`);
    }
  }
  return terms.size === 0 ? null : [...terms.values()].join(" OR ");
}
