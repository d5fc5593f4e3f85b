import {
  textOfQuery,
  type Collection,
  type Passage,
  type PassageRecord,
  type PassageTimes,
  type SearchFilter,
  type Source,
  type StoredVectors,
  type TaskQuery,
} from "../../../contract/index.ts";

/** Lower-case words of a text. */
export const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** All that a query says. */
export function queryWords(query: TaskQuery): string {
  const before = query.task === "convsearch" ? query.turns : [];
  return [...before, textOfQuery(query)].join(" ");
}

/** What a passage of a kind carries, from its lines. */
export function recordOf(kind: Collection["kind"], text: string): PassageRecord {
  const [first = "", second = ""] = text.split("\n");
  switch (kind) {
    case "document":
    case "chunk":
      return { kind };
    case "exchange":
      return { kind, speaker1: first, speaker2: second };
    case "example":
      return { kind, input: first, output: second };
    case "tool": {
      const parameter = { name: "city", type: "string", description: "Where.", default: "" };
      const named = { category: "", tool: first, api: first, description: second };
      const spec = { name: first, description: second };
      return { kind, ...named, required: [parameter], optional: [], returns: null, spec };
    }
  }
}

/** Whether a source has a wanted tag, and a date within what is wanted. */
export function isOf(source: Source | undefined, { tags, fromMs, untilMs }: SearchFilter): boolean {
  if (tags && !source?.tags.some((tag) => tags.includes(tag))) return false;
  if (fromMs === undefined && untilMs === undefined) return true;
  const dateMs = source?.dateMs ?? null;
  return dateMs !== null && dateMs >= (fromMs ?? dateMs) && dateMs < (untilMs ?? Number.POSITIVE_INFINITY);
}

/** When passages are from, by their sources. */
export function timesOf(passages: readonly Passage[], sources: readonly Source[]): PassageTimes {
  const dateOf = new Map(sources.map(({ id, dateMs }) => [id, dateMs ?? Number.NaN]));
  return {
    passageIds: Int32Array.from(passages, ({ id }) => id),
    timesMs: Float64Array.from(passages, ({ sourceId }) => dateOf.get(sourceId) ?? Number.NaN),
  };
}

/** What is stored of passages where each has the vector (0). */
export function vectorlessOf(passages: readonly Passage[]): StoredVectors {
  const column = (of: (passage: Passage) => number) => Int32Array.from(passages, of);
  return {
    rows: passages.length,
    dim: 1,
    vectors: new Uint16Array(passages.length),
    passageIds: column(({ id }) => id),
    sourceIds: column(({ sourceId }) => sourceId),
    ordinals: column(({ ordinal }) => ordinal),
  };
}
