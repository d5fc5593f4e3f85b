import { SextantError } from "../../../contract/index.ts";
import { extensionOf, headOf, type Importer } from "../../importer.ts";
import { jsonPath, jsonRecords, type JsonItem } from "../../json-source.ts";
import { readTool, type ToolContext } from "./tool-forms.ts";
import { recordOf, stringOf } from "./tool-parameters.ts";
import { nameAsWords, toToolDrafts, type FoundTool } from "./tool-record.ts";

const EXTENSIONS = [".json", ".jsonl", ".ndjson"];

/** Members that hold a list of tools, one within another at the most as often as here. */
const LISTS = [
  ["tools"],
  ["result", "tools"],
  ["functions"],
  ["function_declarations"],
  ["functionDeclarations"],
  ["function"],
  ["api_list"],
];

/**
 * Tools as JSON or JSON Lines: functions for OpenAI, Anthropic or Gemini, an MCP `tools/list` result, lines of BFCL,
 * Gorilla's APIBench and ToolBench.
 *
 * Most forms know neither ToolBench's category nor its tool that an API belongs to: both are the name of the MCP
 * server where the file tells it, else the file's name.
 */
export const toolSpecs = {
  id: "tool-specs",
  version: 2,
  kind: "tool",
  extensions: EXTENSIONS,
  sniff: (source) => EXTENSIONS.includes(extensionOf(source.name)) || /^[[{]/.test(headOf(source)),
  async parse(source, tools) {
    const found: FoundTool[] = [];
    let unnamed = 0;
    const take = (item: JsonItem, context: ToolContext): void => {
      const within = contextOf(item, context);
      const list = LISTS.map((path) => jsonPath(item, ...path)).find(
        (inner) => (inner?.elements.length ?? 0) > 0,
      );
      if (list !== undefined) {
        for (const inner of list.elements) take(inner, within);
        return;
      }
      const record = readTool(item.value, within);
      if (record === null) unnamed++;
      else found.push({ record, span: item.span });
    };
    const name = nameAsWords(source.name);
    for await (const item of jsonRecords(source, tools.breathe)) {
      take(item, { category: name, tool: name });
    }
    const { drafts, remarks } = toToolDrafts(found);
    if (drafts.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No tools were found in ${source.name}. Each needs at least a "name"; OpenAI functions, Anthropic tools, MCP tools/list results and OpenAPI descriptions can be read.`,
      );
    const leftOut = unnamed === 0 ? [] : [`Entries without a name were left out: ${unnamed}.`];
    return { drafts, skipped: [], remarks: [...remarks, ...leftOut] };
  },
} satisfies Importer;

function contextOf(item: JsonItem, { category, tool }: ToolContext): ToolContext {
  const info = recordOf((jsonPath(item, "result", "serverInfo") ?? item.member("serverInfo"))?.value);
  const server = stringOf(info["title"]) || stringOf(info["name"]);
  const textOf = (name: string): string => stringOf(item.member(name)?.value);
  return {
    category: server || textOf("category_name") || textOf("category") || category,
    tool: server || textOf("tool_name") || tool,
  };
}
