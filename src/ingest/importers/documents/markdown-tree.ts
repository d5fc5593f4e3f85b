import type { Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** Everything within a line: left out where only blocks matter, because its cost is not linear in bad input. */
const INLINE = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
];

/** The blocks of a Markdown text, tables included, with nothing inside them parsed. */
export function parseMarkdownBlocks(text: string): readonly RootContent[] {
  return fromMarkdown(text, {
    extensions: [gfmTable(), { disable: { null: INLINE } }],
    mdastExtensions: [gfmTableFromMarkdown()],
  }).children;
}

/** A heading as people read it: without marks, link targets and a `{#custom-id}`. */
export function headingText(markdown: string): string {
  const bare = markdown.slice(0, 500).replace(/\s*\{#[^}]*\}\s*$/, "");
  return plainText(fromMarkdown(bare)).replace(/\s+/g, " ").trim();
}

function plainText(node: Nodes): string {
  if (node.type === "html") return "";
  if ("children" in node) return node.children.map(plainText).join(node.type === "root" ? " " : "");
  if ("value" in node) return node.value;
  return "alt" in node ? (node.alt ?? "") : " ";
}
