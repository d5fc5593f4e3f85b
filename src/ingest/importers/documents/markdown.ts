import type { RootContent } from "mdast";
import { verbatimBlock, type Block } from "../../chunkers/block.ts";
import { createOutline } from "../../chunkers/outline.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import { extensionOf, hasExtension, headOf, type Importer, type Span } from "../../importer.ts";
import { readFrontMatter } from "./front-matter.ts";
import { htmlHasText } from "./html-parts.ts";
import { headingText, parseMarkdownBlocks } from "./markdown-tree.ts";

const EXTENSIONS = [".md", ".markdown", ".mdown", ".mdx"];

/**
 * Markdown and MDX. Passages are the source's own characters, headings become titles; front matter, ESM lines, link
 * definitions and HTML without text are left out.
 */
export const markdown = {
  id: "markdown",
  version: 2,
  kind: "document",
  extensions: EXTENSIONS,
  sniff: (source) =>
    hasExtension({ extensions: EXTENSIONS }, source) ||
    (extensionOf(source.name) === "" && /^#{1,6} \S|^```|\]\(https?:/m.test(headOf(source))),
  async parse({ name, text }, tools) {
    const isMdx = extensionOf(name) === ".mdx";
    const frontMatter = readFrontMatter(text);
    const outline = createOutline(frontMatter.title);
    let previousEnd = frontMatter.end;

    let base = frontMatter.end;

    const spanOf = (first: RootContent, last = first): Span => [
      base + (first.position?.start.offset ?? 0),
      base + (last.position?.end.offset ?? 0),
    ];
    const blockAt = (span: Span, cut: Block["cut"]): Block | null => {
      const block = verbatimBlock(text, span, cut, previousEnd);
      if (block !== null) previousEnd = span[1];
      return block;
    };

    if (frontMatter.end > 0) outline.leaveOut([0, frontMatter.end]);
    for await (const { node, at } of parseMarkdownBlocks(text.slice(frontMatter.end), tools.breathe)) {
      base = frontMatter.end + at;
      const span = spanOf(node);
      if (node.type === "heading") {
        const inner = text.slice(...spanOf(node.children[0] ?? node, node.children.at(-1) ?? node));
        outline.heading(node.depth, headingText(inner), span, blockAt(span, "prose"));
      } else if (isLeftOut(node, text.slice(...span), isMdx)) outline.leaveOut(span);
      else
        for (const part of node.type === "list" ? node.children : [node]) {
          const block = blockAt(spanOf(part), node.type === "paragraph" ? "prose" : "lines");
          if (block !== null) outline.add(block);
        }
    }
    const { sections, skipped } = outline.finish();
    return { drafts: await packSections(sections, tools), skipped, remarks: [] };
  },
} satisfies Importer;

function isLeftOut(node: RootContent, raw: string, isMdx: boolean): boolean {
  if (node.type === "definition" || node.type === "thematicBreak") return true;
  if (node.type === "html") return !htmlHasText(raw);
  return isMdx && node.type === "paragraph" && /^(?:import|export)\s|^\{\/\*[^]*\*\/\}$/.test(raw);
}
