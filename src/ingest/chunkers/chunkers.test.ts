import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../base/rng.ts";
import type { IngestTools } from "../importer.ts";
import { importFile, reimport } from "../index.ts";
import { expectNothingLost, expectSoundPlaces, wordTools } from "../importers/importer.contract.ts";
import { longText } from "../importers/chunks/long-text.ts";
import { markdown } from "../importers/documents/markdown.ts";
import { plainText } from "../importers/documents/plain-text.ts";
import { CHUNK_TOKENS, cutFixedLength } from "./fixed-length.ts";
import { MAX_TOKENS } from "./pack-sections.ts";

const WORDS =
  "a of river the house, and (twelve) went. on! Where? 3.14 Überraschung 漢字 😀👍🏽 e\u0301tude --- x".split(
    " ",
  );
const GAPS = [" ", " ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\n\n\n  "];

function randomText(rng: Rng, words: number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(rng() * list.length)] ?? "";
  const word = (): string =>
    rng() < 0.01 ? pick(["x", "漢", "😀", "9-"]).repeat(1 + rng() * 900) : pick(WORDS);
  return Array.from({ length: words }, () => word() + pick(GAPS)).join("");
}

const NASTY: Record<string, string> = {
  "one endless word": "x".repeat(50_000),
  "one endless emoji row": "👩‍👩‍👧‍👦".repeat(3000),
  "Chinese without blanks": "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张".repeat(400),
  "a sentence without end": "and then ".repeat(8000),
  "mostly blanks": `a${" ".repeat(40_000)}b${"\n".repeat(20_000)}c`,
  "a thousand combining marks": `a${"\u0301".repeat(9000)} b`,
  "one line of code": "f(a);g=[1,2,3];".repeat(3000),
  "a table": `| a | b |\n| - | - |\n${"| some words | other words |\n".repeat(900)}`,
  "a code block": `\`\`\`\n${"let value = compute(1, 2);\n".repeat(900)}\`\`\`\n`,
  "a list": "- an item with words\n".repeat(900),
};

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const texts = [
  ...Object.entries(NASTY).map(([name, text]) => ({ name, text })),
  ...seeds.map((seed) => ({
    name: `random text ${seed}`,
    text: randomText(createRng(seed), 20 + seed * 150),
  })),
];

function counting(): { tools: IngestTools; counted: () => number } {
  let counted = 0;
  const tools = {
    countTokens(text: string) {
      counted += text.length;
      return wordTools.countTokens(text);
    },
  };
  return { tools, counted: () => counted };
}

describe.each([plainText, markdown])("passages of $id", (importer) => {
  test.each(texts)("$name: within the limit, in place, nothing lost, at linear cost", async ({ text }) => {
    const { tools, counted } = counting();
    const parsed = await importer.parse({ name: "notes", text }, tools);
    expectSoundPlaces(parsed, text);
    expectNothingLost(parsed, text);
    for (const { text: shown, startUtf16, endUtf16 } of parsed.drafts) {
      expect(wordTools.countTokens(shown)).toBeLessThanOrEqual(MAX_TOKENS);
      expect(shown.isWellFormed()).toBe(true);
      if (importer === plainText) expect(text.slice(startUtf16, endUtf16)).toBe(shown);
    }
    expect(counted()).toBeLessThan(text.length * 6 + 1000);
  });
});

