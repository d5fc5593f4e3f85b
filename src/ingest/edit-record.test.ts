import { expect, test } from "vitest";
import type { PassageRecord } from "../contract/index.ts";
import { editRecord } from "./edit-record.ts";

const parameter = (name: string, description: string) => ({ name, type: "string", description, default: "" });

const TOOL = {
  kind: "tool",
  category: "",
  tool: "",
  api: "forecast",
  description: "Tells the weather.",
  required: [parameter("city", "Where.")],
  optional: [parameter("forecast", "Also hourly.")],
  returns: "",
  spec: {
    function: {
      name: "forecast",
      description: "Tells the weather.",
      parameters: {
        properties: { city: { description: "Where." }, forecast: { description: "Also hourly." } },
        examples: ["forecast"],
      },
    },
  },
} as const satisfies PassageRecord;

test("a tool's new words are in its text, its record and its specification, and only there", () => {
  const edit = { api: "outlook", description: "Tells what comes.", parameters: { city: "Which town." } };
  const { text, record } = editRecord(TOOL, { kind: "tool", ...edit });
  expect(text).toBe(
    "outlook\nTells what comes.\ncity (string, required): Which town.\nforecast (string): Also hourly.",
  );
  expect(record).toEqual({
    ...TOOL,
    api: "outlook",
    description: "Tells what comes.",
    required: [parameter("city", "Which town.")],
    spec: {
      function: {
        name: "outlook",
        description: "Tells what comes.",
        parameters: {
          properties: { city: { description: "Which town." }, forecast: { description: "Also hourly." } },
          examples: ["forecast"],
        },
      },
    },
  });
});

test("a parameter named as what every object has keeps its words", () => {
  const names = ["constructor", "toString", "__proto__", "valueOf"];
  const tool = { ...TOOL, required: names.map((name) => parameter(name, `The ${name}.`)), optional: [] };
  const { record } = editRecord(tool, {
    kind: "tool",
    description: "Tells.",
    parameters: { valueOf: "Its worth." },
  });
  expect(record).toMatchObject({
    required: ["The constructor.", "The toString.", "The __proto__.", "Its worth."].map((description) => ({
      description,
    })),
  });
});

test("a tool without a description gets one in its specification too", () => {
  const bare = { ...TOOL, description: "", required: [], optional: [], spec: { name: "forecast" } };
  const { record } = editRecord(bare, { kind: "tool", description: "Tells." });
  expect(record).toMatchObject({ spec: { name: "forecast", description: "Tells." } });
});

test("exchanges and examples keep what is not given, and something must be left", () => {
  const exchange = {
    kind: "exchange",
    speaker1: "Tea?",
    speaker2: "Yes.",
    at: "2026-01-01",
    place: 3,
  } as const;
  expect(editRecord(exchange, { kind: "exchange", speaker1: "" })).toEqual({
    text: "Yes.",
    record: { ...exchange, speaker1: "" },
  });
  const example = { kind: "example", input: "2+2", output: "5" } as const;
  expect(editRecord(example, { kind: "example", output: "4" })).toEqual({
    text: "2+2\n4",
    record: { ...example, output: "4" },
  });
  const nothing = { kind: "exchange", speaker1: " ", speaker2: "" } as const;
  expect(() => editRecord(exchange, nothing)).toThrow(expect.objectContaining({ code: "ingest/empty" }));
  expect(() => editRecord({ kind: "chunk" }, nothing)).toThrow(
    expect.objectContaining({ code: "engine/invalid-input" }),
  );
});
