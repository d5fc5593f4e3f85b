import { SextantError, type PassageDraft } from "../../../contract/index.ts";
import { readCsv } from "../../csv-rows.ts";
import type { Importer } from "../../importer.ts";
import {
  columnRemarks,
  inputOf,
  isHeading,
  leftOutRemarks,
  readColumns,
  toExample,
} from "./example-columns.ts";

/** CSV and TSV, one example a row. The first row is a heading when it names an input or output column. */
export const exampleTable = {
  id: "example-table",
  version: 3,
  kind: "example",
  extensions: [".csv", ".tsv", ".txt"],
  sniff: () => true,
  async parse(source, tools, options = {}) {
    const rows = await readCsv(source, tools.breathe, options.delimiter);
    const [head, ...rest] = rows;
    const named = readColumns(head?.cells ?? [], options);
    if (head === undefined || named === null)
      throw new SextantError(
        "ingest/no-records",
        `${source.name} has fewer than two columns. Put the input in one and the output in the next, with a comma or tab between.`,
      );
    const hasHeading = isHeading(head.cells, named);
    const numbers = head.cells.map((_, i) => String(i + 1));
    const columns = hasHeading ? named : (readColumns(numbers, options) ?? named);
    const at = new Map(columns.names.map((column, i) => [column, i] as const));
    const drafts: PassageDraft[] = [];
    const listed = hasHeading ? rest : rows;
    for (const { cells, span } of listed) {
      const cell = (column: string): string => cells[at.get(column) ?? -1] ?? "";
      const example = toExample(inputOf(columns, cell), cell(columns.output), span);
      if (example !== null) drafts.push(example);
      await tools.breathe?.();
    }
    return {
      drafts,
      skipped: hasHeading ? [head.span] : [],
      remarks: [...columnRemarks(columns), ...leftOutRemarks(listed.length - drafts.length)],
      columns,
    };
  },
} satisfies Importer;
