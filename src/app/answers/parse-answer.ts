import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** The cost of reading Markdown is not linear in bad input: 20,000 characters of it took up to 0.8 s. */
const MARKDOWN_UTF16 = 20_000;

/** Reads an answer as Markdown; null when it is too long for that, and is shown as it came. */
export function parseAnswer(text: string): Root | null {
  if (text.length > MARKDOWN_UTF16) return null;
  return fromMarkdown(text, {
    // HTML is text, and so are references: a definition in the answer must not turn [1] into a link.
    extensions: [gfmTable(), { disable: { null: ["htmlFlow", "htmlText", "definition"] } }],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
}
