import { SextantError, type PassageDraft, type ToolParameter } from "../../../contract/index.ts";
import { headOf, type Importer } from "../../importer.ts";
import { jsonPath, readJson, type JsonItem } from "../../json-source.ts";
import { readParameters, recordOf, stringOf } from "./tool-parameters.ts";

type ToolRecord = Extract<PassageDraft["record"], { kind: "tool" }>;

/**
 * Tools as language models are given them: OpenAI functions, Anthropic tools, an MCP `tools/list` result.
 *
 * These forms know neither ToolBench's category nor its tool that an API belongs to: both are the name of the MCP
 * server where the file tells it, else the file's name.
 */
export const toolSpecs: Importer = {
  id: "tool-specs",
  version: 1,
  kind: "tool",
  extensions: [".json"],
  sniff: (source) => /^[[{]/.test(headOf(source)),
  parse(source) {
    const root = readJson(source);
    const server = serverName(root) || source.name.replace(/\.[a-z0-9]+$/i, "").replace(/[-_]+/g, " ");
    const items = toolItems(root);
    const tools = items.map((item) => ({ item, record: toRecord(item.value, server) }));
    const unnamed = tools.filter(({ record }) => record === null).length;
    const specsByName = new Map<string, Set<string>>();
    const drafts: PassageDraft[] = [];
    const repeated = new Set<string>();
    const differing = new Set<string>();
    for (const { item, record } of tools) {
      if (record === null) continue;
      const specs = specsByName.get(record.api) ?? new Set<string>();
      specsByName.set(record.api, specs);
      const spec = JSON.stringify(record.spec);
      if (specs.has(spec)) {
        repeated.add(record.api);
        continue;
      }
      if (specs.size > 0) differing.add(record.api);
      specs.add(spec);
      drafts.push({
        title: "",
        text: shownText(record),
        startUtf16: item.span[0],
        endUtf16: item.span[1],
        record,
      });
    }
    if (drafts.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No tools were found in ${source.name}. Each needs at least a "name"; OpenAI functions, Anthropic tools and MCP tools/list results can be read.`,
      );
    const remarks = [
      repeated.size === 0 ? "" : `Given more than once and taken once: ${list(repeated)}.`,
      differing.size === 0 ? "" : `Different tools share a name, and all were taken: ${list(differing)}.`,
      unnamed === 0 ? "" : `Entries without a name were left out: ${unnamed}.`,
    ];
    return { drafts, skipped: [], remarks: remarks.filter((remark) => remark !== "") };
  },
};

function toolItems(root: JsonItem): readonly JsonItem[] {
  if (root.elements.length > 0) return root.elements.flatMap((item) => nestedItems(item) ?? [item]);
  return nestedItems(root) ?? [root];
}

function nestedItems(item: JsonItem): readonly JsonItem[] | undefined {
  const places = [["tools"], ["result", "tools"], ["functions"], ["function_declarations"]];
  return places
    .map((names) => jsonPath(item, ...names)?.elements)
    .find((elements) => elements !== undefined && elements.length > 0);
}

function serverName(root: JsonItem): string {
  const info = recordOf((jsonPath(root, "result", "serverInfo") ?? root.member("serverInfo"))?.value);
  return stringOf(info["title"]) || stringOf(info["name"]);
}

function toRecord(spec: unknown, server: string): ToolRecord | null {
  const outer = recordOf(spec);
  const body = "function" in outer ? recordOf(outer["function"]) : outer;
  const api = stringOf(body["name"]).trim();
  if (api === "") return null;
  return {
    kind: "tool",
    category: stringOf(outer["category"]) || server,
    tool: stringOf(outer["server"]) || server,
    api,
    description: stringOf(body["description"]),
    ...readParameters(body["parameters"] ?? body["inputSchema"] ?? body["input_schema"]),
    returns: body["outputSchema"] ?? body["returns"] ?? body["response"] ?? "",
    spec,
  };
}

/** For reading and for finding words: name, description, a line a parameter. */
function shownText({ api, description, required, optional }: ToolRecord): string {
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
    .filter((part) => part !== "")
    .join("\n");
}

function list(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 5).join(", ");
  return names.size > 5 ? `${shown} and ${names.size - 5} more` : shown;
}
