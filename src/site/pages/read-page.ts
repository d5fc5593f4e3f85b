import { Parser } from "htmlparser2";
import { createSections } from "./sections.ts";
import type { SitePage } from "./page.ts";

/** Elements that say nothing of a page's subject, as Pagefind leaves them out. */
const UNREAD = new Set(
  "head title script style noscript template nav footer form svg math iframe object canvas select button input textarea dialog".split(
    " ",
  ),
);
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const BLOCKS = new Set(
  "address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table td th tr ul".split(
    " ",
  ),
);
const HEADING = /^h([1-6])$/;
/** The sign beside a heading that links to it. */
const PERMALINK = /^(?:header-anchor|headerlink|anchor|hash-link|sl-anchor-link|anchor-link)$/;

export interface ReadPage {
  readonly page: SitePage;
  /** It marks what is its body: then pages of the same site that do not are left out. */
  readonly marksBody: boolean;
  /** Ids that stand more than once; only the first of each can be pointed to. */
  readonly doubledAnchors: readonly string[];
}

interface Open {
  readonly name: string;
  readonly unread: boolean;
  readonly body: boolean;
  readonly weight: number;
  /** Where its text goes besides; null for most. */
  readonly capture: { readonly kind: "meta" | "filter"; readonly key: string; text: string } | null;
}

/**
 * Reads a built HTML page: sections by heading with anchors, honouring `data-pagefind-body`, `-ignore`, `-meta`, `-filter`
 * and `-weight` as Pagefind 1.6 does. Broken markup is read as far as it goes; scripts are never run.
 */
export function readPage(path: string, html: string): ReadPage {
  const marksBody = hasBodyMark(html);
  const sections = createSections();
  const filters = new Map<string, Set<string>>();
  const stack: Open[] = [];
  let language = "";
  let documentTitle = "";
  let metaTitle = "";
  let inTitle = false;
  const isRead = (): boolean => {
    const top = stack.at(-1);
    return top !== undefined && !top.unread && (top.body || !marksBody);
  };
  const keep = (kind: "meta" | "filter", key: string, text: string): void => {
    const value = text.replace(/\s+/g, " ").trim();
    if (value === "") return;
    if (kind === "filter") filters.set(key, (filters.get(key) ?? new Set()).add(value));
    else if (key === "title" && metaTitle === "") metaTitle = value;
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const above = stack.at(-1);
        if (name === "html") language = (attributes["lang"] ?? "").toLowerCase();
        if (name === "title" && !stack.some((one) => one.name === "svg")) inTitle = documentTitle === "";
        const captured = captureOf(attributes, keep);
        const open: Open = {
          name,
          unread:
            (above?.unread ?? false) ||
            UNREAD.has(name) ||
            "data-pagefind-ignore" in attributes ||
            "hidden" in attributes ||
            (name === "a" && PERMALINK.test((attributes["class"] ?? "").split(/\s+/)[0] ?? "")),
          body: (above?.body ?? false) || "data-pagefind-body" in attributes,
          weight: weightOf(attributes["data-pagefind-weight"]) ?? above?.weight ?? 1,
          capture: captured,
        };
        if (!VOID.has(name)) stack.push(open);
        if (!(open.body || !marksBody) || open.unread) return;
        const level = HEADING.exec(name)?.[1];
        if (level) sections.openHeading(Number(level), attributes["id"] ?? null, open.weight);
        else if (attributes["id"] !== undefined) sections.passAnchor(attributes["id"]);
        if (name === "pre") sections.openPreformatted();
        else if (BLOCKS.has(name)) sections.endBlock();
      },
      ontext(text) {
        if (inTitle) documentTitle += text;
        for (const one of stack) if (one.capture) one.capture.text += text;
        if (isRead()) sections.text(text, stack.at(-1)?.weight ?? 1);
      },
      onclosetag(name) {
        if (name === "title") inTitle = false;
        if (VOID.has(name)) return;
        const read = isRead();
        const open = stack.pop();
        if (open?.capture) keep(open.capture.kind, open.capture.key, open.capture.text);
        if (!read) return;
        if (HEADING.test(name)) sections.closeHeading();
        else if (name === "pre") sections.closePreformatted();
        else if (BLOCKS.has(name)) sections.endBlock();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const { list, firstHeading, doubledAnchors } = sections.end();
  const title = metaTitle || firstHeading || documentTitle.replace(/\s+/g, " ").trim() || path;
  return {
    page: {
      path,
      title,
      language,
      sections: list,
      filters: Object.fromEntries([...filters].map(([key, values]) => [key, [...values]])),
    },
    marksBody,
    doubledAnchors,
  };
}

/** `"key"`, `"key[attribute]"`, `"key:value"`, several by commas; text content where only a key is given. */
function captureOf(
  attributes: Readonly<Record<string, string>>,
  keep: (kind: "meta" | "filter", key: string, text: string) => void,
): Open["capture"] {
  let capture: Open["capture"] = null;
  for (const kind of ["meta", "filter"] as const) {
    for (const part of (attributes[`data-pagefind-${kind}`] ?? "").split(",")) {
      const [, key = "", attribute, value] = /^\s*([^:[\]]*)(?:\[([^\]]+)\])?(?::(.*))?$/su.exec(part) ?? [];
      const named = key.trim() || (kind === "meta" && part.trim() !== "" ? "title" : "");
      if (named === "") continue;
      if (value !== undefined) keep(kind, named, value);
      else if (attribute !== undefined) keep(kind, named, attributes[attribute] ?? "");
      else capture = { kind, key: named, text: "" };
    }
  }
  return capture;
}

function weightOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const weight = Number(text);
  return Number.isFinite(weight) ? Math.min(10, Math.max(0, weight)) : null;
}

/** Whether an element has the mark; a page may also speak of it. */
function hasBodyMark(html: string): boolean {
  if (!/data-pagefind-body/i.test(html)) return false;
  let found = false;
  const parser = new Parser({
    onopentag: (_, attributes) => void (found ||= "data-pagefind-body" in attributes),
  });
  parser.end(html);
  return found;
}
