import { verbatimBlock } from "../../chunkers/block.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import type { Importer } from "../../importer.ts";
import { mapMatches } from "../../map-matches.ts";

const PARAGRAPH = /[^\n]+(?:\n(?![ \t\r]*\n)[^\n]*)*/g;

/** Any text as a document without title: paragraphs are what blank lines separate. */
export const plainText = {
  id: "plain-text",
  version: 2,
  kind: "document",
  extensions: [".txt", ".text", ".log", ".rst"],
  sniff: () => true,
  async parse({ text }, tools) {
    let previousEnd = 0;
    const found = await mapMatches(text, PARAGRAPH, tools.breathe, ({ index, 0: paragraph }) => {
      const block = verbatimBlock(text, [index, index + paragraph.length], "prose", previousEnd);
      if (block !== null) previousEnd = block.locate(0, block.text.length)[1];
      return block;
    });
    const blocks = found.filter((block) => block !== null);
    return { drafts: await packSections([{ title: "", blocks }], tools), skipped: [], remarks: [] };
  },
} satisfies Importer;
