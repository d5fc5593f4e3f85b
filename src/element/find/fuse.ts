import { shareOfWords, type Marked } from "./excerpt.ts";
import { EVEN, type Weights } from "./weights.ts";

/** A part of a page that was found. */
export interface FoundPart {
  readonly url: string;
  /** The heading above it; empty for the page's beginning. */
  readonly title: string;
  readonly excerpt: readonly Marked[];
  /** Of the question and the part; null where only its words were found. */
  readonly cosine: number | null;
}

export interface FoundPage {
  /** Without anchor. */
  readonly url: string;
  readonly title: string;
  readonly excerpt: readonly Marked[];
  readonly parts: readonly FoundPart[];
  /** What each half gave to the score, 0 to 1; null where it did not find the page. */
  readonly keywords: number | null;
  readonly meaning: number | null;
  /** Which share of the question's words stands in the page's title, and in the best heading of its parts. */
  readonly inTitle: number;
  readonly inHeading: number;
  /** Places in each half's own order, from 1. */
  readonly keywordPlace: number | null;
  readonly meaningPlace: number | null;
  readonly score: number;
}

/** A page found by words, with Pagefind's score. */
export interface KeywordPage extends Pick<FoundPage, "url" | "title" | "excerpt" | "parts"> {
  readonly score: number;
}

/** A part found by meaning. */
export interface MeaningPart extends FoundPart {
  readonly pageUrl: string;
  readonly pageTitle: string;
  readonly cosine: number;
}

export interface MeaningHalf {
  readonly parts: readonly MeaningPart[];
  /** Of all cosines that were looked at. */
  readonly mean: number;
  readonly deviation: number;
}

const MOST_PARTS = 3;

/**
 * One list of pages from both halves: keyword scores by their maximum, cosines standardised and by their maximum, added by
 * weight. A page's meaning is that of its best part. Of `question`, the words in titles and headings count as weighed.
 *
 * Order: by score, then as Pagefind had them, then by URL.
 */
export function fuse(
  words: readonly KeywordPage[],
  meaning: MeaningHalf | null,
  weights: Weights = EVEN,
  question = "",
): FoundPage[] {
  const total = weights.keywords + weights.meaning + weights.title + weights.heading || 1;
  const bestWord = Math.max(...words.map(({ score }) => score), Number.MIN_VALUE);
  const meant = groupByPage(meaning);
  const meantPlaces = new Map([...meant.keys()].map((url, place) => [url, place + 1]));
  const bestMeant = Math.max(...[...meant.values()].map(({ standard }) => standard), Number.MIN_VALUE);
  const byUrl = new Map(words.map((page, place) => [page.url, { page, place }]));
  const urls = new Set([...byUrl.keys(), ...meant.keys()]);
  const found = [...urls].map((url): FoundPage => {
    const word = byUrl.get(url);
    const own = meant.get(url);
    const keywords = word ? word.page.score / bestWord : null;
    const near = own ? Math.max(0, own.standard / bestMeant) : null;
    const parts = mergeParts(own?.parts ?? [], word?.page.parts ?? []);
    const title = word?.page.title ?? own?.parts[0]?.pageTitle ?? url;
    const inTitle = shareOfWords(title, question);
    const inHeading = Math.max(0, ...parts.map((part) => shareOfWords(part.title, question)));
    return {
      url,
      title,
      excerpt: word?.page.excerpt ?? own?.parts[0]?.excerpt ?? [],
      parts,
      keywords,
      meaning: near,
      inTitle,
      inHeading,
      keywordPlace: word ? word.place + 1 : null,
      meaningPlace: meantPlaces.get(url) ?? null,
      score:
        (weights.keywords * (keywords ?? 0) +
          weights.meaning * (near ?? 0) +
          weights.title * inTitle +
          weights.heading * inHeading) /
        total,
    };
  });
  const placeOf = (url: string): number => byUrl.get(url)?.place ?? Number.POSITIVE_INFINITY;
  return found.sort(
    (a, b) => b.score - a.score || compare(placeOf(a.url), placeOf(b.url)) || compare(a.url, b.url),
  );
}

/** A new order that moves nothing above and including the page that the person is on: those rows stay as they are drawn. */
export function keepUpTo(
  shown: readonly FoundPage[],
  next: readonly FoundPage[],
  activeUrl: string | null,
): FoundPage[] {
  const place = shown.findIndex(({ url }) => url === activeUrl);
  if (place < 0) return [...next];
  const kept = shown.slice(0, place + 1);
  const urls = new Set(kept.map(({ url }) => url));
  return [...kept, ...next.filter(({ url }) => !urls.has(url))];
}

function groupByPage(meaning: MeaningHalf | null): Map<string, { standard: number; parts: MeaningPart[] }> {
  const pages = new Map<string, { standard: number; parts: MeaningPart[] }>();
  if (meaning === null) return pages;
  for (const part of [...meaning.parts].sort((a, b) => b.cosine - a.cosine)) {
    const standard = meaning.deviation > 0 ? (part.cosine - meaning.mean) / meaning.deviation : 0;
    const page = pages.get(part.pageUrl) ?? { standard, parts: [] };
    page.parts.push(part);
    pages.set(part.pageUrl, page);
  }
  return pages;
}

function mergeParts(meant: readonly FoundPart[], word: readonly FoundPart[]): FoundPart[] {
  const byUrl = new Map<string, FoundPart>();
  const cosines = new Map(meant.map(({ url, cosine }) => [url, cosine]));
  for (const { url, title, excerpt } of [...word.slice(0, 2), ...meant, ...word.slice(2)])
    if (!byUrl.has(url)) byUrl.set(url, { url, title, excerpt, cosine: cosines.get(url) ?? null });
  return [...byUrl.values()].slice(0, MOST_PARTS);
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
