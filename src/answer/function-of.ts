import type { FunctionSpec, PassageRecord, ToolParameter } from "../contract/index.ts";

type ToolRecord = Extract<PassageRecord, { kind: "tool" }>;

/** A tool as a model that calls functions wants it. Its own schema is kept where its specification has one. */
export function functionOf(record: ToolRecord): FunctionSpec {
  const { api, tool, description } = record;
  return {
    name: functionName(api === "" ? tool : api),
    ...(description.trim() !== "" && { description }),
    parameters: schemaIn(record.spec) ?? schemaOf(record),
  };
}

/** Letters, digits, `_` and `-`, at most 64: what servers take. Source: OpenAI API reference, "Function name". */
function functionName(name: string): string {
  const taken = name.normalize("NFKC").replace(/[^\w-]+/g, "_");
  return taken.slice(0, 64) || "tool";
}

/** OpenAI's `parameters`, MCP's `inputSchema`, Anthropic's `input_schema`. */
function schemaIn(spec: unknown): unknown {
  if (typeof spec !== "object" || spec === null) return undefined;
  const fields = spec as Readonly<Record<string, unknown>>;
  const schema = fields["parameters"] ?? fields["inputSchema"] ?? fields["input_schema"];
  if (typeof schema === "object" && schema !== null && "type" in schema && schema.type === "object")
    return schema;
  return schemaIn(fields["function"]);
}

const TYPES = new Set(["string", "number", "integer", "boolean", "array", "object"]);

function schemaOf({ required, optional }: ToolRecord): unknown {
  const property = ({ name, type, description }: ToolParameter) => {
    const written = type.toLowerCase();
    return [
      name,
      { ...(TYPES.has(written) && { type: written }), ...(description !== "" && { description }) },
    ] as const;
  };
  return {
    type: "object",
    properties: Object.fromEntries([...required, ...optional].map(property)),
    required: required.map(({ name }) => name),
  };
}
