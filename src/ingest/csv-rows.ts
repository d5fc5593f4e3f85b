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
 * read again with the next one. An empty delimiter is guessed.
 *
 * Throws: `ingest/unreadable` for a quotation that does not end and for too many columns.
 */
export async function readCsv(
  { name, text }: SourceText,
  breathe?: () => Promise<void>,
  delimiter = extensionOf(name) === ".tsv" ? "\t" : "",
  windowUtf16 = WINDOW_UTF16,
): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  const dialect = dialectOf(text, delimiter);
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
  readonly newline: "\r" | "\n";
}

/** What papaparse itself looks at to guess. */
const GUESSED_FROM_UTF16 = 2 ** 20;

function dialectOf(text: string, delimiter: string): Dialect {
  const head = text.slice(0, GUESSED_FROM_UTF16);
  const newline = newlineOf(head);
  return { newline, delimiter: delimiter || Papa.parse(head, { newline, preview: 1 }).meta.delimiter };
}

/** Files are put together from parts with other line ends; all but old ones of the Macintosh have a line feed in each. */
function newlineOf(head: string): Dialect["newline"] {
  const bare = head.replace(/"[^"]*"/g, "");
  const count = (sign: RegExp): number => bare.match(sign)?.length ?? 0;
  return count(/\r(?!\n)/g) > count(/\n/g) ? "\r" : "\n";
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
      if (text.startsWith("\r\n", rowEnd - 2) || rowEnd === text.length) dropReturn(data);
      rows.push({ cells: data, span: [start, rowEnd], isOpen });
      start = rowEnd;
    },
  });
  return rows;
}

/** Rows are parted at line feeds; the carriage return before one belongs to no cell. */
function dropReturn(cells: string[]): void {
  const last = cells.at(-1);
  if (last?.endsWith("\r") === true) cells[cells.length - 1] = last.slice(0, -1);
}
