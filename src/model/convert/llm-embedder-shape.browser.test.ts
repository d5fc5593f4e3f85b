import { test } from "vitest";
import { drawTensor } from "../../../tools/random-bert/draw-tensor.ts";
import { LLM_EMBEDDER_SHAPE, planTensors } from "../../../tools/random-bert/shape.ts";
import { blobSource } from "../../base/byte-source.ts";
import type { Dtype } from "../../contract/index.ts";
import { openCheckpoint } from "./checkpoint/open-checkpoint.ts";
import { createFileSink } from "./checkpoint/testing/file-sink.ts";
import { writeSafetensors } from "./checkpoint/testing/write-safetensors.ts";
import { writeTorchCheckpoint } from "./checkpoint/testing/write-torch-checkpoint.ts";
import { expectVectors, randomTexts } from "./graphs/bert.contract.ts";
import { computeInFloat64 } from "./testing/float64-bert.ts";

const CONFIG = { ...LLM_EMBEDDER_SHAPE, epsilon: 1e-12 };
const TENSORS = planTensors(CONFIG, "initial").map(
  (plan) => ({ ...plan, dtype: "F32", values: () => drawTensor(plan, 1) }) as const,
);
/** Short, because the oracle takes a quarter of a second a token. */
const TEXTS = randomTexts(CONFIG, [2, 6]);

/**
 * Lowest in Node over texts of 3, 9 and 24 tokens: fp32 and fp16 1.000000, q8 0.99972, q4 0.98703.
 *
 * With matrices that are spread as trained ones, each branch of a layer weighs as much as what it is added to, and no
 * structure makes roundings cancel: q8 0.99897, q4 0.911 after twelve layers. docs/quantisation.md has trained weights.
 */
const LEAST = { fp32: 0.99999, fp16: 0.99999, q8: 0.999, q4: 0.98 } as const satisfies Record<Dtype, number>;

let expected: Float64Array[] | undefined;

const published = {
  "model.safetensors": writeSafetensors,
  "pytorch_model.bin": writeTorchCheckpoint,
} as const;
type PublishedPath = keyof typeof published;

/** 438 MB as a person picks them. */
async function publish(path: PublishedPath) {
  const sink = createFileSink();
  await published[path](sink, TENSORS);
  const source = blobSource(sink.file());
  return openCheckpoint({
    list: () => Promise.resolve([{ path, sizeBytes: source.sizeBytes }]),
    open: () => Promise.resolve(source),
  });
}

/** Each file is made once, each precision from one of them: that both give the same file is held at a small shape. */
test.each([
  ["model.safetensors", ["fp32", "q8"]],
  ["pytorch_model.bin", ["fp16", "q4"]],
] as const)("from %s as %j: what float64 gives", { timeout: 240_000 }, async (path, dtypes) => {
  const checkpoint = await publish(path);
  expected ??= await computeInFloat64(checkpoint, CONFIG, TEXTS, "cls");
  for (const dtype of dtypes) {
    const arithmetic = dtype === "q8" ? "int8" : "float32";
    const graphCase = { dtype, arithmetic, pooling: "cls", leastCosine: LEAST[dtype] } as const;
    await expectVectors({ config: CONFIG, checkpoint }, TEXTS, expected, graphCase, null);
  }
});
