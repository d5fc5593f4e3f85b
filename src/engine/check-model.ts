import type { ModelCheck } from "../contract/index.ts";
import {
  inspectParity,
  leastCosine,
  type OpenedEncoder,
  type PublishedSimilarities,
} from "../model/index.ts";
import { instructionOf } from "../tasks/index.ts";

type Checked = Pick<OpenedEncoder, "encode" | "countTokens" | "info" | "device" | "reference">;

/** Compares an open model with its reference, and with what its authors printed where they did. */
export async function checkModel(
  encoder: Checked,
  published: PublishedSimilarities | null,
): Promise<ModelCheck> {
  const texts = await inspectParity(encoder, encoder.reference);
  return {
    texts,
    lowestCosine: Math.min(...texts.map(({ cosine }) => cosine)),
    leastCosine: leastCosine(encoder.device.dtype, encoder.device.arithmetic),
    published: published && (await comparePublished(encoder, published)),
  };
}

async function comparePublished(
  encoder: Checked,
  { task, queries, keys, expected }: PublishedSimilarities,
): Promise<ModelCheck["published"]> {
  const { dim, maxTokens, prefixes } = encoder.info;
  const texts = [
    ...queries.map((text) => instructionOf(prefixes, task, "query") + text),
    ...keys.map((text) => instructionOf(prefixes, task, "key") + text),
  ];
  const { vectors } = await encoder.encode(texts, { limitTokens: maxTokens, urgency: "now" });
  const rows = texts.map((_, row) => vectors.subarray(row * dim, (row + 1) * dim));
  const inner = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const found = rows
    .slice(0, queries.length)
    .map((query) => rows.slice(queries.length).map((key) => inner(query, key)));
  const differences = found.flatMap((row, q) =>
    row.map((value, k) => Math.abs(value - (expected[q]?.[k] ?? 0))),
  );
  return { task, expected, found, largestDifference: Math.max(...differences) };
}
