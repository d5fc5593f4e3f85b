/** Longer texts are cut to this much of a limit before anything is counted; no tokenizer packs more into a token. */
const UTF16_A_TOKEN = 16;

/** The end of a text that has at most so many tokens, cut at a blank. */
export function keepLastTokens(
  text: string,
  limitTokens: number,
  countTokens: (text: string) => number,
): string {
  const end = text.slice(-limitTokens * UTF16_A_TOKEN);
  if (end === text && countTokens(text) <= limitTokens) return text;
  const wordStarts = Array.from(end.matchAll(/(?<=\s)\S/g), ({ index }) => index);
  let [low, high] = [0, wordStarts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (countTokens(end.slice(wordStarts[middle])) <= limitTokens) high = middle;
    else low = middle + 1;
  }
  return end.slice(wordStarts[low] ?? -limitTokens);
}
