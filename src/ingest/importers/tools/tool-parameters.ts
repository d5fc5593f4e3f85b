import type { ToolParameter } from "../../../contract/index.ts";

/** A tool's parameters out of its JSON Schema, in the schema's order. */
export function readParameters(schema: unknown): {
  readonly required: readonly ToolParameter[];
  readonly optional: readonly ToolParameter[];
} {
  const { properties, required } = recordOf(schema);
  const isNamed = new Set(Array.isArray(required) ? required : []);
  const all = Object.entries(recordOf(properties)).map(([name, property]) =>
    toParameter(name, recordOf(property)),
  );
  return {
    required: all.filter(({ name }) => isNamed.has(name)),
    optional: all.filter(({ name }) => !isNamed.has(name)),
  };
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function toParameter(name: string, property: Readonly<Record<string, unknown>>): ToolParameter {
  return {
    name,
    type: typeOf(property),
    description: stringOf(property["description"]),
    default: property["default"] ?? "",
  };
}

function typeOf(schema: Readonly<Record<string, unknown>>): string {
  const { type, anyOf, oneOf } = schema;
  if (Array.isArray(type)) return type.filter((one) => one !== "null").join(" or ");
  if (typeof type === "string") return type;
  const choices = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  const types = choices
    .map((choice) => typeOf(recordOf(choice)))
    .filter((one) => one !== "null" && one !== "");
  return types.length > 0 ? [...new Set(types)].join(" or ") : "enum" in schema ? "enum" : "";
}
