import type { RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** Everything within a line: not looked for, because its cost is not linear in bad input. */
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

/** The blocks of a Markdown text, tables included, with nothing inside their lines parsed, nor what is `disabled` besides. */
export function markdownBlocks(text: string, disabled: readonly string[] = []): readonly RootContent[] {
  return fromMarkdown(text, {
    extensions: [gfmTable(), { disable: { null: [...INLINE, ...disabled] } }],
    mdastExtensions: [gfmTableFromMarkdown()],
  }).children;
}
