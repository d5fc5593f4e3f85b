import { gunzip, gzip } from "./gzip.ts";
import type { SitePassage } from "./pages/cut-passages.ts";

interface Stored {
  /** Path and title of each page. */
  readonly pages: readonly (readonly [path: string, title: string])[];
  /** Page by place, anchor, headings, text. */
  readonly passages: readonly (readonly [number, string | null, readonly string[], string])[];
}

export type ShownPassage = Omit<SitePassage, "weight">;

export async function formatTextShard(passages: readonly SitePassage[]): Promise<Uint8Array<ArrayBuffer>> {
  const pages = new Map<string, number>();
  const titles: (readonly [string, string])[] = [];
  const rows = passages.map(({ path, pageTitle, anchor, headings, text }) => {
    const page = pages.get(path) ?? titles.push([path, pageTitle]) - 1;
    pages.set(path, page);
    return [page, anchor, headings, text] as const;
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
