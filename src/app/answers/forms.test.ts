import { expect, test } from "vitest";
import type { AnswerRecord } from "../../contract/index.ts";
import { answerToJson, answerToMarkdown, promptToJson, promptToMarkdown, promptToText } from "./forms.ts";

const asked = {
  messages: [
    { role: "system", content: "Cite." },
    { role: "user", content: "# Not a heading\n\nHow long?" },
  ],
  functions: [{ name: "brew", parameters: { type: "object" } }],
} as const;

test("a prompt as text, as the body of a request, and as Markdown that quotes it", () => {
  expect(promptToText(asked)).toBe(
    'Cite.\n\n[{"name":"brew","parameters":{"type":"object"}}]\n\n# Not a heading\n\nHow long?',
  );
  expect(JSON.parse(promptToJson(asked))).toEqual({
    messages: asked.messages,
    tools: [{ type: "function", function: asked.functions[0] }],
  });
  expect(JSON.parse(promptToJson({ ...asked, functions: [] }))).toEqual({ messages: asked.messages });
  expect(promptToMarkdown({ ...asked, functions: [] })).toBe(
    "**System**\n\n> Cite.\n\n**User**\n\n> # Not a heading\n>\n> How long?\n",
  );
});

test("an answer is exported with its question, its sources under their numbers, and what they do not carry", () => {
  const sentence = { start: 0, end: 9, sources: [1], unknown: [], closest: null };
  const record: AnswerRecord = {
    query: { task: "qa", question: "How\nlong?" },
    preset: "practical",
    model: "tiny (localhost)",
    ...asked,
    sources: [
      {
        passageId: 1,
        sourceId: 2,
        sourceName: "tea.md",
        title: "Tea",
        text: "Three minutes.\nOr so.",
        startUtf16: 0,
        endUtf16: 21,
      },
    ],
    text: "Three [1]. Whales sing.",
    calls: [{ name: "brew", arguments: '{"note":"```"}' }],
    check: {
      cutoff: { cosine: 0.5, chance: 0.05, pairs: 99 },
      sentences: [
        { ...sentence, text: "Three.", isClose: true },
        { ...sentence, text: "Whales sing.", isClose: false },
      ],
    },
    isPart: false,
  };
  expect(answerToMarkdown(record)).toBe(
    [
      "# How long?",
      "Three [1]. Whales sing.",
      'Would call `brew`:\n\n````json\n{"note":"```"}\n````',
      "No cited passage says this closely:\n\n- Whales sing.",
      "## Sources",
      "1. Tea — tea.md\n\n   > Three minutes.\n   > Or so.",
      "Answered by tiny (localhost).\n",
    ].join("\n\n"),
  );
  expect(JSON.parse(answerToJson(record))).toEqual({ format: "sextant-answer/1", ...record });
});
