import { verbatimBlock, type Block } from "../../chunkers/block.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import type { Importer } from "../../importer.ts";

/** Any text as a document without title: paragraphs are what blank lines separate. */
export const plainText = {
  id: "plain-text",
  version: 2,
  kind: "document",
  extensions: [".txt", ".text", ".log", ".rst"],
  sniff: () => true,
  async parse({ text }, tools) {
    const blocks: Block[] = [];
    let previousEnd = 0;
    for (const { index, 0: paragraph } of text.matchAll(/[^\n]+(?:\n(?![ \t\r]*\n)[^\n]*)*/g)) {
      const end = index + paragraph.length;
      const block = verbatimBlock(text, [index, end], "prose", previousEnd);
      if (block === null) continue;
      blocks.push(block);
      previousEnd = block.locate(0, block.text.length)[1];
    }
    return { drafts: await packSections([{ title: "", blocks }], tools), skipped: [], remarks: [] };
  },
} satisfies Importer;
