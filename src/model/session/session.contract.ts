import { expect } from "vitest";
import { drawTensor } from "../../../tools/random-bert/draw-tensor.ts";
import { planTensors } from "../../../tools/random-bert/shape.ts";
import { createRng } from "../../base/rng.ts";
import type { BertConfig } from "../convert/graphs/bert-config.ts";
import { buildBert } from "../convert/graphs/bert.ts";
import { createMemoryCheckpoint } from "../convert/testing/memory-checkpoint.ts";
import { storeInMemory } from "../convert/testing/store-in-memory.ts";
import { probeGpu } from "./gpu.ts";
import type { Runtime } from "./runtime.ts";
import { openSession, type EncoderSession, type TokenBatch } from "./session.ts";

/** The longest row of the random model. */
export const POSITIONS = 96;

const CONFIG: BertConfig = {
  hidden: 64,
  layers: 2,
  heads: 2,
  intermediate: 128,
  vocabulary: 50,
  positions: POSITIONS,
  epsilon: 1e-12,
};

/** Two rows: one fills the length, one ends after a few tokens. */
export function batchOf(length: number): TokenBatch {
  const rng = createRng(length);
  const ids = Int32Array.from({ length: 2 * length }, () => Math.floor(rng() * CONFIG.vocabulary));
  return { rows: 2, length, ids, mask: new Float32Array(2 * length).fill(1, 0, length + 5) };
}

/** Compiles a random BERT of 2 layers and 64 dimensions; null computes on the CPU. */
export async function openRandomSession(
  runtime: Runtime,
  device: GPUDevice | null,
  pooling: "mean" | "cls" = "mean",
): Promise<EncoderSession> {
  const checkpoint = createMemoryCheckpoint(
    planTensors(CONFIG).map((plan) => ({ ...plan, values: () => drawTensor(plan, 5) })),
  );
  const model = buildBert({
    config: CONFIG,
    weights: await storeInMemory({ config: CONFIG, checkpoint, dtype: "fp32" }),
    pooling,
    similarity: "cosine",
    arithmetic: "float32",
    device: "webgpu",
  });
  return openSession(runtime, model, device);
}

export async function openDevice(): Promise<GPUDevice> {
  const gpu = await probeGpu();
  if (gpu === null) throw new Error("this test needs a WebGPU adapter");
  return gpu.device;
}

export function expectAgreement(found: Float32Array, expected: Float32Array): void {
  for (let row = 0; row < 2; row++) {
    const part = (all: Float32Array) => [...all.subarray(row * CONFIG.hidden, (row + 1) * CONFIG.hidden)];
    const cosine = part(found).reduce((sum, value, i) => sum + value * (part(expected)[i] ?? Number.NaN), 0);
    expect(cosine).toBeGreaterThan(0.99999);
  }
}

/** The first run of a GPU session waits for its pipelines inside the runtime; what the CPU does in between is right. */
export async function expectAnswersBeside(runtime: Runtime, onGpu: EncoderSession): Promise<void> {
  const batch = batchOf(32);
  const onCpu = await openRandomSession(runtime, null);
  const expected = await onCpu.run(batch);
  let isCompiling = true;
  const first = onGpu.run(batch).finally(() => (isCompiling = false));
  const another = await openRandomSession(runtime, null);
  expect(await another.run(batch)).toEqual(expected);
  await another.close();
  let answers = 0;
  while (isCompiling) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await onCpu.run(batch)).toEqual(expected);
    answers++;
  }
  expect(answers).toBeGreaterThan(3);
  await onCpu.close();
  expectAgreement(await first, expected);
}
