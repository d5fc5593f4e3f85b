import { mergeAllOf } from "./schema-refs.ts";
import { recordOf, stringOf } from "./tool-parameters.ts";

/** A key text has room for a few dozen names. */
const MAX_NAMES = 120;

const TYPES = new Map(
  Object.entries({
    string: "str",
    integer: "int",
    number: "float",
    boolean: "bool",
    object: "dict",
    array: "list",
    null: "NoneType",
  }),
);

/**
 * A response's schema as ToolBench writes it: the names of an object with a type each, a list with what is in it.
 *
 * Source: `template_response` of ToolBench's documents.
 */
export function toTemplate(schema: unknown): unknown {
  let left = MAX_NAMES;
  const write = (one: unknown): unknown => {
    const { $ref, properties, items, type, oneOf, anyOf } = mergeAllOf(one);
    if (typeof $ref === "string") return $ref.slice($ref.lastIndexOf("/") + 1);
    const [choice] = [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
    if (choice !== undefined) return write(choice);
    const members = Object.entries(recordOf(properties));
    if (members.length > 0)
      return Object.fromEntries(
        members.flatMap(([name, inner]) => (left-- > 0 ? [[name, write(inner)] as const] : [])),
      );
    if (items !== undefined) return [write(items)];
    const named = Array.isArray(type) ? type.find((name) => name !== "null") : type;
    return TYPES.get(stringOf(named)) ?? stringOf(named);
  };
  return write(schema);
}
