import { SextantError } from "../../../contract/index.ts";
import { extensionOf, headOf, type Importer, type SourceText } from "../../importer.ts";
import { asRecord, readJson, type JsonItem } from "../../json-source.ts";
import { columnRemarks, guessColumns, leftOutRemarks, toExample } from "./example-columns.ts";

/** A JSON array of objects, or of [input, output] pairs. */
export const exampleJson = {
  id: "example-json",
  version: 1,
  kind: "example",
  extensions: [".json"],
  sniff: (source) => !isLines(source) && /^(?:\[\s*[[{]|\{\s*")/.test(headOf(source)),
  parse(source) {
    const root = readJson(source);
    const list =
      root.elements.length > 0
        ? root
        : ["data", "examples", "rows"].map((name) => root.member(name)).find(Boolean);
    return toExamples(source.name, list?.elements ?? [root]);
  },
} satisfies Importer;

/** JSON Lines: one object, or [input, output] pair, a line. */
export const exampleJsonLines = {
  id: "example-jsonl",
  version: 1,
  kind: "example",
  extensions: [".jsonl", ".ndjson"],
  sniff: isLines,
  parse({ name, text }) {
    const lines = Array.from(text.matchAll(/[^\n]*\S[^\n]*/g));
    return toExamples(
      name,
      lines.map(({ index, 0: line }) => readJson({ name, text }, [index, index + line.length])),
    );
  },
} satisfies Importer;

function isLines(source: SourceText): boolean {
  const extension = extensionOf(source.name);
  if (extension === ".json") return false;
  return (
    exampleJsonLines.extensions.includes(extension) || /^(?:\{.*\}|\[.*\])\s*\n\s*[[{]/.test(headOf(source))
  );
}

function toExamples(name: string, items: readonly JsonItem[]): ReturnType<Importer["parse"]> {
  const rows = items.map((item) => ({ record: asRecord(item), elements: item.elements, span: item.span }));
  const names = new Set(rows.slice(0, 20).flatMap(({ record }) => Object.keys(record ?? {})));
  const columns = guessColumns([...names]);
  if (columns === null && !rows.some(({ elements }) => elements.length >= 2))
    throw new SextantError(
      "ingest/no-records",
      `No examples were found in ${name}. Each needs an input and an output, such as {"input": "…", "output": "…"}.`,
    );
  const drafts = rows.map(({ record, elements, span }) =>
    columns !== null && record !== null
      ? toExample(record[columns.input], record[columns.output], span)
      : toExample(elements[0]?.value, elements[1]?.value, span),
  );
  const whole = drafts.filter((draft) => draft !== null);
  return {
    drafts: whole,
    skipped: [],
    remarks: [
      ...(columns === null ? [] : columnRemarks(columns)),
      ...leftOutRemarks(drafts.length - whole.length),
    ],
  };
}
