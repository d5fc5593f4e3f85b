import { verbatimBlock } from "../../chunkers/block.ts";
import { createOutline } from "../../chunkers/outline.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import type { Importer } from "../../importer.ts";
import { mapMatches } from "../../map-matches.ts";

const PARAGRAPH = /[^\n\f]+(?:\n(?![ \t\r]*\n)[^\n\f]*)*/g;
const HEADING = /^(#{1,6}) +(?=\S)/;

/**
 * Text as extractors write it: paragraphs between blank lines, `#` before a heading, a form feed after each page,
 * rows of a table one a line with ` | ` between cells. Nothing else has a meaning.
 */
export const extractedText = {
  id: "extracted-text",
  version: 1,
  kind: "document",
  extensions: [],
  sniff: () => false,
  async parse({ text }, tools) {
    const outline = createOutline("");
    let previousEnd = 0;
    await mapMatches(text, PARAGRAPH, tools.breathe, ({ index, 0: paragraph }) => {
      const marks = HEADING.exec(paragraph);
      const start = index + (marks?.[0].length ?? 0);
      const end = index + paragraph.length;
      const gapStart = text.slice(previousEnd, start).includes("\f") ? start : previousEnd;
      const block = verbatimBlock(text, [start, end], isRows(paragraph) ? "lines" : "prose", gapStart);
      if (block === null) return;
      previousEnd = end;
      if (marks === null) outline.add(block);
      else {
        outline.leaveOut([index, start]);
        outline.heading(marks[1]?.length ?? 1, oneLine(block.text), [start, end], block);
      }
    });
    const { sections, skipped } = outline.finish();
    const placeOf = placeFinder(text);
    const drafts = (await packSections(sections, tools)).map((draft) => {
      const place = placeOf(draft.startUtf16);
      return place === null ? draft : { ...draft, record: { kind: "document", ...place } as const };
    });
    return { drafts, skipped, remarks: [] };
  },
} satisfies Importer;

/** Rows of a table, items of a list and lines of code may be parted between lines. */
function isRows(paragraph: string): boolean {
  const lines = paragraph.split("\n");
  return (
    lines.length > 1 && lines.filter((line) => /^(?:- |\t| {4})| \| /.test(line)).length > lines.length / 2
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Page and line of a place; places are asked for in their order. Null where there are no pages. */
function placeFinder(text: string): (at: number) => { page: number; line: number } | null {
  if (!text.includes("\f")) return () => null;
  let page = 1;
  let line = 1;
  let lineStart = 0;
  return (at) => {
    for (let end = breakAfter(text, lineStart); end < at; end = breakAfter(text, lineStart)) {
      if (text.slice(lineStart, end).trim() !== "") line++;
      if (text.charAt(end) === "\f" && text.includes("\f", end + 1)) {
        page++;
        line = 1;
      }
      lineStart = end + 1;
    }
    return { page, line };
  };
}

/** Where a line ends, with its page or before. */
function breakAfter(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 12) return at;
  }
  return text.length;
}
