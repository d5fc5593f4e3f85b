import { SextantError } from "../../contract/index.ts";
import { openSite, type NearPassage, type Site } from "../../site/index.ts";
import { excerptOf, parseMarked } from "./excerpt.ts";
import { fuse, type FoundPage, type KeywordPage, type MeaningHalf } from "./fuse.ts";
import { EVEN, type PagefindRanking, type Weights } from "./weights.ts";

/** What a question has found so far; `by` says which halves are in it. */
export interface Found {
  readonly pages: readonly FoundPage[];
  readonly by: "keywords" | "both" | "meaning";
  /** What made the question's vector; null where meaning was not asked. */
  readonly encoder: "table" | "model" | null;
  /** There are pages besides that were not read. */
  readonly more: boolean;
  /** A half that could not be asked, in its own words. */
  readonly missing: readonly { readonly half: "keywords" | "meaning"; readonly message: string }[];
}

/** The full model: a question's vector as the model made it. */
export type EncodeQuestion = (question: string, signal: AbortSignal) => Promise<Float32Array>;

export interface Finder {
  /** Reads what every question needs, before one is asked. */
  prepare(): void;
  /** Keywords first, then both; the last answer is returned too. Of each half as many pages are read. */
  find(
    question: string,
    signal: AbortSignal,
    onFound: (found: Found) => void,
    pages?: number,
  ): Promise<Found>;
  /** The model that made the index; null where meaning is not searched in this language. */
  model(): Promise<string | null>;
  /** Questions are made into vectors by the full model from now on; null for the table again. */
  setEncoder(encode: EncodeQuestion | null): void;
  /** Weighs otherwise from the next question on. */
  weigh(weights: Weights): void;
}

export interface FinderOptions {
  /** The folder that `sextant index` wrote, ending in `/`. */
  readonly indexUrl: URL;
  /** Where the site's root is; page paths are resolved against it. */
  readonly siteUrl: URL;
  readonly weights?: Weights;
  /** Of the page; its pages are searched, as Pagefind does. */
  readonly language?: string;
}

interface PagefindData {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}
interface Pagefind {
  search(question: string): Promise<{
    readonly results: readonly { readonly score: number; data(): Promise<PagefindData> }[];
  }>;
}
interface PagefindModule {
  createInstance(options: {
    readonly baseUrl: string;
    readonly ranking?: PagefindRanking;
    readonly noWorker: boolean;
  }): Pagefind;
}

/** Pages whose data is read for a first list, as Pagefind's own interface does. */
const FIRST_PAGES = 5;
/** Pages more of the half that finds by meaning, whose best are often found by words too. */
const MEANT_BESIDES = 3;
/** Passages that are looked at for them, and shown of one page. */
const MEANT_PASSAGES = 120;
const PAGE_PARTS = 3;
/** Fewer words are looked up rather than asked, unless they are found in fewer pages than that. */
const QUESTION_WORDS = 3;
const ENOUGH_PAGES = 3;
/** Words that Pagefind is asked for; on 292 labelled questions to 1,070 pages as good as all. */
const ASKED_WORDS = 4;
/** More than a question has; the rest of a pasted page says no more, and would read the whole index. */
const LONGEST_UTF16 = 400;

