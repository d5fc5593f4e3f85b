import { escapeMarkup } from "../../../base/escape-markup.ts";
import { Parser } from "htmlparser2";

/** Of markup without scripts: a larger or deeper page is taken whole. Judging it takes 0.6 s a million (one core, Node 20), in one go. */
const LARGEST_UTF16 = 500_000;
const WINDOW_UTF16 = 2 ** 14;
const DEEPEST = 300;

/** Left out of the copy that is judged. */
const UNREAD = new Set("script style template noscript svg math iframe object canvas audio video".split(" "));
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));

const NAME = /^[a-z][a-z0-9-]*$/;

/** Shorter finds are no article: a page of links, a form. */
const SHORTEST_ARTICLE_UTF16 = 250;

/**
 * Finds the main part of a page that does not mark it, as reader views do: the tags' places in the source of all
 * elements that belong to it; null where there is none.
 *
 * Source: Mozilla Readability, over a copy of the page in which every element carries its place.
 */
export async function findMainContent(
  source: string,
  breathe?: () => Promise<void>,
): Promise<ReadonlySet<number> | null> {
  const copy = await placedCopy(source, breathe);
  if (copy === null) return null;
  const [{ Readability }, { default: JSDOMParser }] = await Promise.all([
    import("@mozilla/readability"),
    import("@mozilla/readability/JSDOMParser.js"),
  ]);
  try {
    const parser = new JSDOMParser();
    parser.error = (message) => {
      throw new Error(message);
    };
    const document = parser.parse(copy, "https://page.invalid/");
    const article = new Readability(document, {
      charThreshold: SHORTEST_ARTICLE_UTF16,
      keepClasses: true,
    }).parse();
    if ((article?.length ?? 0) < SHORTEST_ARTICLE_UTF16) return null;
    return new Set(Array.from(article?.content?.matchAll(/data-at="(\d+)"/g) ?? [], ([, at]) => Number(at)));
  } catch {
    // Its small DOM trips over some broken pages (Readability 0.6.0); such a page is taken whole.
    return null;
  }
}

/** Well-formed markup with a `data-at` on every element; null when it is too long or nests too deeply. */
async function placedCopy(source: string, breathe?: () => Promise<void>): Promise<string | null> {
  const out: string[] = [];
  let read = 0;
  let unread = 0;
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      deepest = Math.max(deepest, depth);
      if (UNREAD.has(name)) unread++;
      if (unread > 0 || !NAME.test(name)) return;
      const kept = ["class", "id", "role", "href", "itemprop", "rel", "hidden"]
        .map((key) => (attributes[key] === undefined ? "" : ` ${key}="${escapeMarkup(attributes[key])}"`))
        .join("");
      read += name.length + kept.length;
      out.push(`<${name}${kept} data-at="${parser.startIndex}"${VOID.has(name) ? "/>" : ">"}`);
    },
    ontext(text) {
      if (unread > 0) return;
      read += text.length;
      out.push(escapeMarkup(text));
    },
    onclosetag(name) {
      depth--;
      if (unread === 0 && !VOID.has(name) && NAME.test(name)) out.push(`</${name}>`);
      if (UNREAD.has(name)) unread--;
    },
  });
  for (let at = 0; at < source.length && read <= LARGEST_UTF16; at += WINDOW_UTF16) {
    parser.write(source.slice(at, at + WINDOW_UTF16));
    await breathe?.();
  }
  parser.end();
  return read > LARGEST_UTF16 || deepest > DEEPEST ? null : `<html><body>${out.join("")}</body></html>`;
}
