import type { ToolParameter } from "../contract/index.ts";
import { toPythonJson } from "./python-json.ts";
import { plainQuery, type TaskDefinition } from "./task.ts";

/**
 * Tools: a flattened API document against the request. An empty description is one space, as in ToolBench.
 *
 * Source: shape of the ToolBench documents of LLM-Embedder's tool corpus.
 */
export const tool: TaskDefinition<"tool"> = {
  id: "tool",
  kind: "tool",
  label: "Tools",
  instruction: {
    query: "Transform this user request for fetching helpful tool descriptions: ",
    key: "Transform this tool description for retrieval: ",
  },
  keyText({ text, record }) {
    if (record.kind !== "tool") return text;
    return [
      record.category,
      record.tool,
      record.api,
      record.description || " ",
      `required_params: ${parametersToJson(record.required)}`,
      `optional_params: ${parametersToJson(record.optional)}`,
      `return_schema: ${toPythonJson(record.returns)}`,
    ].join(", ");
  },
  queryText: ({ request }) => plainQuery(request),
};

function parametersToJson(parameters: readonly ToolParameter[]): string {
  return toPythonJson(
    parameters.map(({ name, type, description, default: value }) => ({
      name,
      type,
      description,
      default: value,
    })),
  );
}
