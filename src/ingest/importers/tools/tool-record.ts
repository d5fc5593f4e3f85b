import type { PassageDraft, ToolParameter } from "../../../contract/index.ts";
import type { Span } from "../../importer.ts";

export type ToolRecord = Extract<PassageDraft["record"], { kind: "tool" }>;

/** A tool, and where its specification stands. */
export interface FoundTool {
  readonly record: ToolRecord;
  readonly span: Span;
}

/** Passages of tools, each once, and what a person should know about names that come twice. */
export function toToolDrafts(found: readonly FoundTool[]): {
  readonly drafts: readonly PassageDraft[];
  readonly remarks: readonly string[];
} {
  const specsByName = new Map<string, Set<string>>();
  const drafts: PassageDraft[] = [];
  const repeated = new Set<string>();
  const differing = new Set<string>();
  for (const { record, span } of found) {
    const specs = specsByName.get(record.api) ?? new Set<string>();
    specsByName.set(record.api, specs);
    const spec = JSON.stringify(record.spec);
    if (specs.has(spec)) {
      repeated.add(record.api);
      continue;
    }
    if (specs.size > 0) differing.add(record.api);
    specs.add(spec);
    drafts.push({ title: "", text: toolText(record), startUtf16: span[0], endUtf16: span[1], record });
  }
  const remarks = [
    repeated.size === 0 ? "" : `Given more than once and taken once: ${list(repeated)}.`,
    differing.size === 0 ? "" : `Different tools share a name, and all were taken: ${list(differing)}.`,
  ];
  return { drafts, remarks: remarks.filter((remark) => remark !== "") };
}

/** For reading and for finding words: name, description, a line a parameter. */
export function toolText({ api, description, required, optional }: ToolRecord): string {
  const line = ({ name, type, description: words }: ToolParameter, isRequired: boolean): string => {
    const notes = [type, isRequired ? "required" : ""].filter((note) => note !== "").join(", ");
    return `${name}${notes === "" ? "" : ` (${notes})`}${words === "" ? "" : `: ${words}`}`;
  };
  return [
    api,
    description,
    ...required.map((parameter) => line(parameter, true)),
    ...optional.map((parameter) => line(parameter, false)),
  ]
    .filter((part) => part.trim() !== "")
    .join("\n");
}

function list(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 5).join(", ");
  return names.size > 5 ? `${shown} and ${names.size - 5} more` : shown;
}

/** A file's name without its ending, as words. */
export function nameAsWords(name: string): string {
  return name
    .replace(/^.*\//, "")
    .replace(/\.[a-z0-9]+$/i, "")
    .replace(/[-_]+/g, " ");
}