describe("chunks", () => {
  test.each(texts)("$name: together they are the text, each as full as words allow", async ({ text }) => {
    const { tools, counted } = counting();
    const { drafts } = await longText.parse({ name: "book.txt", text }, tools);
    expect(drafts.map((draft) => draft.text).join("")).toBe(text);
    let at = 0;
    for (const { text: chunk, startUtf16, endUtf16 } of drafts) {
      expect(startUtf16).toBe(at);
      expect(chunk).toBe(text.slice(startUtf16, endUtf16));
      expect(wordTools.countTokens(chunk)).toBeLessThanOrEqual(CHUNK_TOKENS);
      expect(chunk.isWellFormed()).toBe(true);
      at = endUtf16;
    }
    expect(counted()).toBeLessThan(text.length * 8 + 1000);
  });

  test("tokens of a language model are counted by its own tokenizer, and the choice is kept", async () => {
    const text = "Tokenization differs: <|endoftext|> unbelievably, 漢字 and 😀 too. ".repeat(40);
    for (const [tokenizer, library] of [
      ["cl100k_base", await import("gpt-tokenizer/encoding/cl100k_base")],
      ["o200k_base", await import("gpt-tokenizer/encoding/o200k_base")],
    ] as const) {
      const file = { name: "book.txt", content: text };
      const imported = await importFile(file, "chunk", wordTools, { tokenizer });
      expect(imported.format).toBe(`long-text/2?tokenizer=${tokenizer}`);
      expect(imported.drafts.map((draft) => draft.text).join("")).toBe(text);
      const counts = imported.drafts.map((draft) =>
        library.countTokens(draft.text.trim(), { disallowedSpecial: new Set() }),
      );
      expect(Math.max(...counts)).toBeLessThanOrEqual(CHUNK_TOKENS);
      expect(Math.min(...counts.slice(0, -1))).toBeGreaterThan(CHUNK_TOKENS * 0.7);
      expect(await reimport(imported, "chunk", wordTools)).toEqual(imported.drafts);
    }
  });

  test("ordinary prose fills every chunk but the last to within a word", async () => {
    const text = "The quick brown foxes went home and slept until noon. ".repeat(200);
    const spans = (await cutFixedLength(text, wordTools)).slice(0, -1);
    for (const span of spans)
      expect(wordTools.countTokens(text.slice(...span))).toBeGreaterThan(CHUNK_TOKENS - 3);
  });

  test.each([
    ["more together than apart", (tokens: number, text: string) => tokens * (text.length > 80 ? 1.3 : 1)],
    ["nothing for a single word", (tokens: number) => Math.max(0, tokens - 2)],
  ])("counts that do not add up still keep the limit: %s", async (_, skew) => {
    let calls = 0;
    const tools = {
      countTokens(text: string) {
        calls++;
        return Math.ceil(skew(wordTools.countTokens(text), text));
      },
    };
    const text = randomText(createRng(3), 2000);
    const spans = await cutFixedLength(text, tools);
    expect(calls).toBeLessThan(text.length);
    expect(spans.map((span) => text.slice(...span)).join("")).toBe(text);
    for (const span of spans)
      expect(tools.countTokens(text.slice(...span))).toBeLessThanOrEqual(CHUNK_TOKENS);
  });
});

describe("packing", () => {
  const sentence = "Nine small words stand here in a single row. ";
  const countsOf = async (text: string): Promise<number[]> => {
    const { drafts } = await markdown.parse({ name: "a.md", text }, wordTools);
    return drafts.map((draft) => wordTools.countTokens(draft.text));
  };

  test("short paragraphs under one heading share a passage, another heading starts a new one", async () => {
    const text = `# A\n\n${sentence}\n\n${sentence}\n\n## B\n\n${sentence}`;
    const { drafts } = await markdown.parse({ name: "a.md", text }, wordTools);
    expect(drafts.map(({ title, text: shown }) => [title, shown.split("\n\n").length])).toEqual([
      ["A", 2],
      ["A > B", 1],
    ]);
  });

  test("a table that fits stays whole, a longer one is cut between rows", async () => {
    const row = "| seven words in this row of table |\n";
    const table = (rows: number): string => `| head |\n| - |\n${row.repeat(rows)}`;
    expect(await countsOf(table(24))).toHaveLength(1);
    const { drafts } = await markdown.parse({ name: "a.md", text: table(80) }, wordTools);
    expect(drafts.length).toBeGreaterThan(2);
    for (const { text } of drafts) expect(text.split("\n").every((line) => /^\|.*\|$/.test(line))).toBe(true);
  });

  test("a section a little over the target stays whole, and no crumb is left at the end", async () => {
    expect(await countsOf(`${sentence.repeat(2)}\n\n`.repeat(12))).toHaveLength(1);
    expect(Math.min(...(await countsOf(`${sentence.repeat(2)}\n\n`.repeat(23))))).toBeGreaterThan(40);
  });

  test("long paragraphs are cut between sentences", async () => {
    const { drafts } = await plainText.parse({ name: "a.txt", text: sentence.repeat(100).trim() }, wordTools);
    expect(drafts.length).toBeGreaterThan(3);
    for (const { text } of drafts) expect(text).toMatch(/^Nine .* row\.$/s);
  });

  test("a paragraph that is cut overlaps by one sentence, paragraphs apart by none, a tail never twice", async () => {
    const numbered = (from: number, count: number): string =>
      Array.from({ length: count }, (_, i) => `Sentence number ${from + i} has eight words in it.`).join(" ");
    const { drafts: cut } = await plainText.parse({ name: "a.txt", text: numbered(1, 80) }, wordTools);
    expect(cut.length).toBeGreaterThan(2);
    for (const [i, { text, startUtf16 }] of cut.entries()) {
      const before = cut[i - 1];
      if (before === undefined) continue;
      expect(startUtf16).toBeLessThan(before.endUtf16);
      expect(before.text.endsWith(text.slice(0, text.indexOf(".") + 1))).toBe(true);
      expect(text.match(/number \d+/g)).toEqual([...new Set(text.match(/number \d+/g))]);
    }
    const apart = [1, 21, 41].map((from) => numbered(from, 18)).join("\n\n");
    const { drafts } = await plainText.parse({ name: "a.txt", text: apart }, wordTools);
    for (const [i, { startUtf16 }] of drafts.entries())
      expect(startUtf16).toBeGreaterThanOrEqual(drafts[i - 1]?.endUtf16 ?? 0);
  });
});
