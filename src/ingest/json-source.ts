import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { SextantError } from "../contract/index.ts";
import type { SourceText, Span } from "./importer.ts";
import { MAX_DEPTH, scanValue, skipBlanks } from "./json-scan.ts";

const OPEN_ARRAY = "[";

/** A JSON value that knows where it stands in its source. */
export interface JsonItem {
  readonly value: unknown;
  readonly span: Span;
  /** Elements of an array; empty for anything else. */
  readonly elements: readonly JsonItem[];
  /** Members of an object in their order; empty for anything else. */
  readonly members: readonly (readonly [name: string, item: JsonItem])[];
  /** A member of an object. */
  member(name: string): JsonItem | undefined;
}

/**
 * The values of a JSON file one after the other: an array's elements, the lines of JSON Lines, or the one value that
 * it is.
 *
 * Throws: `ingest/unreadable` where the first broken value is reached.
 * Cost: one value is held at a time.
 */
export function* jsonRecords(source: SourceText): Generator<JsonItem> {
  const { name, text } = source;
  const start = skipBlanks(text, 0);
  const { end } = scanValue(text, start);
  const isOneValue = end < 0 || skipBlanks(text, end) === text.length;
  if (!isOneValue || start === text.length) yield* values(source, start);
  else if (text[start] === OPEN_ARRAY) yield* arrayElements(source, start + 1);
  else yield readJson({ name, text }, [start, text.length]);
}

/** Values that follow one another with blanks between. */
function* values(source: SourceText, start: number): Generator<JsonItem> {
  const { text } = source;
  for (let at = start; at < text.length;) {
    const { end } = scanValue(text, at);
    const to = end < 0 ? text.length : end;
    yield readJson(source, [at, to]);
    at = skipBlanks(text, to);
  }
}

function* arrayElements(source: SourceText, start: number): Generator<JsonItem> {
  const { name, text } = source;
  let at = skipBlanks(text, start);
  if (text[at] === "]") return;
  for (;;) {
    const { end } = scanValue(text, at);
    const to = end < 0 ? text.length : end;
    yield readJson(source, [at, to]);
    at = skipBlanks(text, to);
    if (text[at] === "]") return;
    if (at === text.length) throw endsEarly(name, text);
    if (text[at] !== ",") throw notValid(name, text, at);
    at = skipBlanks(text, at + 1);
  }
}

/**
 * Reads strict JSON, from a part of the source where one is given. Strings come out well-formed and without NUL.
 *
 * Throws: `ingest/unreadable` with line and column, also when it is nested too deeply.
 */
export function readJson({ name, text }: SourceText, [start, end]: Span = [0, text.length]): JsonItem {
  const { deepAt } = scanValue(text, skipBlanks(text, start), end);
  if (deepAt >= 0)
    throw unreadable(
      name,
      text,
      deepAt,
      `is nested more than ${MAX_DEPTH} levels deep`,
      "Flatten it and add it again",
    );
  const part = text.slice(start, end);
  const errors: ParseError[] = [];
  const root = parseTree(part, errors, { disallowComments: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const at = error?.offset ?? 0;
    const isOpenEnded = error !== undefined && printParseErrorCode(error.error).startsWith("UnexpectedEndOf");
    const isAtEnd = start + at + (isOpenEnded ? error.length : 0) >= text.trimEnd().length;
    throw isAtEnd ? endsEarly(name, text) : notValid(name, text, start + at);
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

/** An error that says where in a source a person has to look. */
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

function endsEarly(name: string, text: string): SextantError {
  return unreadable(
    name,
    text,
    text.trimEnd().length,
    "ends before its JSON is complete",
    "Export or copy all of it again",
  );
}

function notValid(name: string, text: string, at: number): SextantError {
  return unreadable(name, text, at, "is not valid JSON", "Correct it there, or export it again");
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
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
    get members() {
      if (node.type !== "object") return [];
      return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
        key && value ? [[clean(String(key.value)), toItem(value, start)] as const] : [],
      );
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
