import type { JsonItem } from "../../json-source.ts";
import { recordOf, stringOf } from "./tool-parameters.ts";

/** Values of one schema written out in full; a description needs a few dozen, a graph of references has no end. */
const MAX_VALUES = 600;
const MAX_DEPTH = 24;

/** Writes out what a description refers to by `$ref`. */
export type Resolve = (value: unknown) => unknown;

/**
 * Follows references within one document. What comes round to itself, lies elsewhere or grows too long stays a
 * reference.
 *
 * Source: RFC 6901 (JSON Pointer); Reference Object of OpenAPI 3 and Swagger 2.
 */
export function createResolver(root: JsonItem): Resolve {
  const known = new Map<string, unknown>();
  const lookUp = (pointer: string): unknown => {
    if (!pointer.startsWith("#/")) return undefined;
    if (known.has(pointer)) return known.get(pointer);
    let item: JsonItem | undefined = root;
    for (const part of pointer.slice(2).split("/")) {
      const name = unescaped(part);
      item = item?.member(name) ?? (/^\d+$/.test(name) ? item?.elements[Number(name)] : undefined);
    }
    // What YAML merges into a map is no member of it, and stands in its value only.
    const value = item ? item.value : within(root.value, pointer);
    known.set(pointer, value);
    return value;
  };

  return (value) => {
    let left = MAX_VALUES;
    const write = (one: unknown, open: readonly string[], depth: number): unknown => {
      if (typeof one !== "object" || one === null) return one;
      const ref = stringOf((one as { $ref?: unknown }).$ref);
      if (ref !== "") {
        const target = lookUp(ref);
        const stays = target === undefined || open.includes(ref) || depth > MAX_DEPTH || left <= 0;
        return stays ? { $ref: ref } : write(target, [...open, ref], depth + 1);
      }
      left--;
      if (left <= 0 || depth > MAX_DEPTH) return Array.isArray(one) ? [] : {};
      if (Array.isArray(one)) return one.map((item) => write(item, open, depth + 1));
      return Object.fromEntries(
        Object.entries(one).map(([name, item]) => [name, write(item, open, depth + 1)] as const),
      );
    };
    return write(value, [], 0);
  };
}

function within(root: unknown, pointer: string): unknown {
  let value: unknown = root;
  for (const part of pointer.slice(2).split("/")) {
    const name = unescaped(part);
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** An object schema with what its `allOf` parts add to it. */
export function mergeAllOf(schema: unknown): Readonly<Record<string, unknown>> {
  const { allOf, ...own } = recordOf(schema);
  if (!Array.isArray(allOf)) return own;
  const parts = [...allOf.map(mergeAllOf), own];
  return {
    ...joined(parts),
    properties: joined(parts.map(({ properties }) => recordOf(properties))),
    required: parts.flatMap(({ required }) => (Array.isArray(required) ? (required as unknown[]) : [])),
  };
}

/** Later members win; unlike `Object.assign`, a member `__proto__` is one like any other. */
function joined(parts: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function unescaped(part: string): string {
  const pointer = part.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
