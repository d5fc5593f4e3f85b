import { gunzip, gzip } from "./gzip.ts";
import type { SitePassage } from "./pages/cut-passages.ts";

interface Stored {
  /** Path and title of each page. */
  readonly pages: readonly (readonly [path: string, title: string])[];
  /** Page by place, anchor, headings, text. */
  readonly passages: readonly (readonly [number, string | null, readonly string[], string])[];
}

export type ShownPassage = Omit<SitePassage, "weight">;

/**
 * What excerpts are chosen from. On 11,468 passages of documentation the texts take 3.2 MB whole and 2.4 MB so: Pagefind's
 * fragments, which hold the whole pages, are beside them.
 */
const KEPT_UTF16 = 500;

/** The beginning of a passage, as far as it is kept. */
export function keptText(text: string): string {
  if (text.length <= KEPT_UTF16) return text;
  const space = text.lastIndexOf(" ", KEPT_UTF16);
  return `${text
    .slice(0, space > KEPT_UTF16 / 2 ? space : KEPT_UTF16)
    .toWellFormed()
    .replace(/\uFFFD$/, "")} …`;
}

export async function formatTextShard(passages: readonly SitePassage[]): Promise<Uint8Array<ArrayBuffer>> {
  const pages = new Map<string, number>();
  const titles: (readonly [string, string])[] = [];
  const rows = passages.map(({ path, pageTitle, anchor, headings, text }) => {
    const page = pages.get(path) ?? titles.push([path, pageTitle]) - 1;
    pages.set(path, page);
    return [page, anchor, headings, keptText(text)] as const;
  });
  return gzip(new TextEncoder().encode(JSON.stringify({ pages: titles, passages: rows } satisfies Stored)));
}

export async function parseTextShard(file: Uint8Array<ArrayBuffer>): Promise<readonly ShownPassage[]> {
  const { pages, passages } = JSON.parse(new TextDecoder().decode(await gunzip(file))) as Stored;
  return passages.map(([page, anchor, headings, text]) => {
    const [path = "", pageTitle = ""] = pages[page] ?? [];
    return { path, pageTitle, anchor, headings, text };
  });
}
