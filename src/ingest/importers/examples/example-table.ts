import Papa from "papaparse";
import { SextantError } from "../../../contract/index.ts";
import { extensionOf, type Importer, type Span } from "../../importer.ts";
import { unreadable } from "../../json-source.ts";
import {
  columnRemarks,
  inputOf,
  isHeading,
  leftOutRemarks,
  readColumns,
  toExample,
} from "./example-columns.ts";

/** More are a matrix, or a file without line ends. */
const MAX_COLUMNS = 1000;

interface Row {
  readonly cells: readonly string[];
  readonly span: Span;
}

/** CSV and TSV, one example a row. The first row is a heading when it names an input or output column. */
export const exampleTable = {
  id: "example-table",
  version: 2,
  kind: "example",
  extensions: [".csv", ".tsv", ".txt"],
  sniff: () => true,
  parse({ name, text }, _tools, options = {}) {
    const rows = readRows(name, text);
    const [head, ...rest] = rows;
    if ((head?.cells.length ?? 0) > MAX_COLUMNS)
      throw new SextantError(
        "ingest/unreadable",
        `${name} has ${head?.cells.length ?? 0} columns; at most ${MAX_COLUMNS} can be read. Keep the input and the output and add it again.`,
      );
    const named = readColumns(head?.cells ?? [], options);
    if (head === undefined || named === null)
      throw new SextantError(
        "ingest/no-records",
        `${name} has fewer than two columns. Put the input in one and the output in the next, with a comma or tab between.`,
      );
    const hasHeading = isHeading(head.cells, named);
    const numbers = head.cells.map((_, i) => String(i + 1));
    const columns = hasHeading ? named : (readColumns(numbers, options) ?? named);
    const at = new Map(columns.names.map((column, i) => [column, i] as const));
    const examples = (hasHeading ? rest : rows).map(({ cells, span }) => {
      const cell = (column: string): string => cells[at.get(column) ?? -1] ?? "";
      return toExample(inputOf(columns, cell), cell(columns.output), span);
    });
    const drafts = examples.filter((example) => example !== null);
    return {
      drafts,
      skipped: hasHeading ? [head.span] : [],
      remarks: [...columnRemarks(columns), ...leftOutRemarks(examples.length - drafts.length)],
      columns,
    };
  },
} satisfies Importer;

function readRows(name: string, text: string): Row[] {
  const rows: Row[] = [];
  let start = 0;
  Papa.parse<string[]>(text, {
    delimiter: extensionOf(name) === ".tsv" ? "\t" : "",
    skipEmptyLines: true,
    step({ data, errors, meta }) {
      const end = meta.cursor;
      const quoting = errors.find(({ type }) => type === "Quotes");
      if (quoting !== undefined)
        throw unreadable(
          name,
          text,
          start,
          "has a quotation mark that is never closed",
          "Close it and add the file again",
        );
      const raw = text.slice(start, end);
      const from = start + raw.length - raw.trimStart().length;
      if (raw.trim() !== "") rows.push({ cells: data, span: [from, from + raw.trim().length] });
      start = end;
    },
  });
  return rows;
}
