import { sentenceSpans } from "../base/segments.ts";

/** A sentence in a text: UTF-16 code units, end exclusive, without blanks around it. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
}

/** A line that is no running text begins a block of its own: a heading, an item, a row of a table, a quotation. */
const BEGINS = /^\s*(?:#{1,6} |[-*+•] |\d{1,3}[.)] |\||>|```|$)/;
const HEADING = /^\s*#{1,6} /;

const WORD = /\p{L}[\p{L}\p{N}]*/gu;

/** Sentences of a passage that say something, also those that a line's end breaks; a heading or an item is one as well. */
export function sentencesOfPassage(text: string): SentenceSpan[] {
  return blocksOf(text).flatMap(({ start, end }) => {
    // A single line's end is a blank, of the same length, so that places stay as they are.
    const block = text.slice(start, end).replaceAll("\n", " ");
    return Array.from(sentenceSpans(block), ([from, to]) =>
      trimmed(block.slice(from, to), start + from),
    ).filter((span) => saysSomething(text.slice(span.start, span.end)));
  });
}

function blocksOf(text: string): SentenceSpan[] {
  const blocks: SentenceSpan[] = [];
  let isAfterHeading = true;
  for (const { 0: line, index } of text.matchAll(/[^\n]*\n?/g)) {
    const end = index + line.length;
    const last = blocks.at(-1);
    const isOpen = last && !isAfterHeading && !BEGINS.test(line);
    if (isOpen) blocks[blocks.length - 1] = { start: last.start, end };
    else if (end > index) blocks.push({ start: index, end });
    isAfterHeading = HEADING.test(line);
  }
  return blocks;
}

/** Signs of Markdown that close what stood before do not open a sentence. */
const LEADING = /^(?:[*_~`)\]]+\s|\s)+/;

function trimmed(segment: string, at: number): SentenceSpan {
  const start = at + (LEADING.exec(segment)?.[0].length ?? 0);
  return { start, end: Math.max(start, at + segment.trimEnd().length) };
}

/** At least two words, or one of a script that sets no blanks between them. */
function saysSomething(sentence: string): boolean {
  const words = sentence.match(WORD) ?? [];
  return words.length > 1 || (words[0]?.length ?? 0) > 3;
}
