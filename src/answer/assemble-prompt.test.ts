import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Passage, PassageRecord, TaskQuery } from "../contract/index.ts";
import { assemblePrompt, PAPER, type PromptParts, type RankedPassage } from "./index.ts";

const countTokens = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

function ranked(id: number, text: string, more: Partial<Passage> = {}): RankedPassage {
  const record: PassageRecord = { kind: "document" };
  const place = { collectionId: 1, sourceId: 1, ordinal: id, title: "", startUtf16: 0, endUtf16: 1 };
  return { passage: { id, text, record, ...place, ...more }, continuation: null };
}

function assemble(query: TaskQuery, passages: readonly RankedPassage[], more: Partial<PromptParts> = {}) {
  return assemblePrompt({ query, ranked: passages, countTokens, tokenizer: "words", ...more });
}

const { prompts: golden } = JSON.parse(
  readFileSync(new URL("golden/prompts.json", import.meta.url), "utf8"),
) as { prompts: Record<string, { items: string[]; turns?: string[]; query: string; prompt: string }> };

function goldenOf(task: string) {
  return golden[task] ?? { items: [], query: "", prompt: "missing" };
}

test("qa and convsearch read as the original's own code writes them", () => {
  const { items, query, prompt } = goldenOf("qa");
  const question = { task: "qa", question: query } as const;
  expect(
    assemble(
      question,
      items.map((text, id) => ranked(id, text)),
    ).text,
  ).toBe(prompt);

  const talk = goldenOf("convsearch");
  const asked = { task: "convsearch", turns: talk.turns ?? [], question: talk.query } as const;
  expect(
    assemble(
      asked,
      talk.items.map((text, id) => ranked(id, text)),
    ).text,
  ).toBe(talk.prompt);
});

test("qa items are title and text, convsearch items text alone", () => {
  const titled = [ranked(1, "It is blue.", { title: "Sky" })];
  expect(assemble({ task: "qa", question: " Colour? " }, titled).text).toBe(
    "Knowledge: Sky It is blue.\n\nQ: Colour? A:",
  );
  expect(assemble({ task: "convsearch", turns: [], question: "Colour?" }, titled).text).toBe(
    "Knowledge: It is blue.\n\nContext and Question: Colour?\nAnswer:",
  );
});

test("chat puts exchanges in the order they were said, and reads as the original up to the last blank", () => {
  const { items, query, prompt } = goldenOf("chat");
  const exchanges = items.map((item, ordinal) => {
    const [, speaker1 = "", speaker2 = ""] = /^Speaker 1: (.*)\nSpeaker 2: (.*)$/.exec(item) ?? [];
    return ranked(ordinal, "shown", { ordinal, record: { kind: "exchange", speaker1, speaker2 } });
  });
  const answer = assemble({ task: "chat", utterance: query }, exchanges.toReversed());
  expect(`${answer.text} `).toBe(prompt);
  expect(answer.usedIds).toEqual([0, 1]);
});

test("icl puts the best example last and collapses spaces, as the original's own code does", () => {
  const { items, query, prompt } = goldenOf("icl");
  const examples = items.map((item, id) => {
    const [input = "", output = ""] = item.split("\n");
    return ranked(id, "shown", { record: { kind: "example", input, output } });
  });
  const answer = assemble({ task: "icl", input: query }, examples);
  expect(answer.text).toBe(prompt);
  expect(answer.usedIds).toEqual([2, 1, 0]);
});

test("lrlm joins chunk and continuation without a separator, in document order, before the text at the cursor", () => {
  const late = ranked(8, "late ", { ordinal: 8 });
  const early = {
    ...ranked(3, "early ", { ordinal: 3 }),
    continuation: ranked(4, "and on ", { ordinal: 4 }).passage,
  };
  const other = ranked(1, "first source ", { sourceId: 0, ordinal: 90 });
  const query = { task: "lrlm", chunk: "the chunk" } as const;
  const answer = assemble(query, [late, early, other], { recent: "and here the" });
  expect(answer.text).toBe("first source early and on late and here the");
  expect(answer.usedIds).toEqual([1, 3, 8]);
  expect(assemble(query, []).text).toBe("the chunk");
});

test("lrlm keeps the last 2,048 tokens before the cursor", () => {
  const recent = Array.from({ length: 5000 }, (_, i) => `w${i}`).join(" ");
  const { text } = assemble({ task: "lrlm", chunk: "c" }, [ranked(1, "found ")], { recent });
  expect(text.startsWith("found w2952 ")).toBe(true);
  expect(text.endsWith(" w4999")).toBe(true);
});

test("tools are handed over as the JSON that was put in", () => {
  const spec = { name: "bake", parameters: { type: "object" } };
  const rest = {
    category: "",
    tool: "",
    api: "bake",
    description: "",
    required: [],
    optional: [],
    returns: "",
  };
  const record: PassageRecord = { kind: "tool", ...rest, spec };
  const { text } = assemble({ task: "tool", request: "Bread!" }, [
    ranked(1, "bake", { record }),
    ranked(2, "bake", { record }),
  ]);
  expect(text).toBe(
    `Tools that may help, as JSON:\n[${JSON.stringify(spec)},\n${JSON.stringify(spec)}]\n\nRequest: Bread!`,
  );
});

test("without passages there is the query's own part and nothing about knowledge", () => {
  expect(assemble({ task: "qa", question: "Why?" }, []).text).toBe("Q: Why? A:");
  expect(assemble({ task: "tool", request: "Do it" }, []).text).toBe("Request: Do it");
  expect(assemble({ task: "chat", utterance: "Hi" }, []).text).toBe("Speaker 1: Hi\nSpeaker 2:");
});

test("as many as the task wants, or as asked for", () => {
  const many = Array.from({ length: 12 }, (_, id) => ranked(id, `p${id}`));
  const query = { task: "qa", question: "?" } as const;
  expect(assemble(query, many).usedIds).toEqual([0, 1, 2]);
  expect(assemble(query, many, { count: 5 }).usedIds).toEqual([0, 1, 2, 3, 4]);
  expect(assemble(query, many, { count: 0 }).text).toBe("Q: ? A:");
});

test("over the budget the worst-ranked go, whatever their place in the prompt", () => {
  const long = (id: number): RankedPassage =>
    ranked(id, "", { record: { kind: "example", input: `i${id} ${"w ".repeat(300)}`, output: "o" } });
  const answer = assemble({ task: "icl", input: "new" }, [long(1), long(2), long(3), long(4)]);
  expect(answer.usedIds).toEqual([3, 2, 1]);
  expect(answer.droppedIds).toEqual([4]);
  expect(answer.lengthTokens).toBe(countTokens(answer.text));
  expect(answer.lengthTokens).toBeLessThanOrEqual(PAPER.icl.budgetTokens);
});

test("a passage that alone is too long does not push out the others", () => {
  const answer = assemble({ task: "qa", question: "?" }, [ranked(1, "w ".repeat(3000)), ranked(2, "short")]);
  expect(answer.usedIds).toEqual([2]);
  expect(answer.droppedIds).toEqual([1]);
});

test("a query that alone is over the budget stays whole, and says what had no room", () => {
  const question = "w ".repeat(3000).trim();
  const answer = assemble({ task: "qa", question }, [ranked(1, "a"), ranked(2, "b")]);
  expect(answer.text).toBe(`Q: ${question} A:`);
  expect(answer.droppedIds).toEqual([1, 2]);
  expect(answer.lengthTokens).toBeGreaterThan(answer.budgetTokens);
});
