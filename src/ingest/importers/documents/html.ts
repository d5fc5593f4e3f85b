import { createOutline } from "../../chunkers/outline.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import { hasExtension, headOf, type Importer, type IngestTools } from "../../importer.ts";
import { findMainContent } from "./main-content.ts";
import { readHtmlPartsInTurns, type HtmlPart } from "./html-parts.ts";

const EXTENSIONS = [".html", ".htm", ".xhtml"];

/** A fragment or a short page has nothing around its text. */
const FEWEST_PARTS = 12;

/**
 * A web page as text. Spans point into the HTML source. Where the page marks its main part or article, only that is
 * taken, else what a reader view would show; navigation, page header and footer, asides and scripts never are.
 */
export const html = {
  id: "html",
  version: 2,
  kind: "document",
  extensions: EXTENSIONS,
  sniff: (source) =>
    hasExtension({ extensions: EXTENSIONS }, source) ||
    /^(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(headOf(source)),
  async parse({ text }, tools) {
    const { title, parts, skipped } = await readHtmlPartsInTurns(text, tools.breathe);
    const chosen = new Set(await mainParts(text, parts, tools));
    const hasTopHeading = [...chosen].some(({ depth }) => depth === 1);
    const outline = createOutline(hasTopHeading ? "" : title);
    for (const part of parts)
      if (!chosen.has(part)) outline.leaveOut(part.block.span);
      else if (part.depth > 0) outline.heading(part.depth, part.block.text, part.block.span, part.block);
      else outline.add(part.block);
    const { sections, skipped: leftOut } = outline.finish();
    return { drafts: await packSections(sections, tools), skipped: [...skipped, ...leftOut], remarks: [] };
  },
} satisfies Importer;

/** What a page marks as its main part, else what a reader view would show, else all of it. */
async function mainParts(
  text: string,
  parts: readonly HtmlPart[],
  { breathe }: IngestTools,
): Promise<readonly HtmlPart[]> {
  for (const isIn of [({ inMain }: HtmlPart) => inMain, ({ inArticle }: HtmlPart) => inArticle]) {
    const inside = parts.filter(isIn);
    if (inside.some(({ depth }) => depth === 0)) return inside;
  }
  if (parts.length < FEWEST_PARTS) return parts;
  const main = await findMainContent(text, breathe);
  const inside = parts.filter(({ at }) => main?.has(at));
  return inside.some(({ depth }) => depth === 0) ? inside : parts;
}
