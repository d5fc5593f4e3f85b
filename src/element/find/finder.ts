import { SextantError } from "../../contract/index.ts";
import { openSite, type Site } from "../../site/index.ts";
import { excerptOf, parseMarked } from "./excerpt.ts";
import { fuse, type FoundPage, type KeywordPage, type MeaningHalf, type Weights } from "./fuse.ts";

/** What a question has found so far; `by` says which halves are in it. */
export interface Found {
  readonly pages: readonly FoundPage[];
  readonly by: "keywords" | "both" | "meaning";
  /** A half that could not be asked, in its own words. */
  readonly missing: readonly { readonly half: "keywords" | "meaning"; readonly message: string }[];
}

export interface Finder {
  /** Keywords first, then both; the last answer is returned too. */
  find(question: string, signal: AbortSignal, onFound: (found: Found) => void): Promise<Found>;
}

export interface FinderOptions {
  /** The folder that `sextant index` wrote, ending in `/`. */
  readonly indexUrl: URL;
  /** Where the site's root is; page paths are resolved against it. */
  readonly siteUrl: URL;
  readonly weights?: Weights;
}

interface PagefindData {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}
interface Pagefind {
  options(options: { readonly baseUrl: string }): Promise<void>;
  init(): Promise<void>;
  search(question: string): Promise<{
    readonly results: readonly { readonly score: number; data(): Promise<PagefindData> }[];
  }>;
}

/** Pages whose data is read for a first list. */
const KEYWORD_PAGES = 8;
const MEANT_PARTS = 24;
/** Fewer words are looked up rather than asked, unless they are found in fewer pages than that. */
const QUESTION_WORDS = 3;
const ENOUGH_PAGES = 3;
/** More than a question has; the rest of a pasted page says no more. */
const LONGEST_UTF16 = 1000;

export function createFinder({ indexUrl, siteUrl, weights }: FinderOptions): Finder {
  let pagefind: Promise<Pagefind> | undefined;
  let site: Promise<Site> | undefined;
  const openPagefind = async (): Promise<Pagefind> => {
    const module = (await import(
      /* @vite-ignore */ new URL("pagefind/pagefind.js", indexUrl).href
    )) as Pagefind;
    await module.options({ baseUrl: siteUrl.pathname });
    await module.init();
    return module;
  };
  const byWords = async (question: string): Promise<KeywordPage[]> => {
    pagefind ??= openPagefind();
    pagefind.catch(() => (pagefind = undefined));
    const { results } = await (await pagefind).search(question);
    const first = results.slice(0, KEYWORD_PAGES);
    const data = await Promise.all(first.map((result) => result.data()));
    return data.map((page, i) => ({
      url: new URL(page.url, siteUrl).href,
      title: page.meta["title"] ?? page.url,
      excerpt: parseMarked(page.excerpt),
      parts: page.sub_results
        .filter(({ url }) => url.includes("#"))
        .map((part) => ({
          url: new URL(part.url, siteUrl).href,
          title: part.title,
          excerpt: parseMarked(part.excerpt),
        })),
      score: first[i]?.score ?? 0,
    }));
  };
  const byMeaning = async (question: string, signal: AbortSignal): Promise<MeaningHalf> => {
    site ??= openSite((name, own) => readFile(new URL(name, indexUrl), own), new AbortController().signal);
    site.catch(() => (site = undefined));
    const opened = await site;
    const { hits, mean, deviation } = await opened.search(question, MEANT_PARTS, signal);
    const parts = await Promise.all(
      hits.map(async ({ row, cosine }) => {
        const { path, pageTitle, anchor, headings, text } = await opened.passage(row, signal);
        const pageUrl = pageUrlOf(path, siteUrl);
        return {
          url: anchor === null ? pageUrl : `${pageUrl}#${encodeURIComponent(anchor)}`,
          pageUrl,
          pageTitle,
          title: headings.at(-1) ?? "",
          excerpt: excerptOf(text === "" ? headings.join(" › ") : text, question),
          cosine,
        };
      }),
    );
    return { parts, mean, deviation };
  };

  return {
    async find(asked, signal, onFound) {
      const question = asked.slice(0, LONGEST_UTF16);
      const missing: Found["missing"][number][] = [];
      const refuse =
        (half: "keywords" | "meaning") =>
        (error: unknown): null => {
          signal.throwIfAborted();
          missing.push({ half, message: error instanceof Error ? error.message : String(error) });
          return null;
        };
      const isQuestion = countWords(question) >= QUESTION_WORDS;
      const early = isQuestion ? byMeaning(question, signal).catch(refuse("meaning")) : null;
      const words = await byWords(question).catch(refuse("keywords"));
      signal.throwIfAborted();
      if (!isQuestion && words && words.length >= ENOUGH_PAGES) {
        const found: Found = { pages: fuse(words, null, weights), by: "keywords", missing };
        onFound(found);
        return found;
      }
      const meaning = early ?? byMeaning(question, signal).catch(refuse("meaning"));
      if (words) onFound({ pages: fuse(words, null, weights), by: "keywords", missing: [] });
      const meant = await meaning;
      signal.throwIfAborted();
      if (!words && !meant)
        throw new SextantError("site/entry", missing.map(({ message }) => message).join(" "));
      const by = words && meant ? "both" : meant ? "meaning" : "keywords";
      const found: Found = { pages: fuse(words ?? [], meant, weights), by, missing };
      onFound(found);
      return found;
    },
  };
}

/** Words of a text in any language; of text without spaces as a dictionary parts it. */
function countWords(text: string): number {
  const segments = new Intl.Segmenter(undefined, { granularity: "word" }).segment(text);
  return [...segments].filter(({ isWordLike }) => isWordLike).length;
}

/** As Pagefind names pages: without `index.html`. */
function pageUrlOf(path: string, siteUrl: URL): string {
  const steps = path.replace(/(^|\/)index\.html?$/, "$1").split("/");
  return new URL(steps.map(encodeURIComponent).join("/"), siteUrl).href;
}

async function readFile(url: URL, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url, { signal });
  if (!response.ok)
    throw new SextantError(
      "site/file",
      `${url.pathname} is not served here (${response.status}). Upload the index again.`,
    );
  return new Uint8Array(await response.arrayBuffer());
}
