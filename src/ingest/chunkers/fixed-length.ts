import { wordSpans } from "../../base/segments.ts";
import type { IngestTools, Span } from "../importer.ts";
import { splitText } from "./split-text.ts";

/** Source: LLM-Embedder, chunk size of long-range language modelling (there in tokens of the language model). */
export const CHUNK_TOKENS = 128;

/** Longer words (addresses, languages without blanks) may be cut inside. */
const LONG_WORD_TOKENS = 16;
const LONG_WORD_UTF16 = 100;

/**
 * Cuts a text into chunks of at most 128 tokens that follow one another without a gap: each takes as many words as
 * fit, and the blanks after its last word are its own.
 *
 * Cost: each chunk is counted once, each different word once.
 */
export async function cutFixedLength(text: string, tools: IngestTools): Promise<Span[]> {
  const { countTokens } = tools;
  const countWord = remember(countTokens);
  const chunks: Span[] = [];
  let start = 0;
  let ends: number[] = [];
  let tokens = 0;

  const close = (): void => {
    // Where counts do not add up exactly, the last words go to the next chunk.
    let kept = ends.length;
    while (kept > 1 && countTokens(text.slice(start, ends[kept - 1])) > CHUNK_TOKENS) kept--;
    const end = ends[kept - 1] ?? start;
    const rest = ends.slice(kept);
    chunks.push([start, end]);
    tokens = rest.reduce((sum, to, i) => sum + countWord(text.slice(rest[i - 1] ?? end, to).trim()), 0);
    start = end;
    ends = rest;
  };

  for (const [from, to] of unitSpans(text, countWord)) {
    const added = countWord(text.slice(from, to).trim());
    while (ends.length > 0 && (tokens + added > CHUNK_TOKENS || ends.length === CHUNK_TOKENS)) {
      close();
      await tools.breathe?.();
    }
    ends.push(to);
    tokens += added;
  }
  while (ends.length > 0) close();
  return chunks;
}

/** Words with the blanks after them, gapless from the start of the text to its end. */
function* unitSpans(text: string, countWord: (word: string) => number): Generator<Span> {
  let from = 0;
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    const end = index + word.length;
    const isLong = word.length > LONG_WORD_UTF16 || countWord(word) > LONG_WORD_TOKENS;
    const inner = isLong ? innerEnds(word, countWord) : [word.length];
    for (const [i, innerEnd] of inner.entries()) {
      const to = i < inner.length - 1 ? index + innerEnd : blanksEnd(text, end);
      yield [from, to];
      from = to;
    }
  }
}

function innerEnds(word: string, countTokens: (text: string) => number): number[] {
  const budget = { maxTokens: CHUNK_TOKENS, maxUtf16: LONG_WORD_UTF16, countTokens };
  return Array.from(wordSpans(word)).flatMap(([from, to]) =>
    splitText(word.slice(from, to), "prose", budget).map((piece) => from + piece.to),
  );
}

function blanksEnd(text: string, from: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = from;
  return from + (blanks.exec(text)?.[0].length ?? 0);
}

function remember(countTokens: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    let tokens = known.get(text);
    if (tokens === undefined) known.set(text, (tokens = countTokens(text)));
    return tokens;
  };
}
