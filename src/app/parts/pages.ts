import type { PassageRecord } from "../../contract/index.ts";
import type { ingest } from "../words/en/ingest.ts";
import { formatCount } from "./format.ts";

/** What ends a page in an extracted text. */
const PAGE_END = "\f";

/** "page 12, line 14"; empty where the source has no pages. */
export function formatPage(record: PassageRecord, words: typeof ingest): string {
  if (record.kind !== "document" || record.page === undefined) return "";
  const page = formatCount(record.page);
  return record.line === undefined ? words.page(page) : words.pageLine(page, formatCount(record.line));
}

/** How many pages end in [start, end) of a text. */
export function countPages(text: string, start = 0, end = text.length): number {
  let pages = 0;
  for (let at = text.indexOf(PAGE_END, start); at >= 0 && at < end; at = text.indexOf(PAGE_END, at + 1))
    pages++;
  return pages;
}

/** A stretch of a page; `page` is told where it begins within the part that is shown. */
export interface PagePart {
  readonly text: string;
  readonly page: number | null;
}

/** Cuts a part of a text, which begins on `firstPage`, where its pages end. */
export function partsByPage(part: string, firstPage: number): PagePart[] {
  return part
    .split(PAGE_END)
    .map((text, i) => ({ text, page: i === 0 ? null : firstPage + i }))
    .filter(({ text, page }) => page === null || text !== "");
}
