import type { Block } from "../../chunkers/block.ts";
import type { Span } from "../../importer.ts";

export const CELL = " | ";

/** Builds shown text out of source text that is written differently, and remembers where each character stood. */
export interface MappedText {
  /** Nothing stands on the current line yet, or a cell border does. */
  readonly atLineStart: boolean;
  /** `text` as the source's [start, end) reads: one to one, or an entity of several characters. */
  append(text: string, start: number, end: number, keepBlanks: boolean): void;
  /** A mark of our own at a place; at the start of a line it is left out. */
  mark(text: "\n" | typeof CELL, at: number): void;
  /** Hands the text over as a block and starts afresh; null when it was blank. */
  take(cut: Block["cut"], glue: string): (Block & { readonly span: Span }) | null;
}

/** Characters in a row that stand in the source in a row as well, or one that stands there as something else. */
interface Run {
  /** Where it begins in the shown text, and in the source. */
  readonly at: number;
  readonly start: number;
  /** Of one that stands there as something else; null for characters in a row. */
  readonly end: number | null;
}

export function createMappedText(): MappedText {
  let text = "";
  let last = "";
  let runs: Run[] = [];
  /** Where the source would go on if the next character belonged to the last run; -1 where none can. */
  let goesOnAt = -1;

  const put = (unit: string, start: number, end: number): void => {
    const isItself = end === start + 1;
    if (!isItself || start !== goesOnAt) runs.push({ at: text.length, start, end: isItself ? null : end });
    goesOnAt = isItself ? end : -1;
    text += unit;
    last = unit;
  };

  return {
    get atLineStart() {
      return last === "" || last === "\n" || last === CELL;
    },
    append(added, start, end, keepBlanks) {
      const isOneToOne = added.length === end - start;
      for (let i = 0; i < added.length; i++) {
        const unit = added.charAt(i);
        const isBlank = !keepBlanks && /\s/.test(unit);
        if (isBlank && (last === "" || /\s$/.test(last))) continue;
        put(isBlank ? " " : unit, isOneToOne ? start + i : start, isOneToOne ? start + i + 1 : end);
      }
    },
    mark(added, at) {
      if (this.atLineStart) return;
      for (const unit of added) put(unit, at, at);
      last = added;
    },
    take(cut, glue) {
      const from = text.length - text.trimStart().length;
      const trimmed = text.trim();
      const taken = runs;
      text = "";
      last = "";
      runs = [];
      goesOnAt = -1;
      if (trimmed === "") return null;
      const placeOf = (shown: number): Span => {
        const run = runAt(taken, from + shown);
        if (run === undefined) return [0, 0];
        const start = run.end === null ? run.start + from + shown - run.at : run.start;
        return [start, run.end ?? start + 1];
      };
      const locate = (a: number, b: number): Span => [placeOf(a)[0], placeOf(b - 1)[1]];
      return { text: trimmed, glue, cut, locate, span: locate(0, trimmed.length) };
    },
  };
}

/** The last run that begins at a place or before it. */
function runAt(runs: readonly Run[], at: number): Run | undefined {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1];
}
