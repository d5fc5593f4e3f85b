import type { Html, Nodes, Paragraph, RootContent, TableRow } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { parse as parseYaml } from "yaml";
import { markdownBlocks } from "../../base/markdown-blocks.ts";
import type { ReadPage } from "./read-page.ts";
import { createAnchors, routeOf, type Routes } from "./routes.ts";
import { createSections, type Sections } from "./sections.ts";

/** A longer paragraph keeps its marks. */
const LONGEST_INLINE_UTF16 = 8000;
/** A longer file, a list made by a machine, is read by its lines: parsing it would take minutes. */
const LONGEST_PARSED_UTF16 = 1_000_000;
/** Read at once at most, as far as blank lines allow. */
const PIECE_UTF16 = 32_000;

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n([^]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
const FENCE = /^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})/;
const CONTAINER = /^\s*:{3,}\s*(?:[\w-]+)?\s*(?:\[([^\]]*)\]|(.*))$/;
const TAG =
  /<\/?[A-Za-z][\w.:-]*(?:\s+[\w:@#.-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}|[^\s"'<>{}]+))?)*\s*\/?>/g;
const EXPRESSION = /\{\{[^{}]*\}\}|\{\/\*[^]*?\*\/\}/g;
const CUSTOM_ID = /\s*\\?\{#([\w:.-]+)\\?\}\s*$/;

/**
 * Reads a Markdown or MDX file of a documentation site as the page that its generator makes of it: front matter, sections
 * by heading with the generator's anchors, text without marks, components or imports. Null for drafts and pages that ask
 * not to be searched.
 */
export function readMarkdown(file: string, source: string, routes: Routes): ReadPage | null {
  const block = FRONT_MATTER.exec(source);
  const own = readFrontMatter(block?.[1] ?? "");
  if (own.isHidden) return null;
  const isMdx = /\.mdx$/i.test(file);
  const sections = createSections();
  const anchors = createAnchors(routes.generator);
  const heading = (level: number, text: string): void => {
    const custom = CUSTOM_ID.exec(text)?.[1];
    const shown = plain(text.replace(CUSTOM_ID, ""), isMdx);
    sections.openHeading(level, custom ?? anchors(shown), 1);
    sections.text(shown, 1);
    sections.closeHeading();
  };
  const body = source.slice(block?.[0].length ?? 0);
  const read = body.length > LONGEST_PARSED_UTF16 ? roughBlocksOf : blocksOf;
  for (const piece of pieces(body, isMdx))
    for (const node of read(piece, isMdx)) put(node, { sections, heading, isMdx });
  const { list, firstHeading, doubledAnchors } = sections.end();
  const locale = routes.locales.find((one) => file.startsWith(`${one}/`));
  const name = file.replace(/\.mdx?$/i, "");
  const page = {
    path: routeOf(file, own, routes),
    title: own.title ?? (firstHeading || name),
    language: (own.lang ?? locale ?? routes.language).toLowerCase(),
    sections: list,
    filters: {},
  };
  return { page, marksBody: false, doubledAnchors };
}

function readFrontMatter(yaml: string) {
  let fields: Readonly<Record<string, unknown>> = {};
  try {
    const read: unknown = parseYaml(yaml);
    if (typeof read === "object" && read !== null) fields = read as Readonly<Record<string, unknown>>;
  } catch {
    // The page is there all the same, by its headings.
  }
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === "string" && value.trim() !== "" ? { [name]: value.trim() } : {};
  };
  const isHidden =
    fields["draft"] === true ||
    fields["unlisted"] === true ||
    fields["search"] === false ||
    fields["pagefind"] === false;
  const found: { title?: string; slug?: string; id?: string; lang?: string } = {
    ...text("title"),
    ...text("slug"),
    ...text("id"),
    ...text("lang"),
  };
  return { ...found, isHidden };
}

/** The body in parts that blank lines or headings divide, without the lines that only a generator reads. */
function* pieces(body: string, isMdx: boolean): Generator<string> {
  let piece: string[] = [];
  let size = 0;
  let fence = "";
  let inModule = false;
  for (const line of body.split(/\r?\n/)) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === "" && mark !== undefined) fence = mark;
    else if (fence !== "" && mark !== undefined && mark.startsWith(fence)) fence = "";
    const isCode = fence !== "" || mark !== undefined;
    const isBlank = line.trim() === "";
    if (isMdx && !isCode) {
      inModule = isBlank ? false : inModule || /^(?:import|export)\s/.test(line);
      if (inModule) continue;
    }
    if (!isCode && (/^#{1,6}\s/.test(line) || (isBlank && size > PIECE_UTF16))) {
      yield piece.join("\n");
      piece = [];
      size = 0;
    }
    const container = isCode ? null : CONTAINER.exec(line);
    const kept = container ? `\n${container[1] ?? container[2] ?? ""}\n` : line;
    if (/^\s*\[\[toc\]\]\s*$/i.test(kept)) continue;
    piece.push(kept);
    size += kept.length;
  }
  yield piece.join("\n");
}

function blocksOf(text: string, isMdx: boolean): readonly RootContent[] {
  return markdownBlocks(text, isMdx ? ["codeIndented"] : []);
}

/** Headings, fenced code and what blank lines divide. */
function roughBlocksOf(text: string): RootContent[] {
  const [, level = "", title = "", rest = text] = /^(#{1,6})[ \t]+(.*)\n?([^]*)$/.exec(text) ?? [];
  const heading: RootContent[] =
    level === ""
      ? []
      : [{ type: "heading", depth: depthOf(level), children: [{ type: "text", value: title }] }];
  const blocks = rest.split(/\n(?=\s*\n)/).map((value): RootContent => {
    const code = /^\s*(?:`{3,}|~{3,}).*\n([^]*?)(?:\n\s*(?:`{3,}|~{3,})\s*)?$/.exec(value)?.[1];
    return code === undefined
      ? { type: "paragraph", children: [{ type: "text", value }] }
      : { type: "code", value: code };
  });
  return [...heading, ...blocks];
}

function depthOf(marks: string): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const)[marks.length - 1] ?? 6;
}

