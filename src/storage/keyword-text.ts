const CJK_RUN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u30fc]+/gu;
const WORD = /([\p{L}\p{M}\p{N}]+)(\*?)/gu;
const QUOTED = /["“„«]([^"“”„«»]+)["”“»]/gu;
const ACCENTED_LATIN = /(\p{sc=Latin})[\u0300-\u036f]+/gu;

/** One word of a query. */
export interface KeywordTerm {
  readonly word: string;
  /** As the index spells it: lower case, Latin accents gone. */
  readonly folded: string;
  /**
   * It stands for every word that begins with it: written with a `*` behind it, or a single Chinese, Japanese or
   * Korean letter, which stands for its pairs.
   */
  readonly prefix: boolean;
}

function pairs(run: string): string[] {
  const letters = Array.from(run);
  return letters.slice(1).map((letter, index) => (letters[index] ?? "") + letter);
}

/**
 * Rewrites text so that a tokenizer which splits at spaces can index Chinese, Japanese and Korean.
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
 * The distinct words of a query, in the order in which each stands last.
 *
 * Whatever is not a letter, mark or number separates words, so that no operator of a query language remains.
 */
export function toKeywordTerms(text: string): KeywordTerm[] {
  const terms = new Map<string, KeywordTerm>();
  for (const [, chunk = "", star] of text.normalize("NFKC").replace(CJK_RUN, " $& ").matchAll(WORD)) {
    const isRun = chunk.search(CJK_RUN) === 0;
    const isPrefix = isRun ? Array.from(chunk).length === 1 : star === "*";
    for (const word of isRun && !isPrefix ? pairs(chunk) : [chunk]) {
      const folded = word.normalize("NFD").replace(ACCENTED_LATIN, "$1").normalize("NFC").toLowerCase();
      const known = terms.get(folded);
      terms.delete(folded);
      terms.set(folded, { word: known?.word ?? word, folded, prefix: isPrefix || known?.prefix === true });
    }
  }
  return [...terms.values()];
}

/** Words that stand one after the other, as the index has them; `prefix` leaves the end of the last one open. */
export interface KeywordPhrase {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

/** What a query has in quotation marks, straight or curly; marks without a partner are no marks. */
export function toKeywordPhrases(text: string): KeywordPhrase[] {
  return Array.from(text.normalize("NFKC").matchAll(QUOTED), ([, quoted = ""]) => {
    const chunks = Array.from(quoted.replace(CJK_RUN, " $& ").matchAll(WORD), ([, chunk = ""]) => chunk);
    const words = chunks.flatMap((chunk, at) => {
      if (chunk.search(CJK_RUN) !== 0) return [chunk];
      const letters = Array.from(chunk);
      // A run's last letter is a word of its own in the index: it stands between the run and what follows.
      return at === chunks.length - 1 && letters.length > 1
        ? pairs(chunk)
        : [...pairs(chunk), letters.at(-1) ?? ""];
    });
    const last = chunks.at(-1) ?? "";
    return { words, prefix: last.search(CJK_RUN) === 0 && Array.from(last).length === 1 };
  }).filter(({ words }) => words.length > 0);
}
