import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createTokenizer } from "../../src/model/tokenize/tokenizer.ts";
import { drawWorkloads, WORKLOADS } from "./workloads.ts";

const read = async (path: string) => readFile(new URL(`../../public/${path}`, import.meta.url), "utf8");
const parse = async (path: string) => JSON.parse(await read(path)) as object;

const tokenizer = await createTokenizer(
  await parse("models/mini/tokenizer.json"),
  await parse("models/mini/tokenizer_config.json"),
);
const corpus = (await read("samples/bench-corpus.jsonl"))
  .trim()
  .split("\n")
  .map((line) => (JSON.parse(line) as { text: string }).text);
const draw = (seed: number) =>
  drawWorkloads(corpus, (words) => words.map((word) => tokenizer.count(word)), {
    notes: 400,
    chunks: 5,
    queries: 5,
    seed,
  });
const lengths = (texts: readonly string[]) => texts.map((text) => tokenizer.encode(text, 512).length);

test("texts have the lengths that the workload names, as the real tokenizer counts them", () => {
  const workloads = draw(1);
  expect(lengths(workloads["uniform-chunks"].texts)).toEqual([256, 256, 256, 256, 256]);
  expect(lengths(workloads["single-queries"].texts)).toEqual([16, 16, 16, 16, 16]);
  for (const name of WORKLOADS) {
    const { texts, tokens } = workloads[name];
    expect(lengths(texts).reduce((a, b) => a + b, 0)).toBe(tokens);
  }
});

test("notes are lognormal around 60 tokens with a long tail that ends at 512", () => {
  const sorted = lengths(draw(1)["mixed-notes"].texts).toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(part * sorted.length)] ?? 0;
  expect(at(0.5)).toBeGreaterThan(50);
  expect(at(0.5)).toBeLessThan(72);
  expect(at(0.9)).toBeGreaterThan(170);
  expect(sorted.at(-1)).toBe(512);
});

test("a seed gives the same texts again, another one others", () => {
  expect(draw(3)).toEqual(draw(3));
  expect(draw(4)["mixed-notes"].texts).not.toEqual(draw(3)["mixed-notes"].texts);
});
