import { expect, test } from "vitest";
import type { Kind, PassageRecord } from "../../contract/index.ts";
import { parsePassage, parseSource, type BundledPassage } from "./records.ts";

const parameter = { name: "city", type: "string", description: "where", default: "Oslo" };

/** Of each kind one with all that it can have, and one with the least. */
const RECORDS = {
  document: [{ kind: "document", page: 1, line: 7 }, { kind: "document" }],
  chunk: [{ kind: "chunk" }],
  exchange: [
    { kind: "exchange", speaker1: "a", speaker2: "b", at: "2026-11-20T00:00:00Z", place: 0 },
    { kind: "exchange", speaker1: "", speaker2: "" },
  ],
  example: [{ kind: "example", input: "i", output: "o" }],
  tool: [
    {
      kind: "tool",
      category: "weather",
      tool: "sky",
      api: "forecast",
      description: "tells",
      required: [parameter],
      optional: [{ ...parameter, default: null }],
      returns: { temperature: ["number"] },
      spec: { name: "forecast" },
    },
  ],
} satisfies {
  readonly [K in Kind]: readonly [Required<Extract<PassageRecord, { kind: K }>>, ...PassageRecord[]];
};

test.each(Object.values(RECORDS).flat())("a record comes out of its line as it went in: %j", (record) => {
  const place = { sourceId: 3, title: "T > H", text: "words", startUtf16: 1, endUtf16: 6 };
  const passage = { ...place, record } satisfies BundledPassage;
  expect(parsePassage(JSON.stringify(passage))).toEqual(passage);
});

test("a source comes out of its line as it went in", () => {
  const notice = { level: "warning", code: "ingest/inexact", file: "a.txt", message: "Guessed." } as const;
  const named = { id: 4, name: "a.txt", format: "text/1", digest: "d", total: 2, tags: ["t"] };
  const source = { ...named, dateMs: -5, notices: [notice] };
  expect(parseSource(JSON.stringify(source))).toEqual(source);
  expect(parseSource(JSON.stringify({ ...source, dateMs: null }))).toEqual({ ...source, dateMs: null });
});

test.each([{ kind: "document", line: 0 }, { kind: "document", page: "1" }, { kind: "stranger" }])(
  "a record that is none is refused: %j",
  (record) => {
    const line = JSON.stringify({ sourceId: 3, title: "", text: "", startUtf16: 0, endUtf16: 0, record });
    expect(() => parsePassage(line)).toThrow(TypeError);
  },
);
