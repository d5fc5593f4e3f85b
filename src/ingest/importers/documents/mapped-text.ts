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

export function createMappedText(): MappedText {
  let text = "";
  let last = "";
  let starts: number[] = [];
  let ends: number[] = [];

  const put = (unit: string, start: number, end: number): void => {
    text += unit;
    last = unit;
    starts.push(start);
    ends.push(end);
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
      const places = { starts: starts.slice(from), ends: ends.slice(from) };
      text = "";
      last = "";
      starts = [];
      ends = [];
      if (trimmed === "") return null;
      const locate = (a: number, b: number): Span => [places.starts[a] ?? 0, places.ends[b - 1] ?? 0];
      return { text: trimmed, glue, cut, locate, span: locate(0, trimmed.length) };
    },
  };
}
