import type { ToolParameter } from "../../../contract/index.ts";
import { readParameters, recordOf, stringOf } from "./tool-parameters.ts";
import type { ToolRecord } from "./tool-record.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What the file or the entry around a tool tells of it. */
export interface ToolContext {
  readonly category: string;
  readonly tool: string;
}

/** One way of writing a tool down; null for an entry that is written otherwise. */
type ToolForm = (spec: Fields, context: ToolContext) => ToolRecord | null;

/**
 * ToolBench, and RapidAPI behind it: parameters are listed, with a default each.
 *
 * Source: the columns of ToolBench's `document_content` and of the files in its `toolenv`.
 */
const toolBench: ToolForm = (spec, context) => {
  const api = stringOf(spec["api_name"] ?? spec["name"]).trim();
  if (api === "" || !("required_parameters" in spec || "optional_parameters" in spec)) return null;
  return {
    kind: "tool",
    category: stringOf(spec["category_name"]) || context.category,
    tool: stringOf(spec["tool_name"]) || context.tool,
    api,
    description: stringOf(spec["api_description"] ?? spec["description"]),
    required: listedParameters(spec["required_parameters"]),
    optional: listedParameters(spec["optional_parameters"]),
    returns: spec["template_response"] ?? spec["schema"] ?? "",
    spec,
  };
};

/** Gorilla's APIBench: a model or function of a library, called by a line of code. */
const apiBench: ToolForm = (spec, context) => {
  const api = stringOf(spec["api_name"]).trim() || stringOf(spec["api_call"]).trim();
  if (api === "" || !("api_call" in spec)) return null;
  const words = [stringOf(spec["functionality"]), stringOf(spec["description"])];
  const named = spec["api_arguments"];
  const optional = Array.isArray(named)
    ? listedParameters(named)
    : Object.entries(recordOf(named)).map(([name, value]) => toListed({ name, ...describe(value) }));
  return {
    kind: "tool",
    category: stringOf(spec["domain"]) || context.category,
    tool: stringOf(spec["framework"]) || context.tool,
    api,
    description: words.filter((part) => part !== "").join(": "),
    required: [],
    optional,
    returns: "",
    spec,
  };
};

/** A document of the reference's own corpus, taken apart again. */
const flattened: ToolForm = (spec) => {
  const text = ["text", "content", "contents", "document"]
    .map((name) => stringOf(spec[name]))
    .find((one) => one !== "");
  const parts = FLATTENED.exec(text ?? "");
  if (parts === null) return null;
  const [, category = "", tool = "", api = "", description = "", required = "", optional = "", returns = ""] =
    parts;
  return {
    kind: "tool",
    category,
    tool,
    api,
    description: description.trim(),
    required: listedParameters(parseOr(required, [])),
    optional: listedParameters(parseOr(optional, [])),
    returns: parseOr(returns, returns),
    spec,
  };
};
const FLATTENED =
  /^((?:(?!, )[^\n])*), ((?:(?!, )[^\n])*), ((?:(?!, )[^\n])*), ([^]*?),? required_params: (\[[^]*?\]), optional_params: (\[[^]*?\]), return_schema: ([^]*)$/;

/** Functions as language models are given them: OpenAI, Anthropic, Gemini, MCP, and BFCL after them. */
const functionSpec: ToolForm = (outer, context) => {
  const body = "function" in outer ? recordOf(outer["function"]) : outer;
  const api = stringOf(body["name"]).trim();
  if (api === "") return null;
  return {
    kind: "tool",
    category: stringOf(outer["category"]) || context.category,
    tool: stringOf(outer["server"]) || context.tool,
    api,
    description: stringOf(body["description"]),
    ...readParameters(body["parameters"] ?? body["inputSchema"] ?? body["input_schema"]),
    returns: body["outputSchema"] ?? body["returns"] ?? body["response"] ?? "",
    spec: outer,
  };
};

/** The surest first: any object with a name passes for a function. */
const FORMS: readonly ToolForm[] = [toolBench, apiBench, flattened, functionSpec];

/** Reads a tool's specification, whoever wrote it; null when it names no tool. */
export function readTool(spec: unknown, context: ToolContext): ToolRecord | null {
  const fields = recordOf(spec);
  for (const form of FORMS) {
    const record = form(fields, context);
    if (record !== null) return record;
  }
  return null;
}

function listedParameters(list: unknown): ToolParameter[] {
  return (Array.isArray(list) ? list : []).map((one) =>
    toListed(typeof one === "string" ? { name: one } : recordOf(one)),
  );
}

function toListed(spec: Fields): ToolParameter {
  return {
    name: stringOf(spec["name"]),
    type: stringOf(spec["type"]),
    description: stringOf(spec["description"]),
    default: spec["default"] ?? "",
  };
}

function describe(value: unknown): Fields {
  return typeof value === "string" ? { description: value } : { default: value };
}

function parseOr<T>(json: string, fallback: T): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return fallback;
  }
}
