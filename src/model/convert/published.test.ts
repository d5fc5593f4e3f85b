import { expect, test } from "vitest";
import { openPublished, openTables } from "./published.ts";
import { createMemoryCheckpoint } from "./testing/memory-checkpoint.ts";

const config = {
  hidden: 2,
  layers: 1,
  heads: 1,
  intermediate: 4,
  vocabulary: 3,
  positions: 2,
  epsilon: 1e-12,
};
const counting = (name: string, ...shape: number[]) => ({
  name,
  shape,
  values: () => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});
const checkpoint = (prefix: string, ...more: ReturnType<typeof counting>[]) =>
  createMemoryCheckpoint([
    counting(`${prefix}embeddings.word_embeddings.weight`, 3, 2),
    counting(`${prefix}embeddings.position_embeddings.weight`, 2, 2),
    counting(`${prefix}embeddings.token_type_embeddings.weight`, 2, 2),
    ...more,
  ]);

test.each(["", "bert.", "0.auto_model."])("weights below the prefix %j are found", async (prefix) => {
  const { words, places } = openTables(openPublished(checkpoint(prefix)), config);
  expect([...(await words.read(1, 2))]).toEqual([2, 3]);
  expect([...(await places.read())]).toEqual([0, 2, 2, 4]);
  expect([...(await places.read(1, 2))]).toEqual([2, 4]);
});

test("a LayerNorm may have the names that it had in TensorFlow", async () => {
  const old = [counting("bert.embeddings.LayerNorm.gamma", 2), counting("bert.embeddings.LayerNorm.beta", 2)];
  const weights = openPublished(checkpoint("bert.", ...old));
  expect(weights.vector("embeddings.LayerNorm.weight", 2).rows).toBe(2);
  expect(weights.vector("embeddings.LayerNorm.bias", 2).rows).toBe(2);
});

test.each([
  ["no word vectors", () => openPublished(createMemoryCheckpoint([counting("lm.weight", 2)])), "has no"],
  [
    "two encoders",
    () => openPublished(checkpoint("query.", counting("passage.embeddings.word_embeddings.weight", 3, 2))),
    "more than one",
  ],
  [
    "a missing weight",
    () => openPublished(checkpoint("bert.")).vector("encoder.layer.0.output.dense.bias", 2),
    '"bert.encoder.layer.0.output.dense.bias" are missing',
  ],
  [
    "a vocabulary of another size",
    () => openTables(openPublished(checkpoint("")), { ...config, vocabulary: 4 }),
    "[3, 2] where config.json asks for [4, 2]",
  ],
])("%s is refused by name", (_, open, why) => {
  expect(open).toThrow(
    expect.objectContaining({ code: "model/unsupported", message: expect.stringContaining(why) }),
  );
  expect(open).toThrow(/model\.safetensors/);
});
