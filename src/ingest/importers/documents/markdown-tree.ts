import type { Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { markdownBlocks } from "../../../base/markdown-blocks.ts";

/** A block of a Markdown text; its positions are counted from `at`. */
export interface PlacedBlock {
  readonly node: RootContent;
  readonly at: number;
}

/** About 30 ms of work, and little for the collector of garbage, which a whole file's tree keeps busy. */
const WINDOW_UTF16 = 4096;

/**
 * The blocks of a Markdown text, tables included, with nothing inside them parsed. It is read a window at a time: a block
 * is settled where another follows it, and the last of a window is read again with the next one.
 */
export async function* parseMarkdownBlocks(
  text: string,
  breathe?: () => Promise<void>,
  windowUtf16 = WINDOW_UTF16,
): AsyncGenerator<PlacedBlock> {
  let length = windowUtf16;
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at + length);
    const nodes = markdownBlocks(text.slice(at, end));
    await breathe?.();
    const isLast = end === text.length;
    const settled = isLast ? nodes : nodes.slice(0, -1);
    for (const node of settled) yield { node, at };
    if (isLast) return;
    const settledEnd = settled.at(-1)?.position?.end.offset;
    if (settledEnd === undefined) length *= 2;
    else {
      const lastStart = nodes.at(-1)?.position?.start.offset ?? 0;
      // micromark lets a setext heading begin where the definitions before it do.
      at = lastStart < settledEnd ? lineEnd(text, at + settledEnd) : lineStart(text, at + lastStart);
      length = windowUtf16;
    }
  }
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at + 1;
}

function lineStart(text: string, from: number): number {
  return text.lastIndexOf("\n", from - 1) + 1;
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
