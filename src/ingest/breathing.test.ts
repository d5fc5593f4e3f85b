import { expect, test } from "vitest";
import type { Kind } from "../contract/index.ts";
import { importFile } from "./index.ts";

const json = (value: unknown): string => JSON.stringify(value);
const message = (i: number) => ({ role: i % 2 ? "assistant" : "user", content: `What was said ${i}.` });
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** Long enough that a search would have to wait for them. */
const LONG: readonly (readonly [Kind, string, string])[] = [
  ["document", "a.md", lines(300, (i) => `# Part ${i}\n\nSome words of it.\n`)],
  ["document", "a.txt", lines(2500, (i) => `Paragraph ${i} has words.\n`)],
  ["document", "a.html", lines(2500, (i) => `<p>Paragraph ${i} has <b>words</b>.</p>`)],
  ["document", "a.py", lines(2000, (i) => `def f${i}():\n    return ${i}\n`)],
  ["document", "blanks.py", lines(60, (i) => `x = ${i}\n${" ".repeat(20_000)}\n`)],
  ["document", "blanks.json", `{${lines(60, (i) => `"${i}": ${i},\n${" ".repeat(20_000)}\n`)}"a": 1}`],
  ["document", "a.csv", lines(2500, (i) => `row,${i},"more, here"`)],
  ["document", "a.json", json(Array.from({ length: 2500 }, (_, i) => ({ title: `T${i}`, text: "Words." })))],
  ["exchange", "a.txt", lines(2500, (i) => `${i % 2 ? "Assistant" : "User"}: line ${i}`)],
  ["exchange", "WhatsApp.txt", lines(2500, (i) => `1/2/24, 10:00 - ${i % 2 ? "Ann" : "Ben"}: line ${i}`)],
  ["exchange", "one.json", json({ messages: Array.from({ length: 2500 }, (_, i) => message(i)) })],
  ["exchange", "a.jsonl", lines(2500, (i) => json(message(i)))],
  ["example", "a.csv", `input,output\n${lines(2500, (i) => `${i},yes`)}`],
  ["example", "a.jsonl", lines(2500, (i) => json({ input: `q${i}`, output: "yes" }))],
  ["tool", "a.jsonl", lines(2000, (i) => json({ name: `tool_${i}`, description: "Does it." }))],
  [
    "tool",
    "a.yaml",
    `openapi: 3.0.0\npaths:\n${lines(400, (i) => `  /a${i}:\n    get:\n      summary: Does ${i}.`)}`,
  ],
  ["tool", "commas.jsonl", lines(60, (i) => json({ name: `tool_${i}`, text: "one, two, ".repeat(200) }))],
  ["chunk", "a.txt", lines(2500, (i) => `Line ${i} goes on and on.`)],
];

test.each(LONG)("as %s, %s leaves room for other work many times over", async (kind, name, content) => {
  let breaths = 0;
  const breathe = (): Promise<void> => {
    breaths++;
    return Promise.resolve();
  };
  const { drafts } = await importFile({ name, content }, kind, {
    countTokens: (text) => text.length / 4,
    breathe,
  });
  expect(drafts.length).toBeGreaterThan(40);
  expect(breaths).toBeGreaterThan(7);
});