export function createFinder({ indexUrl, siteUrl, weights = EVEN, language = "" }: FinderOptions): Finder {
  let weighed = weights;
  let pagefind: Promise<Pagefind> | undefined;
  let site: Promise<Site | null> | undefined;
  let encoder: EncodeQuestion | null = null;
  const loadPagefind = async (): Promise<Pagefind> => {
    const { href } = new URL("pagefind/pagefind.js", indexUrl);
    const { createInstance } = (await import(/* @vite-ignore */ href)) as PagefindModule;
    // Its worker is another copy of its script, 12 kB, and a policy against text as code refuses it.
    const options = { baseUrl: siteUrl.pathname, noWorker: true };
    const { pagefind: ranking } = weighed;
    return createInstance(Object.keys(ranking).length > 0 ? { ...options, ranking } : options);
  };
  const openPagefind = (): Promise<Pagefind> => {
    pagefind ??= loadPagefind();
    pagefind.catch(() => (pagefind = undefined));
    return pagefind;
  };
  const openIndex = (): Promise<Site | null> => {
    const read = (name: string, own: AbortSignal) => readFile(new URL(name, indexUrl), own);
    site ??= openSite(read, language, new AbortController().signal);
    site.catch(() => (site = undefined));
    return site;
  };
  const byWords = async (question: string, most: number, isQuestion: boolean): Promise<WordHalf> => {
    const opening = openPagefind();
    const asked = isQuestion
      ? await openIndex()
          .then((opened) => telling(question, opened))
          .catch(() => question)
      : question;
    const { results } = await (await opening).search(asked);
    const first = results.slice(0, most);
    const data = await Promise.all(first.map((result) => result.data()));
    const pages = data.map((page, i) => ({
      url: new URL(page.url, siteUrl).href,
      title: titleOf(page.meta["title"] ?? page.url),
      excerpt: parseMarked(page.excerpt),
      parts: page.sub_results
        .filter(({ url }) => url.includes("#"))
        .map((part) => ({
          url: new URL(part.url, siteUrl).href,
          title: titleOf(part.title),
          excerpt: parseMarked(part.excerpt),
          cosine: null,
        })),
      score: first[i]?.score ?? 0,
    }));
    return { pages, more: results.length > most };
  };
  const encode = async (opened: Site, question: string, signal: AbortSignal) => {
    if (!encoder) return opened.encode(question, signal);
    return opened.project(await encoder(question, signal), signal);
  };
  const byMeaning = async (
    question: string,
    most: number,
    signal: AbortSignal,
  ): Promise<(MeaningHalf & Pick<Found, "encoder" | "more">) | null> => {
    const opened = await openIndex();
    if (opened === null) return null;
    const by = encoder ? "model" : "table";
    const vector = await encode(opened, question, signal);
    if (!vector) return { parts: [], mean: 0, deviation: 0, encoder: by, more: false };
    const { hits, mean, deviation } = await opened.nearest(vector, MEANT_PASSAGES, signal);
    const byPage = new Map<number, NearPassage[]>();
    for (const hit of hits) byPage.set(hit.page, [...(byPage.get(hit.page) ?? []), hit]);
    const shown = [...byPage.values()].slice(0, most + MEANT_BESIDES);
    const parts = await Promise.all(
      shown
        .flatMap((own) => own.slice(0, PAGE_PARTS))
        .map(async ({ row, cosine }) => {
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
    return { parts, mean, deviation, encoder: by, more: byPage.size > shown.length };
  };

  return {
    prepare() {
      openPagefind().catch(() => undefined);
      openIndex().catch(() => undefined);
    },
    async model() {
      return (await openIndex())?.model ?? null;
    },
    setEncoder(next) {
      encoder = next;
    },
    weigh(next) {
      const isRanked = JSON.stringify(next.pagefind) !== JSON.stringify(weighed.pagefind);
      weighed = next;
      // An open Pagefind keeps a rank weight that it is no longer told.
      if (isRanked) pagefind = undefined;
    },
    async find(asked, signal, onFound, most = FIRST_PAGES) {
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
      const early = isQuestion ? byMeaning(question, most, signal).catch(refuse("meaning")) : null;
      // Left alone where the question is given up before it is awaited.
      early?.catch(() => undefined);
      const words = await byWords(question, most, isQuestion).catch(refuse("keywords"));
      signal.throwIfAborted();
      const byKeywords: Found = {
        pages: fuse(words?.pages ?? [], null, weighed, question),
        by: "keywords",
        encoder: null,
        more: words?.more ?? false,
        missing: [],
      };
      if (!isQuestion && words && words.pages.length >= ENOUGH_PAGES) {
        onFound(byKeywords);
        return byKeywords;
      }
      const meaning = early ?? byMeaning(question, most, signal).catch(refuse("meaning"));
      if (words) onFound(byKeywords);
      const meant = await meaning;
      signal.throwIfAborted();
      if (!words && !meant)
        throw new SextantError("site/entry", missing.map(({ message }) => message).join(" "));
      const found: Found = {
        pages: fuse(words?.pages ?? [], meant, weighed, question),
        by: words && meant ? "both" : meant ? "meaning" : "keywords",
        encoder: meant?.encoder ?? null,
        more: (words?.more ?? false) || (meant?.more ?? false),
        missing,
      };
      onFound(found);
      return found;
    },
  };
}

interface WordHalf {
  readonly pages: readonly KeywordPage[];
  readonly more: boolean;
}

/** Without the empty link that VitePress puts behind each heading. */
function titleOf(title: string): string {
  return title.replaceAll("\u200b", "").trim();
}

/**
 * The words of a question that tell most on this site, in their order: at most four of those that a tenth of the passages
 * do not hold. Each word that Pagefind is asked for is a file of 35 kB on a large site, and it finds only pages with all
 * of them. The question itself where nothing is left, or something is quoted.
 */
export async function telling(question: string, site: Site | null): Promise<string> {
  if (site === null || question.includes('"')) return question;
  const leftOut = new Set(site.entry.frequent);
  const words = [...new Set(question.split(/\s+/))].filter(
    (word) => !leftOut.has(word.toLowerCase().replace(/[^\p{L}\p{N}]+$/u, "")),
  );
  if (words.length === 0) return question;
  if (words.length <= ASKED_WORDS) return words.join(" ");
  const weights = new Map(
    await Promise.all(words.map(async (word) => [word, await site.weightOf(word)] as const)),
  );
  const kept = words
    .filter((word) => weights.get(word))
    .sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
    .slice(0, ASKED_WORDS);
  return kept.length === 0 ? question : words.filter((word) => kept.includes(word)).join(" ");
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
