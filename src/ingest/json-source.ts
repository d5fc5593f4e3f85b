import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { SextantError } from "../contract/index.ts";
import type { SourceText, Span } from "./importer.ts";

/** Deeper values would overflow the stack of whatever walks them; real files stay below 30. */
const MAX_DEPTH = 200;

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

/** A JSON value that knows where it stands in its source. */
export interface JsonItem {
  readonly value: unknown;
  readonly span: Span;
  /** Elements of an array; empty for anything else. */
  readonly elements: readonly JsonItem[];
  /** A member of an object. */
  member(name: string): JsonItem | undefined;
}

/**
 * Reads strict JSON, from a part of the source where one is given. Strings come out well-formed and without NUL.
 *
 * Throws: `ingest/unreadable` with line and column, also when it is nested too deeply.
 */
export function readJson({ name, text }: SourceText, [start, end]: Span = [0, text.length]): JsonItem {
  const part = text.slice(start, end);
  const refuse = (at: number, what: string, advice: string): SextantError =>
    unreadable(name, text, start + at, what, advice);
  const deepAt = firstTooDeep(part);
  if (deepAt !== null)
    throw refuse(deepAt, `is nested more than ${MAX_DEPTH} levels deep`, "Flatten it and add it again");
  const errors: ParseError[] = [];
  const root = parseTree(part, errors, { disallowComments: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const at = error?.offset ?? 0;
    const last = part.trimEnd().length;
    const isOpenEnded = error !== undefined && printParseErrorCode(error.error).startsWith("UnexpectedEndOf");
    if (at + (isOpenEnded ? error.length : 0) >= last)
      throw refuse(last, "ends before its JSON is complete", "Export or copy all of it again");
    throw refuse(at, "is not valid JSON", "Correct it there, or export it again");
  }
  return toItem(root, start);
}

/** The object or array under a chain of member names. */
export function jsonPath(item: JsonItem, ...names: readonly string[]): JsonItem | undefined {
  return names.reduce<JsonItem | undefined>((inner, name) => inner?.member(name), item);
}

/** The item's value when it is an object. */
export function asRecord({ value }: Pick<JsonItem, "value">): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** `ingest/unreadable` that says where. Lines and columns count from 1. */
export function unreadable(
  name: string,
  text: string,
  at: number,
  what: string,
  advice: string,
): SextantError {
  const before = text.slice(0, at);
  const line = countLines(before);
  const column = at - before.lastIndexOf("\n");
  const place = `line ${line}, column ${column}`;
  return new SextantError("ingest/unreadable", `${name} ${what} (${place}). ${advice}.`, { line, column });
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function firstTooDeep(text: string): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) isInString = !isInString;
    else if (isInString) at += unit === BACKSLASH ? 1 : 0;
    else if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) depth++;
    else if (unit === CLOSE_ARRAY || unit === CLOSE_OBJECT) depth--;
    if (depth > MAX_DEPTH) return at;
  }
  return null;
}

function toItem(node: Node, start: number): JsonItem {
  return {
    get value() {
      return toValue(node);
    },
    span: [start + node.offset, start + node.offset + node.length],
    get elements() {
      return node.type === "array" ? (node.children ?? []).map((child) => toItem(child, start)) : [];
    },
    member(name) {
      if (node.type !== "object") return undefined;
      const found = node.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
      return found === undefined ? undefined : toItem(found, start);
    },
  };
}

function toValue(node: Node): unknown {
  const children = node.children ?? [];
  if (node.type === "array") return children.map(toValue);
  if (node.type === "object")
    return Object.fromEntries(
      children.flatMap(({ children: [name, member] = [] }) =>
        name && member ? [[clean(String(name.value)), toValue(member)]] : [],
      ),
    );
  return typeof node.value === "string" ? clean(node.value) : node.value;
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
