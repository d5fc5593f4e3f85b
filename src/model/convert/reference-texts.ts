import type { TextTokenizer } from "../tokenize/tokenizer.ts";

/** Written for this purpose: everyday words, names, numbers and signs. */
const PASSAGE = `
The harbour master keeps two clocks on the wall, because the ferry runs by the mainland's time and the fishermen by the
tide's. When a storm is announced he copies the forecast by hand, hangs it beside the door, and telephones the lighthouse
at the northern point; in 1987 the line was dead for three days, and nobody knew how many boats were still out. Since then
there is a radio in the back room, a generator that needs 4.5 litres of diesel an hour, and a list of twenty-six names with
their call signs. Visitors ask him for the best place to watch the whales, and he sends them up the path behind the chapel,
where the grass is short and the wind comes from the west. He does not tell them that most whales pass at night. A young
engineer from the university once measured the current under the bridge: it turned four times a day, as fast as a man
can run, and it moved enough water to light every window of the town. Her report was read by a committee, discussed for
two winters, and put into a drawer; last spring somebody opened that drawer again. Now there are surveyors on the quay,
orange buoys near the rocks, and long arguments in the café about noise, nets, jobs and the price of electricity. The
harbour master listens, fills in his book, and winds both clocks on Sunday evening, as his father did before him.
`;

/** First word of the passage and the length to reach, in tokens with [CLS] and [SEP]. */
const CUTS = [
  { start: 0, lengthTokens: 16 },
  { start: 126, lengthTokens: 16 },
  { start: 60, lengthTokens: 64 },
  { start: 0, lengthTokens: 256 },
] as const;

const CHINESE = "港口的工人每天早上看天气，再决定船什么时候出海。";

/**
 * The texts that every model is checked with on every device: short ones, and long ones because the attention fault that
 * some GPUs had showed from 32 tokens on. One is Chinese where the vocabulary has all of its characters.
 */
export function referenceTexts(tokenizer: TextTokenizer, vocabulary: ReadonlySet<string>): string[] {
  const words = PASSAGE.trim().split(/\s+/);
  const texts = CUTS.map(({ start, lengthTokens }) => {
    let low = 1;
    let high = words.length - start;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const length = tokenizer.count(words.slice(start, start + middle).join(" ")) + 2;
      if (length <= lengthTokens) low = middle;
      else high = middle - 1;
    }
    return words.slice(start, start + low).join(" ");
  });
  return Array.from(CHINESE).every((character) => vocabulary.has(character)) ? [...texts, CHINESE] : texts;
}
