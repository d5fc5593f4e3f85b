import { UNSPACED } from "../../base/unspaced.ts";

/** Words of one letter tell nothing, but in writing where one sign is a word's half. */
const HAS_LETTER = /\p{L}/u;
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const LONGEST_WORD = 24;
const UTF16_A_TEXT = 800;
/** A word tells when it stands in half as many of a group's texts again as of any other's; without such a word the best names it. */
const TELLING = 1.5;

/**
 * Names groups of texts by the words that set each apart from the others: at most `most` words a group, the most telling
 * first; none where nothing tells a group apart.
 *
 * Cost: one pass of the segmenter over the first 800 code units of each text.
 * Source: none. A word counts by the share of the group's texts with it, times how much larger that is (as a logarithm)
 * than in whichever other group has it most: what stands everywhere weighs nothing, without a list of such words.
 */
export function distinctiveWords(
  groups: readonly (readonly string[])[],
  most: number,
): readonly (readonly string[])[] {
  if (groups.length < 2) return groups.map(() => []);
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  const counts = groups.map((texts) => {
    const byWord = new Map<string, number>();
    for (const text of texts)
      for (const word of wordsOf(segmenter, text)) byWord.set(word, (byWord.get(word) ?? 0) + 1);
    return byWord;
  });
  return counts.map((byWord, g) => {
    const own = groups[g]?.length ?? 0;
    const scored: { readonly word: string; readonly score: number; readonly by: number }[] = [];
    for (const [word, count] of byWord) {
      if (count < Math.min(2, own)) continue;
      let elsewhere = 0;
      for (const [other, texts] of groups.entries())
        if (other !== g)
          elsewhere = Math.max(elsewhere, ((counts[other]?.get(word) ?? 0) + 0.5) / (texts.length + 1));
      const inside = count / own;
      if (inside > elsewhere)
        scored.push({ word, score: inside * Math.log(inside / elsewhere), by: inside / elsewhere });
    }
    scored.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
    const telling = scored.filter(({ by }) => by >= TELLING);
    const chosen: string[] = [];
    for (const { word } of telling.length > 0 ? telling : scored.slice(0, 1)) {
      if (chosen.length === most) break;
      if (!chosen.some((other) => word.startsWith(stem(other)) || other.startsWith(stem(word))))
        chosen.push(word);
    }
    return chosen;
  });
}

/** `sailing` and `sails` are not two names. */
const stem = (word: string): string => word.slice(0, Math.max(4, word.length - 3));

function wordsOf(segmenter: Intl.Segmenter, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(text.slice(0, UTF16_A_TEXT))) {
    if (isWordLike !== true || segment.length > LONGEST_WORD || !HAS_LETTER.test(segment)) continue;
    if (segment.length < (HAS_UNSPACED.test(segment) ? 2 : 3)) continue;
    found.add(segment.toLowerCase());
  }
  return found;
}
