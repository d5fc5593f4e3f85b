import { verbatimBlock } from "../../chunkers/block.ts";
import { createOutline } from "../../chunkers/outline.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import type { Importer } from "../../importer.ts";

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
    for (const { index, 0: paragraph } of text.matchAll(/[^\n\f]+(?:\n(?![ \t\r]*\n)[^\n\f]*)*/g)) {
      const marks = HEADING.exec(paragraph);
      const start = index + (marks?.[0].length ?? 0);
      const end = index + paragraph.length;
      const gapStart = text.slice(previousEnd, start).includes("\f") ? start : previousEnd;
      const block = verbatimBlock(text, [start, end], isRows(paragraph) ? "lines" : "prose", gapStart);
      if (block === null) continue;
      previousEnd = end;
      if (marks === null) outline.add(block);
      else {
        outline.leaveOut([index, start]);
        outline.heading(marks[1]?.length ?? 1, oneLine(block.text), [start, end], block);
      }
    }
    const { sections, skipped } = outline.finish();
    const pageOf = pageFinder(text);
    const drafts = (await packSections(sections, tools)).map((draft) => {
      const page = pageOf(draft.startUtf16);
      return page === null ? draft : { ...draft, record: { kind: "document", page } as const };
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

/** The page on which a place lies; places are asked for in their order. Null where there are no pages. */
function pageFinder(text: string): (at: number) => number | null {
  const ends = Array.from(text.matchAll(/\f/g), ({ index }) => index);
  let page = 1;
  return (at) => {
    if (ends.length === 0) return null;
    while (page < ends.length && (ends[page - 1] ?? Infinity) < at) page++;
    return page;
  };
}
