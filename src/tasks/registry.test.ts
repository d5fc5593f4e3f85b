import { expect, test } from "vitest";
import { KIND_OF_TASK, TASK_IDS, type PassageRecord, type TaskQuery } from "../contract/index.ts";
import { instructionOf, keyTextOf, limitTokens, queryTextOf, TASKS, type QueryFit } from "./index.ts";

const countWords = (text: string) => text.split(/\s+/).filter((word) => word !== "").length;
const roomy: QueryFit = {
  policy: "use",
  limitTokens: 256,
  instruction: TASKS.convsearch.instruction.query,
  countTokens: countWords,
};
const document: PassageRecord = { kind: "document" };

test("every task searches the kind that the contract gives it", () => {
  for (const id of TASK_IDS) {
    expect(TASKS[id].id).toBe(id);
    expect(TASKS[id].kind).toBe(KIND_OF_TASK[id]);
  }
});

test("a document's key is title and text for questions, and alike in a conversation", () => {
  const passage = { title: "Guide > Install", text: "Run it.", record: document };
  expect(keyTextOf("qa", passage)).toBe("Guide > Install Run it.");
  expect(keyTextOf("qa", { ...passage, title: "" })).toBe("Run it.");
  expect(keyTextOf("convsearch", passage)).toBe(keyTextOf("qa", passage));
  expect(keyTextOf("convsearch", { ...passage, title: "" })).toBe("Run it.");
});

test("an exchange gets speaker labels on the key side only", () => {
  const record: PassageRecord = { kind: "exchange", speaker1: "Any milk?", speaker2: "None." };
  expect(keyTextOf("chat", { title: "", text: "shown", record })).toBe(
    "Speaker 1: Any milk?\nSpeaker 2: None.",
  );
  expect(queryTextOf({ task: "chat", utterance: "Milk again?" }, roomy).text).toBe("Milk again?");
});

test("an example is input and output on two lines, its query the input as typed", () => {
  const record: PassageRecord = { kind: "example", input: "2 + 2", output: "4" };
  expect(keyTextOf("icl", { title: "", text: "shown", record })).toBe("2 + 2\n4");
  expect(queryTextOf({ task: "icl", input: "3  + 3" }, roomy).text).toBe("3  + 3");
});

test("a tool is flattened as Python would, escapes and spacing included", () => {
  const record: PassageRecord = {
    kind: "tool",
    category: "Weather",
    tool: "Skies",
    api: "forecast",
    description: "Prévisions à dix jours",
    required: [{ name: "city", type: "STRING", description: 'e.g. "Köln"\n', default: "" }],
    optional: [{ name: "days", type: "NUMBER", description: "", default: 3 }],
    returns: { days: [{ high: 1.5, ok: true }], note: null, empty: {} },
    spec: {},
  };
  expect(keyTextOf("tool", { title: "", text: "shown", record })).toBe(
    "Weather, Skies, forecast, Prévisions à dix jours, " +
      'required_params: [{"name": "city", "type": "STRING", "description": "e.g. \\"K\\u00f6ln\\"\\n", "default": ""}], ' +
      'optional_params: [{"name": "days", "type": "NUMBER", "description": "", "default": 3}], ' +
      'return_schema: {"days": [{"high": 1.5, "ok": true}], "note": null, "empty": {}}',
  );
  expect(keyTextOf("tool", { title: "", text: "", record: { ...record, description: "" } })).toContain(
    "forecast,  , required_params",
  );
});

const talk: TaskQuery = {
  task: "convsearch",
  turns: ["one two three", "four five", " ", "six"],
  question: "and seven?",
};

test("a conversation is its turns, oldest first, then the question", () => {
  expect(queryTextOf(talk, roomy)).toEqual({
    text: "one two three four five six and seven?",
    turnsKept: 3,
    turnsCut: 0,
  });
});

test("use drops the oldest turns that do not fit, paper none", () => {
  const instruction = countWords(TASKS.convsearch.instruction.query);
  const limit = instruction + 2 + 5;
  expect(queryTextOf(talk, { ...roomy, limitTokens: limit })).toEqual({
    text: "four five six and seven?",
    turnsKept: 2,
    turnsCut: 1,
  });
  expect(queryTextOf(talk, { ...roomy, limitTokens: limit - 1 }).text).toBe("six and seven?");
  expect(queryTextOf(talk, { ...roomy, limitTokens: 4 })).toEqual({
    text: "and seven?",
    turnsKept: 0,
    turnsCut: 3,
  });
  expect(queryTextOf(talk, { ...roomy, policy: "paper", limitTokens: 4 }).turnsCut).toBe(0);
});

test.each(["", "  \n\t ", "\u200b\ufeff\u00a0"])("a blank query %j is refused under every task", (blank) => {
  const queries: TaskQuery[] = [
    { task: "qa", question: blank },
    { task: "convsearch", turns: ["said before"], question: blank },
    { task: "chat", utterance: blank },
    { task: "lrlm", chunk: blank },
    { task: "icl", input: blank },
    { task: "tool", request: blank },
  ];
  for (const query of queries)
    expect(() => queryTextOf(query, roomy)).toThrow(expect.objectContaining({ code: "search/empty-query" }));
});

test("lone surrogates become replacement characters", () => {
  expect(queryTextOf({ task: "qa", question: "a\ud800b?" }, roomy).text).toBe("a\ufffdb?");
});

test("limits by policy and side", () => {
  expect([limitTokens("use", "key"), limitTokens("use", "query")]).toEqual([512, 256]);
  expect([limitTokens("paper", "key"), limitTokens("paper", "query")]).toEqual([256, 256]);
});

test("a model with prefixes of its own gets them under every task", () => {
  const bge = { query: "Represent this sentence for searching relevant passages: ", key: "" };
  for (const id of TASK_IDS) {
    expect(instructionOf("tasks", id, "key")).toBe(TASKS[id].instruction.key);
    expect([instructionOf(bge, id, "query"), instructionOf(bge, id, "key")]).toEqual([bge.query, ""]);
  }
});
