import type { Span } from "../importer.ts";

/** A paragraph, list item, code block or table: what a passage is built of. */
export interface Block {
  /** As shown; without blanks around it. */
  readonly text: string;
  /** What separates it from the block before it, when both stand in one passage. */
  readonly glue: string;
  /** `lines` may be cut at line ends (code, tables, lists), `prose` at sentence ends. */
  readonly cut: "prose" | "lines";
  /** Where [from, to) of `text` stands in the source. */
  locate(from: number, to: number): Span;
}

/** Blocks under one heading. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A block whose text is the source's own; null when it is blank. */
export function verbatimBlock(
  source: string,
  [start, end]: Span,
  cut: Block["cut"],
  previousEnd: number,
): Block | null {
  const raw = source.slice(start, end);
  const text = raw.trim();
  if (text === "") return null;
  const first = start + raw.length - raw.trimStart().length;
  const gap = source.slice(previousEnd, first);
  return {
    text,
    glue: gap !== "" && gap.trim() === "" ? gap : "\n\n",
    cut,
    locate: (from, to) => [first + from, first + to],
  };
}
