import type { Marked } from "./excerpt.ts";

/** A part of a page that was found. */
export interface FoundPart {
  readonly url: string;
  /** The heading above it; empty for the page's beginning. */
  readonly title: string;
  readonly excerpt: readonly Marked[];
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

/** What counts how much; the halves' weights are shares of their sum. */
export interface Weights {
  readonly keywords: number;
  readonly meaning: number;
}

export const EVEN: Weights = { keywords: 0.5, meaning: 0.5 };
const MOST_PARTS = 3;

/**
 * One list of pages from both halves: keyword scores by their maximum, cosines standardised and by their maximum, added by
 * weight. A page's meaning is that of its best part.
 *
 * Order: by score, then as Pagefind had them, then by URL.
 */
export function fuse(
  words: readonly KeywordPage[],
  meaning: MeaningHalf | null,
  weights: Weights = EVEN,
): FoundPage[] {
  const total = weights.keywords + weights.meaning || 1;
  const bestWord = Math.max(...words.map(({ score }) => score), Number.MIN_VALUE);
  const meant = groupByPage(meaning);
  const bestMeant = Math.max(...[...meant.values()].map(({ standard }) => standard), Number.MIN_VALUE);
  const byUrl = new Map(words.map((page, place) => [page.url, { page, place }]));
  const urls = new Set([...byUrl.keys(), ...meant.keys()]);
  const found = [...urls].map((url): FoundPage => {
    const word = byUrl.get(url);
    const own = meant.get(url);
    const keywords = word ? word.page.score / bestWord : null;
    const near = own ? Math.max(0, own.standard / bestMeant) : null;
    const parts = mergeParts(own?.parts ?? [], word?.page.parts ?? []);
    return {
      url,
      title: word?.page.title ?? own?.parts[0]?.pageTitle ?? url,
      excerpt: word?.page.excerpt ?? own?.parts[0]?.excerpt ?? [],
      parts,
      keywords,
      meaning: near,
      score: (weights.keywords * (keywords ?? 0) + weights.meaning * (near ?? 0)) / total,
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
  for (const part of [...word.slice(0, 2), ...meant, ...word.slice(2)])
    if (!byUrl.has(part.url))
      byUrl.set(part.url, { url: part.url, title: part.title, excerpt: part.excerpt });
  return [...byUrl.values()].slice(0, MOST_PARTS);
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
