import { hasExtension, type Importer, type Span } from "../../importer.ts";
import { jsonRecords, type JsonItem } from "../../json-source.ts";
import { packRecords, recordSection } from "./fields.ts";
import { cutCode } from "./source-code.ts";

const EXTENSIONS = [".json", ".jsonl", ".ndjson"];

/**
 * Records of JSON or JSON Lines as documents, such as the `{title, text}` of a corpus. What is one object and no list
 * is cut as code.
 */
export const jsonDocuments = {
  id: "json-documents",
  version: 1,
  kind: "document",
  extensions: EXTENSIONS,
  sniff: (source) => hasExtension({ extensions: EXTENSIONS }, source),
  async parse(source, tools) {
    const items: { readonly section: ReturnType<typeof recordSection>; readonly span: Span }[] = [];
    for await (const item of jsonRecords(source, tools.breathe)) {
      items.push({ section: sectionOf(item), span: item.span });
    }
    if (items.length === 1) return cutCode(source, tools);
    return { ...(await packRecords(items, source.text.length, tools)), remarks: [] };
  },
} satisfies Importer;

function sectionOf(item: JsonItem): ReturnType<typeof recordSection> {
  const fields = item.members.map(([name, { value }]) => [name, shown(value)] as const);
  return recordSection(fields.length > 0 ? fields : [["", shown(item.value)]], item.span);
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
