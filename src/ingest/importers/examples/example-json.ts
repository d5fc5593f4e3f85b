import { SextantError } from "../../../contract/index.ts";
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
  parse(source, _tools, options = {}) {
    const rows = Array.from(jsonRecords(source), rowsIn).flat();
    const names = new Set(rows.slice(0, LOOKED_AT).flatMap(({ record }) => Object.keys(record ?? {})));
    const columns = readColumns([...names], options);
    if (columns === null && !rows.some(({ pair }) => pair.length >= 2))
      throw new SextantError(
        "ingest/no-records",
        `No examples were found in ${source.name}. Each needs an input and an output, such as {"input": "…", "output": "…"}.`,
      );
    const examples = rows.map(({ record, pair, span }) =>
      columns !== null && record !== null
        ? toExample(
            inputOf(columns, (name) => record[name]),
            record[columns.output],
            span,
          )
        : toExample(pair[0], pair[1], span),
    );
    const drafts = examples.filter((draft) => draft !== null);
    return {
      drafts,
      skipped: [],
      remarks: [
        ...(columns === null ? [] : columnRemarks(columns)),
        ...leftOutRemarks(examples.length - drafts.length),
      ],
      ...(columns === null ? {} : { columns }),
    };
  },
} satisfies Importer;

interface Row {
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly pair: readonly unknown[];
  readonly span: JsonItem["span"];
}

/** An entry of its own, or a wrapper around the list of them. */
function rowsIn(item: JsonItem): Row[] {
  const list = ["data", "examples", "rows"]
    .map((name) => item.member(name)?.elements ?? [])
    .find(({ length }) => length > 0);
  return (list ?? [item]).map((one) => ({
    record: asRecord(one),
    pair: Array.isArray(one.value) ? (one.value as unknown[]) : [],
    span: one.span,
  }));
}
