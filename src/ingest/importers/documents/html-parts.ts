import { Parser } from "htmlparser2";
import type { Block } from "../../chunkers/block.ts";
import type { Span } from "../../importer.ts";
import { CELL, createMappedText } from "./mapped-text.ts";

/** Elements whose content is not the page's text. */
const UNREAD = new Set(
  (
    "script style template noscript svg math iframe object canvas audio video select textarea button " +
    "nav header footer aside"
  ).split(" "),
);
const UNREAD_ROLES = new Set(["navigation", "banner", "contentinfo", "complementary", "search"]);

/** Elements that begin and end a paragraph. */
const PARAGRAPHS = new Set(
  (
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure form " +
    "hr html head legend li main menu ol p pre section summary table ul"
  ).split(" "),
);

const HEADING = /^h([1-6])$/;

export interface HtmlPart {
  readonly block: Block & { readonly span: Span };
  /** 1-6 for a heading, 0 otherwise. */
  readonly depth: number;
  /** Where the tag of the element begins in which its text does. */
  readonly at: number;
  readonly form: "prose" | "item" | "code" | "table";
  readonly inMain: boolean;
  readonly inArticle: boolean;
}

export interface HtmlParts {
  readonly title: string;
  readonly parts: readonly HtmlPart[];
  readonly skipped: readonly Span[];
}

interface Open {
  readonly name: string;
  readonly at: number;
  readonly unread: boolean;
  readonly inMain: boolean;
  readonly inArticle: boolean;
  readonly inPre: boolean;
  readonly inTable: boolean;
}

const OUTSIDE: Open = {
  name: "",
  at: 0,
  unread: false,
  inMain: false,
  inArticle: false,
  inPre: false,
  inTable: false,
};

/** Read at once: some milliseconds of work. */
const WINDOW_UTF16 = 2 ** 14;

/** As `readHtmlParts` of a long page, with room for other work between its parts. */
export async function readHtmlPartsInTurns(
  source: string,
  breathe: (() => Promise<void>) | undefined,
  windowUtf16 = WINDOW_UTF16,
): Promise<HtmlParts> {
  const reader = openReader(source);
  for (let at = 0; at < source.length; at += windowUtf16) {
    reader.write(source.slice(at, at + windowUtf16));
    await breathe?.();
  }
  return reader.end();
}

/** Reads the text of an HTML source in paragraphs, headings, preformatted blocks and tables. Nothing in it runs. */
export function readHtmlParts(source: string): HtmlParts {
  const reader = openReader(source);
  reader.write(source);
  return reader.end();
}

function openReader(source: string): { write(part: string): void; end(): HtmlParts } {
  const parts: HtmlPart[] = [];
  const skipped: Span[] = [];
  const shown = createMappedText();
  const stack: Open[] = [];
  let title = "";
  let textAt: number | null = null;

  const current = (): Open => stack.at(-1) ?? OUTSIDE;
  let readTo = 0;
  /** The parser passes over broken markup without an event. */
  const passOver = (to: number): void => {
    if (to > readTo) skipped.push([readTo, to]);
  };
  const span = (start = parser.startIndex): Span => {
    passOver(start);
    readTo = Math.max(readTo, parser.endIndex + 1);
    return [start, parser.endIndex + 1];
  };

  const endPart = (closing: Open): void => {
    const depth = Number(HEADING.exec(closing.name)?.[1] ?? 0);
    const isLine = closing.name === "li" || closing.name === "dt" || closing.name === "dd";
    const cut = closing.inPre || closing.inTable ? "lines" : "prose";
    const block = shown.take(cut, isLine ? "\n" : "\n\n");
    const { inMain, inArticle } = closing;
    const form = closing.inPre ? "code" : closing.inTable ? "table" : isLine ? "item" : "prose";
    if (block !== null) parts.push({ block, depth, at: textAt ?? closing.at, form, inMain, inArticle });
    textAt = null;
  };

  const breakAt = (name: string, around: Open): void => {
    if (HEADING.test(name) || (PARAGRAPHS.has(name) && !around.inTable)) endPart(around);
    else if (name === "td" || name === "th") shown.mark(CELL, parser.startIndex);
    else if (name === "br" || name === "tr" || PARAGRAPHS.has(name)) shown.mark("\n", parser.startIndex);
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      const outer = current();
      const inMain = outer.inMain || name === "main" || attributes["role"] === "main";
      const inArticle = outer.inArticle || name === "article";
      if (!outer.unread) breakAt(name, outer);
      const isHeadOfArticle = name === "header" && (inMain || inArticle);
      stack.push({
        name,
        at: parser.startIndex,
        unread:
          outer.unread ||
          (UNREAD.has(name) && !isHeadOfArticle) ||
          UNREAD_ROLES.has(attributes["role"] ?? "") ||
          attributes["hidden"] !== undefined,
        inMain,
        inArticle,
        inPre: outer.inPre || name === "pre",
        inTable: outer.inTable || name === "table",
      });
      skipped.push(span());
    },
    onclosetag(_, isImplied) {
      const closed = stack.pop() ?? OUTSIDE;
      const isBoundary = HEADING.test(closed.name) || (PARAGRAPHS.has(closed.name) && !current().inTable);
      if (!closed.unread && isBoundary) endPart(closed);
      if (!isImplied) skipped.push(span());
    },
    ontext(data) {
      const { unread, name, inPre, at } = current();
      if (name === "title" && !unread) title += data;
      // htmlparser2 12.0.0 starts a text after a broken closing tag too early; its end is right.
      const end = parser.endIndex + 1;
      const isVerbatim = source.endsWith(data, end);
      const place = span(isVerbatim ? end - data.length : parser.startIndex);
      if (unread || name === "title") return void skipped.push(place);
      if (/\S/.test(data)) textAt ??= at;
      shown.append(data, ...place, inPre);
    },
    oncomment: () => void skipped.push(span()),
    onprocessinginstruction: () => void skipped.push(span()),
  });
  return {
    write: (part) => parser.write(part),
    end() {
      parser.end();
      endPart(OUTSIDE);
      passOver(source.length);
      return { title: title.replace(/\s+/g, " ").trim(), parts, skipped };
    },
  };
}

/** Whether anything of an HTML fragment would be read as text. */
export function htmlHasText(fragment: string): boolean {
  return readHtmlParts(fragment).parts.length > 0;
}
