import Papa from "papaparse";
import { SextantError } from "../contract/index.ts";
import { extensionOf, type SourceText, type Span } from "./importer.ts";
import { unreadable } from "./json-source.ts";

/** More are a matrix, or a file without line ends. */
const MAX_COLUMNS = 1000;

/** A row of a table, and where it stands. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly span: Span;
}

/**
 * Reads CSV or TSV with the places of its rows; blank ones are left out.
 *
 * Throws: `ingest/unreadable` for a quotation that does not end and for too many columns.
 */
export function readCsv({ name, text }: SourceText): CsvRow[] {
  const rows: CsvRow[] = [];
  let start = 0;
  Papa.parse<string[]>(text, {
    delimiter: extensionOf(name) === ".tsv" ? "\t" : "",
    skipEmptyLines: true,
    step({ data, errors, meta }) {
      const end = meta.cursor;
      if (errors.some(({ type }) => type === "Quotes"))
        throw unreadable(
          name,
          text,
          start,
          "has a quotation mark that is never closed",
          "Close it and add the file again",
        );
      if (data.length > MAX_COLUMNS)
        throw new SextantError(
          "ingest/unreadable",
          `${name} has ${data.length} columns; at most ${MAX_COLUMNS} can be read. Keep those that matter and add it again.`,
          { columns: data.length },
        );
      const raw = text.slice(start, end);
      const from = start + raw.length - raw.trimStart().length;
      if (raw.trim() !== "") rows.push({ cells: data, span: [from, from + raw.trim().length] });
      start = end;
    },
  });
  return rows;
}
