import { SextantError } from "../contract/index.ts";
import type { SourceText, Span } from "./importer.ts";
import { MAX_DEPTH, placesOf, skipBlanks, walkValue, type Places } from "./json-scan.ts";

/** A JSON value that knows where it stands in its source. */
export interface JsonItem {
  readonly value: unknown;
  readonly span: Span;
  /** Elements of an array; empty for anything else. */
  readonly elements: readonly JsonItem[];
  /** Members of an object in their order; empty for anything else. */
  readonly members: readonly (readonly [name: string, item: JsonItem])[];
  /** A member of an object; of several with one name the last. */
  member(name: string): JsonItem | undefined;
}

/** Called between pieces of a long walk. */
type Breathe = (() => Promise<void>) | undefined;

/**
 * The values of a JSON file one after the other: an array's elements, the lines of JSON Lines, or the one value that
 * it is. Strings come out well-formed and without NUL.
 *
 * Throws: `ingest/unreadable` with line and column, also when it is nested too deeply.
 * Cost: one value is built at a time; beyond it 12 bytes a part of what is longer than 64 kB.
 */
export async function* jsonRecords(source: SourceText, breathe?: Breathe): AsyncGenerator<JsonItem> {
  const { text } = source;
  const start = skipBlanks(text, 0);
  if (start === text.length) return;
  const first = await readValue(source, start, breathe);
  let at = skipBlanks(text, first.span[1]);
  const isList = at === text.length && text.charAt(start) === "[";
  for (const item of isList ? first.eachElement() : [first]) {
    yield item;
    await breathe?.();
  }
  while (at < text.length) {
    const item = await readValue(source, at, breathe);
    yield item;
    await breathe?.();
    at = skipBlanks(text, item.span[1]);
  }
}

/**
 * Reads a file that is one JSON value.
 *
 * Throws: `ingest/unreadable` with line and column, also when it is nested too deeply.
 */
export async function readJson(source: SourceText, breathe?: Breathe): Promise<JsonItem> {
  const { name, text } = source;
  const item = await readValue(source, skipBlanks(text, 0), breathe);
  const rest = skipBlanks(text, item.span[1]);
  if (rest < text.length) throw notValid(name, text, rest);
  return item;
}

async function readValue({ name, text }: SourceText, start: number, breathe: Breathe): Promise<LazyJson> {
  const large = new Map<number, Places>();
  const walk = walkValue(text, start, large);
  let step = walk.next();
  for (; step.done !== true; step = walk.next()) await breathe?.();
  const walked = step.value;
  if ("end" in walked) return new LazyJson({ text, large }, start, walked.end);
  if (walked.failure === "deep")
    throw unreadable(
      name,
      text,
      walked.at,
      `is nested more than ${MAX_DEPTH} levels deep`,
      "Flatten it and add it again",
    );
  throw walked.failure === "unfinished" ? endsEarly(name, text) : notValid(name, text, walked.at);
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

interface WalkedText {
  readonly text: string;
  readonly large: ReadonlyMap<number, Places>;
}

/** What a sound part of a source says, found out when it is asked for. A class, because a file has millions of them. */
class LazyJson implements JsonItem {
  readonly #source: WalkedText;
  readonly #start: number;
  readonly #end: number;
  #places: Places | undefined;
  #names: readonly string[] | undefined;

  constructor(source: WalkedText, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get span(): Span {
    return [this.#start, this.#end];
  }

  get value(): unknown {
    const json = this.#source.text.slice(this.#start, this.#end);
    const value: unknown = JSON.parse(json);
    return MAY_BE_UNSOUND.test(json) ? soundValue(value) : value;
  }

  get elements(): readonly JsonItem[] {
    return [...this.eachElement()];
  }

  *eachElement(): Generator<LazyJson> {
    if (!this.#isA("[")) return;
    const places = this.#allPlaces();
    for (let i = 0; i < places.length; i += 3) yield this.#part(i);
  }

  get members(): readonly (readonly [name: string, item: JsonItem])[] {
    return this.#allNames().map((name, i) => [name, this.#part(3 * i)] as const);
  }

  member(name: string): JsonItem | undefined {
    const i = this.#allNames().lastIndexOf(name);
    return i < 0 ? undefined : this.#part(3 * i);
  }

  #isA(sign: "[" | "{"): boolean {
    return this.#source.text.charAt(this.#start) === sign;
  }

  #part(at: number): LazyJson {
    const places = this.#allPlaces();
    return new LazyJson(this.#source, places[at + 1] ?? 0, places[at + 2] ?? 0);
  }

  #allPlaces(): Places {
    const { text, large } = this.#source;
    return (this.#places ??= large.get(this.#start) ?? placesOf(text, this.#start));
  }

  #allNames(): readonly string[] {
    if (!this.#isA("{")) return [];
    if (this.#names === undefined) {
      const names: string[] = [];
      const places = this.#allPlaces();
      for (let i = 0; i < places.length; i += 3) names.push(nameAt(this.#source.text, places, i));
      this.#names = names;
    }
    return this.#names;
  }
}

/** A name stands between its place and the colon before its value. */
function nameAt(text: string, places: Places, at: number): string {
  const token = text.slice(places[at], places[at + 1]);
  return sound(JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string);
}

/** Escapes that stand for half of a character or for NUL. */
const MAY_BE_UNSOUND = /\\u(?:0000|[dD][89a-fA-F])/;

function soundValue(value: unknown): unknown {
  if (typeof value === "string") return sound(value);
  if (Array.isArray(value)) return value.map(soundValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [sound(name), soundValue(inner)]));
}

function sound(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
