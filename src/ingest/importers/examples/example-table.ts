import Papa from "papaparse";
import { SextantError } from "../../../contract/index.ts";
import { extensionOf, type Importer, type Span } from "../../importer.ts";
import { unreadable } from "../../json-source.ts";
import {
  columnRemarks,
  guessColumns,
  isHeading,
  leftOutRemarks,
  toExample,
  type ExampleColumns,
} from "./example-columns.ts";

interface Row {
  readonly cells: readonly string[];
  readonly span: Span;
}

/** CSV and TSV, one example a row. The first row is a heading when it names an input or output column. */
export const exampleTable = {
  id: "example-table",
  version: 1,
  kind: "example",
  extensions: [".csv", ".tsv", ".txt"],
  sniff: () => true,
  parse({ name, text }) {
    const rows = readRows(name, text);
    const [head, ...rest] = rows;
    const named = guessColumns(head?.cells ?? []);
    if (head === undefined || named === null)
      throw new SextantError(
        "ingest/no-records",
        `${name} has fewer than two columns. Put the input in one and the output in the next, with a comma or tab between.`,
      );
    const hasHeading = isHeading(head.cells, named);
    const columns: ExampleColumns = hasHeading ? named : { input: "1", output: "2", isSure: false };
    const [inputAt, outputAt] = hasHeading
      ? [head.cells.indexOf(columns.input), head.cells.lastIndexOf(columns.output)]
      : [0, 1];
    const examples = (hasHeading ? rest : rows).map(({ cells, span }) =>
      toExample(cells[inputAt], cells[outputAt], span),
    );
    const drafts = examples.filter((example) => example !== null);
    return {
      drafts,
      skipped: hasHeading ? [head.span] : [],
      remarks: [...columnRemarks(columns), ...leftOutRemarks(examples.length - drafts.length)],
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
