import { escapeMarkup } from "../../base/escape-markup.ts";
import type { SitePage } from "./page.ts";

/** A page that was read from Markdown, as markup that Pagefind reads: headings with their anchors, and text. */
export function toPlainHtml({ title, language, sections }: SitePage): string {
  const body = sections.map(({ anchor, headings, blocks }) => {
    const heading = headings.at(-1);
    const level = Math.min(6, headings.length + 1);
    const id = anchor === null ? "" : ` id="${escapeMarkup(anchor)}"`;
    const head = heading === undefined ? "" : `<h${level}${id}>${escapeMarkup(heading)}</h${level}>`;
    return `${head}${blocks.map((block) => `<p>${escapeMarkup(block)}</p>`).join("")}`;
  });
  const lang = language === "" ? "" : ` lang="${escapeMarkup(language)}"`;
  return `<!doctype html><html${lang}><head><title>${escapeMarkup(title)}</title></head><body><main><h1>${escapeMarkup(title)}</h1>${body.join("")}</main></body></html>`;
}
