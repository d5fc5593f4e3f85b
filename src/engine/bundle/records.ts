import {
  isErrorCode,
  type AppendedPassage,
  type Notice,
  type PassageRecord,
  type Source,
  type ToolParameter,
} from "../../contract/index.ts";
import { broken, fields, list, text, whole } from "./manifest.ts";

/** A source as a bundle keeps it; its text is a file of its own. */
export type BundledSource = Pick<
  Source,
  "id" | "name" | "format" | "digest" | "total" | "tags" | "dateMs"
> & {
  readonly notices: readonly Notice[];
};

/** A passage and the source that it belongs to, by that source's id in the bundle. */
export interface BundledPassage extends AppendedPassage {
  readonly sourceId: number;
}

/** Passages of one source that have a vector, in the order of their vectors. */
export interface BundledSegment {
  readonly sourceId: number;
  readonly ordinals: readonly number[];
}

/** Throws: `ingest/unreadable` when `parse` finds something else than it wants. */
export function parsed<T>(line: string, parse: (line: string) => T): T {
  try {
    return parse(line);
  } catch (error) {
    throw broken("a line of it is no record", error);
  }
}

export function parseSource(line: string): BundledSource {
  const source = fields(JSON.parse(line));
  return {
    id: whole(source["id"], 0),
    name: text(source["name"]),
    format: text(source["format"]),
    digest: text(source["digest"]),
    total: whole(source["total"], 0),
    // The oldest bundles have none of the three.
    tags: list(source["tags"] ?? []).map(text),
    notices: list(source["notices"] ?? []).map(parseNotice),
    dateMs: (source["dateMs"] ?? null) === null ? null : whole(source["dateMs"], Number.MIN_SAFE_INTEGER),
  };
}

function parseNotice(value: unknown): Notice {
  const { level, code, file, message } = fields(value);
  if ((level !== "error" && level !== "warning") || !isErrorCode(code)) throw new TypeError("no notice");
  return { level, code, file: text(file), message: text(message) };
}

export function parsePassage(line: string): BundledPassage {
  const passage = fields(JSON.parse(line));
  return {
    sourceId: whole(passage["sourceId"], 0),
    title: text(passage["title"]),
    text: text(passage["text"]),
    startUtf16: whole(passage["startUtf16"], 0),
    endUtf16: whole(passage["endUtf16"], 0),
    record: parseRecord(fields(passage["record"])),
    // The oldest bundles do not tell.
    ...(passage["original"] !== undefined && { original: parseOriginal(fields(passage["original"])) }),
  };
}

export function parseSegment(line: string): BundledSegment {
  const segment = fields(JSON.parse(line));
  return {
    sourceId: whole(segment["sourceId"], 0),
    ordinals: list(segment["ordinals"]).map((ordinal) => whole(ordinal, 0)),
  };
}

type Fields = ReturnType<typeof fields>;

function parseOriginal(words: Fields): NonNullable<BundledPassage["original"]> {
  return { text: text(words["text"]), record: parseRecord(fields(words["record"])) };
}

function parseRecord(record: Fields): PassageRecord {
  const { kind } = record;
  switch (kind) {
    case "document":
      return {
        kind,
        ...(record["page"] !== undefined && { page: whole(record["page"], 1) }),
        ...(record["line"] !== undefined && { line: whole(record["line"], 1) }),
      };
    case "chunk":
      return { kind };
    case "exchange":
      return {
        kind,
        speaker1: text(record["speaker1"]),
        speaker2: text(record["speaker2"]),
        ...(record["at"] !== undefined && { at: text(record["at"]) }),
        ...(record["place"] !== undefined && { place: whole(record["place"], 0) }),
      };
    case "example":
      return { kind, input: text(record["input"]), output: text(record["output"]) };
    case "tool":
      return {
        kind,
        category: text(record["category"]),
        tool: text(record["tool"]),
        api: text(record["api"]),
        description: text(record["description"]),
        required: list(record["required"]).map(parseParameter),
        optional: list(record["optional"]).map(parseParameter),
        returns: record["returns"],
        spec: record["spec"],
      };
    default:
      throw new TypeError("unknown kind of record");
  }
}

function parseParameter(value: unknown): ToolParameter {
  const parameter = fields(value);
  return {
    name: text(parameter["name"]),
    type: text(parameter["type"]),
    description: text(parameter["description"]),
    default: parameter["default"],
  };
}
