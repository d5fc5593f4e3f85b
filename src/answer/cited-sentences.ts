import type { CitedSentence } from "../contract/index.ts";
import { sentencesOf, type Stretch } from "./sentences.ts";

/** `[1]`, `[1, 2]`, `[1-3]`, `【1】`; `[1](address)` is a link. */
const MARK = /[[【]\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*[\]】](?!\()/g;

/** Marks that stand behind a full stop, so at the beginning of what is cut as the next sentence. */
const MARKS_FIRST = new RegExp(`^(?:\\s*${MARK.source})+`);

/** Numbers in code are no citations. */
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

const WORD = /[\p{L}\p{N}]/u;

/** Cuts an answer into its sentences, a line at a time, and finds which sources each cites. */
export function citedSentences(answer: string, sourceCount: number): CitedSentence[] {
  const plain = answer.replace(CODE, (code) => code.replace(/[[\]【】]/g, " "));
  return rangesOf(plain).flatMap(({ start, end }) => {
    const said = plain.slice(start, end);
    const marks = Array.from(said.matchAll(MARK));
    const text = unmarked(without(answer.slice(start, end), marks))
      .replace(/\s+/g, " ")
      .trim();
    if (!WORD.test(text)) return [];
    const cited = [...new Set(marks.flatMap(([mark]) => numbersIn(mark)))];
    cited.sort((a, b) => a - b);
    const isKnown = (number: number): boolean => number >= 1 && number <= sourceCount;
    return [
      { start, end, text, sources: cited.filter(isKnown), unknown: cited.filter((one) => !isKnown(one)) },
    ];
  });
}

/** Marks behind a full stop belong to the sentence before it. */
function rangesOf(plain: string): Stretch[] {
  const ranges: Stretch[] = [];
  for (const { start, end } of sentencesOf(plain)) {
    const before = ranges.at(-1);
    const sameLine = before !== undefined && before.end === start;
    const early = sameLine ? (MARKS_FIRST.exec(plain.slice(start, end))?.[0].length ?? 0) : 0;
    if (before) before.end += early;
    if (start + early < end) ranges.push({ start: start + early, end });
  }
  return ranges;
}

/** Without what Markdown puts around words: bullets, numbers of a list, stars, ticks, borders of a table. */
function unmarked(text: string): string {
  return text
    .replace(/^\s*(?:(?:[-*+>]|#{1,6}|\d{1,3}[.)])\s+)+/, "")
    .replace(/\*\*|__|`+/g, "")
    .replace(/\s*\|\s*/g, " ");
}

function without(text: string, marks: readonly RegExpExecArray[]): string {
  let left = "";
  let from = 0;
  for (const { 0: mark, index } of marks) {
    left += text.slice(from, index).trimEnd();
    from = index + mark.length;
  }
  return left + text.slice(from);
}

/** `1-3` are 1, 2 and 3. */
function numbersIn(mark: string): number[] {
  return Array.from(mark.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)).flatMap(([, first = "", last = first]) => {
    const from = Number(first);
    const count = Number(last) - from + 1;
    return count > 0 && count <= 50
      ? Array.from({ length: count }, (_, i) => from + i)
      : [from, Number(last)];
  });
}
