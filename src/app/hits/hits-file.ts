import type { Hit, SearchResult, TaskId } from "../../contract/index.ts";

export type HitsFormat = "csv" | "json" | "md";

export interface HitsToSave {
  readonly task: TaskId;
  readonly result: SearchResult;
  /** Names of collections. */
  readonly nameById: ReadonlyMap<number, string>;
}

/** Hits as a file of their own: for a table, for a program, for a note. */
export function formatHits(format: HitsFormat, hits: HitsToSave): string {
  switch (format) {
    case "csv":
      return toCsv(hits);
    case "json":
      return `${JSON.stringify(toRecord(hits), null, 2)}\n`;
    case "md":
      return toMarkdown(hits);
    default:
      return format satisfies never;
  }
}

function toRow(
  { passage, sourceName, score, semantic, keywords, mark }: Hit,
  place: number,
  collection: string,
) {
  return {
    rank: place + 1,
    score,
    cosine: semantic?.raw ?? null,
    semanticRank: semantic?.rank ?? null,
    bm25: keywords?.raw ?? null,
    keywordRank: keywords?.rank ?? null,
    mark,
    collection,
    source: sourceName,
    passage: passage.ordinal + 1,
    title: passage.title,
    text: passage.text,
  };
}

function rowsOf({ result, nameById }: HitsToSave) {
  return result.hits.map((hit, place) => toRow(hit, place, nameById.get(hit.passage.collectionId) ?? ""));
}

function toRecord(hits: HitsToSave) {
  const { query } = hits.result;
  return { task: hits.task, query: query.text, hits: rowsOf(hits) };
}

const COLUMNS = [
  "rank",
  "score",
  "cosine",
  "semanticRank",
  "bm25",
  "keywordRank",
  "mark",
  "collection",
  "source",
  "passage",
  "title",
  "text",
] as const satisfies readonly (keyof ReturnType<typeof toRow>)[];

/** With a byte order mark, without which Excel reads UTF-8 as something else. Source: RFC 4180. */
function toCsv(hits: HitsToSave): string {
  const lines = rowsOf(hits).map((row) => COLUMNS.map((column) => toCell(row[column])).join(","));
  return `\ufeff${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}

/**
 * Where a spreadsheet would begin a formula: at the start of a cell, and behind a semicolon or a tab, at which one parts
 * cells where the comma is a decimal mark. Source: OWASP, CSV injection.
 */
const FORMULA = /^(?=[=+\-@\t\r\n])|(?<=[;\t\n])(?=[=+\-@])/g;

function toCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toMarkdown(hits: HitsToSave): string {
  const rows = rowsOf(hits).map(({ rank, title, source, passage, text }) => {
    const head = `${rank}. **${inLine(title || source)}** (${inLine(source)}, ${passage})`;
    const quoted = text.split("\n").map((line) => `   > ${withoutLinks(withoutTags(line))}`.trimEnd());
    return [head, "", ...quoted].join("\n");
  });
  return `# ${inLine(hits.result.query.text)}\n\n${rows.join("\n\n")}\n`;
}

/** Text that stands in one line of Markdown and means nothing there. */
function inLine(text: string): string {
  return withoutTags(text.replace(/\s+/g, " ").trim()).replace(/[\\`*_[\]#]/g, "\\$&");
}

/** No place to go to and no picture to fetch, for whoever opens the file. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\](?=[([:])/g, "\\]");
}

function withoutTags(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