interface Place {
  readonly sections: Sections;
  readonly heading: (level: number, text: string) => void;
  readonly isMdx: boolean;
}

function put(node: Nodes, place: Place): void {
  const { sections, heading, isMdx } = place;
  if (node.type === "heading") heading(node.depth, raw(node));
  else if (node.type === "code") {
    sections.openPreformatted();
    sections.text(node.value, 1);
    sections.closePreformatted();
  } else if (node.type === "html" || node.type === "paragraph" || node.type === "tableRow") {
    sections.text(lineOf(node, isMdx), 1);
    sections.endBlock();
  } else if ("children" in node) for (const child of node.children) put(child, place);
}

function lineOf(node: Html | Paragraph | TableRow, isMdx: boolean): string {
  if (node.type === "html") return textOfHtml(node.value);
  if (node.type === "paragraph") return plain(raw(node), isMdx);
  return node.children.map((cell) => plain(raw(cell), isMdx)).join(" ");
}

function raw(node: Nodes): string {
  if ("children" in node) return node.children.map(raw).join("");
  if ("value" in node) return node.value;
  return node.type === "break" ? "\n" : "";
}

/** Without comments, scripts, styles and tags. */
function textOfHtml(html: string): string {
  return html
    .replace(/<!--[^]*?(?:-->|$)/g, " ")
    .replace(/<(script|style|template)\b[^]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(TAG, " ");
}

/** A paragraph as people read it. */
function plain(text: string, isMdx: boolean): string {
  const bare = text.replace(EXPRESSION, " ");
  if (!/[*_`[\]<>&\\!~{}]/.test(bare)) return bare;
  if (bare.length > LONGEST_INLINE_UTF16) return bare.replace(TAG, " ");
  const read = inlineText(fromMarkdown(bare, { extensions: [{ disable: { null: BLOCKS } }] }));
  const shown = read.replace(/\[([^\][]+)\]\[[^\]]*\]/g, "$1");
  return isMdx ? shown.replace(TAG, " ").replace(/\{[^{}]*\}/g, " ") : shown.replace(TAG, " ");
}

/** What a paragraph's first letters could be taken for. */
const BLOCKS = [
  "blockQuote",
  "codeFenced",
  "codeIndented",
  "definition",
  "headingAtx",
  "htmlFlow",
  "list",
  "setextUnderline",
  "thematicBreak",
];

function inlineText(node: Nodes): string {
  if (node.type === "html") return "";
  if ("children" in node) return node.children.map(inlineText).join("");
  if ("value" in node) return node.value;
  if (node.type === "break") return "\n";
  return "alt" in node ? (node.alt ?? "") : "";
}
