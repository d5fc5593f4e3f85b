import { cutNearMiddle, isBlank, sentenceSpans } from "../../base/segments.ts";
import type { Span } from "../importer.ts";

/** A part of a text with its length. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly tokens: number;
}

/** The most that a piece may hold. The second bound is for blanks and endless words, which count as few tokens. */
export interface Budget {
  readonly maxTokens: number;
  readonly maxUtf16: number;
  countTokens(text: string): number;
}

/**
 * Cuts a text into pieces that fit, as few as natural boundaries allow: whole, else lines or sentences, else words,
 * else characters. Pieces have no blanks around them.
 *
 * Cost: a character is counted a small constant number of times, whatever the text.
 */
export function splitText(text: string, cut: "prose" | "lines", budget: Budget): Piece[] {
  const whole = measure(text, [0, text.length], budget);
  if (whole !== null) return whole.tokens < 0 ? [] : [whole];
  const spans = cut === "lines" ? lineSpans(text) : sentencesAcrossLines(text, 0);
  return spans.flatMap((span) => splitSpan(text, span, cut === "lines", budget));
}

function splitSpan(text: string, span: Span, isLine: boolean, budget: Budget): Piece[] {
  const fitting = measure(text, span, budget);
  if (fitting !== null) return fitting.tokens < 0 ? [] : [fitting];
  if (isLine) {
    const inner = sentencesAcrossLines(text.slice(...span), span[0]);
    if (inner.length > 1) return inner.flatMap((sentence) => splitSpan(text, sentence, false, budget));
  }
  const middle = cutNearMiddle(text, span);
  return [
    ...splitSpan(text, [span[0], middle], false, budget),
    ...splitSpan(text, [middle, span[1]], false, budget),
  ];
}

/** The span without blanks around it; null when it does not fit, -1 tokens when nothing is left. */
function measure(text: string, [start, end]: Span, budget: Budget): Piece | null {
  let from = start;
  let to = end;
  while (from < to && isBlank(text, from)) from++;
  while (to > from && isBlank(text, to - 1)) to--;
  if (from === to) return { from, to, tokens: -1 };
  if (to - from > budget.maxUtf16) return null;
  const tokens = budget.countTokens(text.slice(from, to));
  return tokens > budget.maxTokens && to - from > 2 ? null : { from, to, tokens };
}

function lineSpans(text: string): Span[] {
  return Array.from(text.matchAll(/[^\n]+/g), ({ index, 0: line }): Span => [index, index + line.length]);
}

/** A line end within a paragraph is a blank here, not the end of a sentence. */
function sentencesAcrossLines(text: string, offset: number): Span[] {
  return Array.from(sentenceSpans(text.replaceAll("\n", " ")), ([from, to]): Span => [
    offset + from,
    offset + to,
  ]);
}
