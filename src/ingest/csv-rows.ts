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

/** Read at once: about 50 ms of work. */
const WINDOW_UTF16 = 2 ** 17;

/**
 * Reads CSV or TSV with the places of its rows; blank ones are left out. It is read a window at a time, whose last row is
 * read again with the next one.
 *
 * Throws: `ingest/unreadable` for a quotation that does not end and for too many columns.
 */
export async function readCsv(
  { name, text }: SourceText,
  breathe?: () => Promise<void>,
  windowUtf16 = WINDOW_UTF16,
): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  const dialect = dialectOf(text, extensionOf(name) === ".tsv" ? "\t" : "");
  let length = windowUtf16;
  for (let at = 0; at < text.length;) {
    const end = Math.min(at + length, text.length);
    const isLast = end === text.length;
    const read = readWindow(text, [at, end], dialect);
    await breathe?.();
    const kept = isLast ? read : read.slice(0, -1);
    const broken = kept.find(({ isOpen }) => isOpen);
    if (broken)
      throw unreadable(
        name,
        text,
        broken.span[0],
        "has a quotation mark that is never closed",
        "Close it and add the file again",
      );
    for (const { cells, span } of kept) {
      if (cells.length > MAX_COLUMNS)
        throw new SextantError(
          "ingest/unreadable",
          `${name} has ${cells.length} columns; at most ${MAX_COLUMNS} can be read. Keep those that matter and add it again.`,
          { columns: cells.length },
        );
      const raw = text.slice(...span);
      const from = span[0] + raw.length - raw.trimStart().length;
      if (raw.trim() !== "") rows.push({ cells, span: [from, from + raw.trim().length] });
    }
    if (isLast) return rows;
    const last = kept.at(-1);
    if (last === undefined) length *= 2;
    else {
      at = last.span[1];
      length = windowUtf16;
    }
  }
  return rows;
}

/** How cells and rows are parted. */
interface Dialect {
  readonly delimiter: string;
  readonly newline: "\r" | "\n" | "\r\n";
}

/** What papaparse itself looks at to guess. */
const GUESSED_FROM_UTF16 = 2 ** 20;

function dialectOf(text: string, delimiter: string): Dialect {
  const { meta } = Papa.parse(text.slice(0, GUESSED_FROM_UTF16), { delimiter, preview: 1 });
  return { delimiter: meta.delimiter, newline: meta.linebreak as Dialect["newline"] };
}

interface WindowRow extends CsvRow {
  /** Its quotation does not end within the window. */
  readonly isOpen: boolean;
}

function readWindow(text: string, [at, end]: Span, dialect: Dialect): WindowRow[] {
  const rows: WindowRow[] = [];
  let start = at;
  Papa.parse<string[]>(text.slice(at, end), {
    ...dialect,
    step({ data, errors, meta }) {
      const rowEnd = at + meta.cursor;
      const isOpen = errors.some(({ type }) => type === "Quotes");
      rows.push({ cells: data, span: [start, rowEnd], isOpen });
      start = rowEnd;
    },
  });
  return rows;
}
