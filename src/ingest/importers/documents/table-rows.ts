import { readCsv } from "../../csv-rows.ts";
import { hasExtension, type Importer, type Span } from "../../importer.ts";
import { namesColumns } from "./column-names.ts";
import { packRecords, recordSection } from "./fields.ts";

const EXTENSIONS = [".csv", ".tsv"];

/** A table as documents, one a row: `column: value` lines, where the first row names its columns. */
export const tableRows = {
  id: "table-rows",
  version: 3,
  kind: "document",
  extensions: EXTENSIONS,
  sniff: (source) => hasExtension({ extensions: EXTENSIONS }, source),
  async parse(source, tools, options = {}) {
    const [head, ...rest] = await readCsv(source, tools.breathe, options.delimiter);
    const hasNames = head !== undefined && namesColumns(head.cells, rest);
    const rows = hasNames || head === undefined ? rest : [head, ...rest];
    const records: { readonly section: ReturnType<typeof recordSection>; readonly span: Span }[] = [];
    for (const { cells, span } of rows) {
      const fields = cells.map((cell, i) => [hasNames ? (head?.cells[i] ?? "").trim() : "", cell] as const);
      records.push({ section: recordSection(fields, span), span });
      await tools.breathe?.();
    }
    return { ...(await packRecords(records, source.text.length, tools)), remarks: [] };
  },
} satisfies Importer;
