import { UNSPACED } from "../../base/unspaced.ts";

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED_RUN = new RegExp(`[${UNSPACED}]+`, "gu");

const SHORTEST = 3;

/** BM25's usual constants, those of the local index. */
const K1 = 1.2;
const B = 0.75;

/** The words of a query that a server is asked for: none of one or two letters, but for scripts without spaces in pairs. */
export function askedWords(query: string): string[] {
  const words = new Set<string>();
  for (const [token] of query.normalize("NFC").replace(UNSPACED_RUN, " $& ").matchAll(TOKEN)) {
    const letters = Array.from(token);
    if (token.search(UNSPACED_RUN) !== 0) {
      if (letters.length >= SHORTEST) words.add(token.toLowerCase());
    } else if (letters.length === 1) words.add(token);
    else for (const [i, letter] of letters.slice(1).entries()) words.add((letters[i] ?? "") + letter);
  }
  return [...words];
}

/**
 * Scores texts that a server found by words with BM25, over what came back: how many texts a rare word is in is known
 * exactly then; one that as many texts have as were asked for counts as one that a third of the collection has.
 */
export function scoreByWords(
  words: readonly string[],
  texts: readonly string[],
  { passages, limit }: { readonly passages: number; readonly limit: number },
): number[] {
  const counted = texts.map((text) => countWords(text, words));
  const mean = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length);
  const idf = words.map((_, at) => {
    const found = counted.filter(({ counts }) => (counts[at] ?? 0) > 0).length;
    const holders = found >= limit ? Math.max(found, passages / 3) : found;
    return Math.log(1 + (passages - holders + 0.5) / (holders + 0.5));
  });
  return counted.map(({ counts, length }) =>
    counts.reduce((score, count, at) => {
      const saturated = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / Math.max(1, mean)));
      return score + (idf[at] ?? 0) * saturated;
    }, 0),
  );
}

function countWords(text: string, words: readonly string[]) {
  const lower = text.normalize("NFC").toLowerCase();
  const tokens = lower.match(TOKEN) ?? [];
  const counts = words.map((word) =>
    word.search(UNSPACED_RUN) === 0
      ? lower.split(word).length - 1
      : tokens.filter((token) => token === word).length,
  );
  return { counts, length: tokens.length };
}
