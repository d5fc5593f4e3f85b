import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256 } from "../../src/base/hash.ts";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import { parseBertConfig } from "../../src/model/index.ts";
import { readBundledTokenizer } from "./bundled-tokenizer.ts";
import { drawTensor } from "./draw-tensor.ts";
import { LLM_EMBEDDER_SHAPE, planTensors } from "./shape.ts";
import { writeRandomBert, type RandomBert } from "./write-random-bert.ts";

const shape = { layers: 2, hidden: 32, heads: 2, intermediate: 64, vocabulary: 300, positions: 64 };
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "random-bert-"));
});
afterAll(() => rm(root, { recursive: true }));

async function write(name: string, options: Partial<RandomBert> = {}) {
  const folder = createNodeFolder(join(root, name));
  const tokenizer = await readBundledTokenizer();
  await writeRandomBert(folder, { shape, seed: 1, format: "both", dtype: "f32", tokenizer, ...options });
  const read = async (path: string) => {
    const source = await folder.open(path);
    return source.read(0, source.sizeBytes);
  };
  const json = async (path: string) => JSON.parse(new TextDecoder().decode(await read(path))) as object;
  return { folder, read, json };
}

test("the same seed gives the same bytes in every file; another seed gives other weights", async () => {
  const [first, second, third] = [await write("a"), await write("b"), await write("c", { seed: 2 })];
  const listed = await first.folder.list();
  expect(listed.map(({ path }) => path)).toEqual([
    "1_Pooling/config.json",
    "config.json",
    "model.safetensors",
    "modules.json",
    "pytorch_model.bin",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
  ]);
  for (const { path } of listed)
    expect(await sha256(await first.read(path))).toBe(await sha256(await second.read(path)));
  for (const path of ["model.safetensors", "pytorch_model.bin"])
    expect(await sha256(await first.read(path))).not.toBe(await sha256(await third.read(path)));
});

test("the configuration and the tokenizer fit the weights", async () => {
  const { json, read } = await write("fit");
  expect(parseBertConfig(await json("config.json"))).toEqual({ ...shape, epsilon: 1e-12 });
  const { model } = (await json("tokenizer.json")) as { model: { vocab: Record<string, number> } };
  expect(Object.values(model.vocab).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: shape.vocabulary }, (_, id) => id),
  );
  const lines = new TextDecoder()
    .decode(await read("vocab.txt"))
    .trimEnd()
    .split("\n");
  expect(lines.map((piece) => model.vocab[piece])).toEqual(lines.map((_, line) => line));
  expect(await json("tokenizer_config.json")).toMatchObject({ model_max_length: shape.positions });
});

test("LLM-Embedder's shape has as many weights as the published 438 MB hold in float32", () => {
  const sizes = planTensors(LLM_EMBEDDER_SHAPE).map(({ shape: own }) => own.reduce((a, b) => a * b, 1));
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(109_482_240);
  expect(sizes).toHaveLength(199);
});

test("values have the mean and the deviation that the plan names, and the tails of a bell", () => {
  const values = drawTensor({ name: "any", shape: [400, 500], mean: 1, spread: 0.1 }, 7);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  const beyondTwo = values.filter((x) => Math.abs(x - mean) > 2 * spread).length / values.length;
  expect(mean).toBeCloseTo(1, 2);
  expect(spread).toBeCloseTo(0.1, 3);
  expect(beyondTwo).toBeGreaterThan(0.03);
  expect(beyondTwo).toBeLessThan(0.06);
});
