import { SextantError, type PassageDraft, type ReadColumns } from "../../../contract/index.ts";
import { extensionOf, headOf, type Importer } from "../../importer.ts";
import { asRecord, jsonRecords, type JsonItem } from "../../json-source.ts";
import { columnRemarks, inputOf, leftOutRemarks, readColumns, toExample } from "./example-columns.ts";

const EXTENSIONS = [".json", ".jsonl", ".ndjson"];

/** Rows that are looked at for the names of columns. */
const LOOKED_AT = 20;

/** A JSON array or JSON Lines of objects, or of [input, output] pairs. */
export const exampleJson = {
  id: "example-json",
  version: 2,
  kind: "example",
  extensions: EXTENSIONS,
  sniff: (source) =>
    EXTENSIONS.includes(extensionOf(source.name)) ||
    /^(?:\[\s*[[{]|\{\s*"|\[\s*"[^]*\]\s*\n\s*\[)/.test(headOf(source)),
  async parse(source, tools, options = {}) {
    const rows: JsonItem[] = [];
    for await (const item of jsonRecords(source, tools.breathe))
      for (const row of rowsIn(item)) rows.push(row);
    const names = new Set(rows.slice(0, LOOKED_AT).flatMap((row) => row.members.map(([name]) => name)));
    const columns = readColumns([...names], options);
    if (columns === null && !rows.some((row) => row.elements.length >= 2))
      throw new SextantError(
        "ingest/no-records",
        `No examples were found in ${source.name}. Each needs an input and an output, such as {"input": "…", "output": "…"}.`,
      );
    const drafts: PassageDraft[] = [];
    for (const row of rows) {
      const draft = exampleIn(row, columns);
      if (draft !== null) drafts.push(draft);
      await tools.breathe?.();
    }
    return {
      drafts,
      skipped: [],
      remarks: [
        ...(columns === null ? [] : columnRemarks(columns)),
        ...leftOutRemarks(rows.length - drafts.length),
      ],
      ...(columns === null ? {} : { columns }),
    };
  },
} satisfies Importer;

function exampleIn(row: JsonItem, columns: ReadColumns | null): PassageDraft | null {
  const record = asRecord(row);
  if (columns === null || record === null)
    return toExample(row.elements[0]?.value, row.elements[1]?.value, row.span);
  const cell = (name: string): unknown => (Object.hasOwn(record, name) ? record[name] : undefined);
  return toExample(inputOf(columns, cell), cell(columns.output), row.span);
}

/** An entry of its own, or a wrapper around the list of them. */
function rowsIn(item: JsonItem): readonly JsonItem[] {
  const list = ["data", "examples", "rows"]
    .map((name) => item.member(name)?.elements ?? [])
    .find(({ length }) => length > 0);
  return list ?? [item];
}
