import { beforeAll, describe, expect, test } from "vitest";
import { drawTensor } from "../../../../tools/random-bert/draw-tensor.ts";
import { planTensors } from "../../../../tools/random-bert/shape.ts";
import { createRng } from "../../../base/rng.ts";
import type { Arithmetic, Dtype, Pooling, Similarity } from "../../../contract/index.ts";
import { fillBatch } from "../../embed/batches.ts";
import { loadRuntime } from "../../session/runtime.ts";
import { openSession } from "../../session/session.ts";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { computeInFloat64 } from "../testing/float64-bert.ts";
import { createMemoryCheckpoint } from "../testing/memory-checkpoint.ts";
import { storeInMemory } from "../testing/store-in-memory.ts";
import { buildBert } from "./bert.ts";
import type { BertConfig } from "./bert-config.ts";

const CONFIG: BertConfig = {
  hidden: 128,
  layers: 2,
  heads: 4,
  intermediate: 512,
  vocabulary: 300,
  positions: 128,
  epsilon: 1e-12,
};

export interface GraphCase {
  readonly dtype: Dtype;
  readonly arithmetic: Arithmetic;
  readonly pooling: Pooling;
  readonly similarity?: Similarity;
  /** Lowest cosine with the published weights' vectors in float64. */
  readonly leastCosine: number;
}

export function randomCheckpoint(config: BertConfig): Checkpoint {
  return createMemoryCheckpoint(
    planTensors(config).map((plan) => ({ ...plan, values: () => drawTensor(plan, 7) })),
  );
}

export function randomTexts(config: BertConfig, lengths: readonly number[]): number[][] {
  const rng = createRng(11);
  return lengths.map((length) => Array.from({ length }, () => Math.floor(rng() * config.vocabulary)));
}

/** What is compiled: a published checkpoint and its sizes. */
export interface GraphModel {
  readonly config: BertConfig;
  readonly checkpoint: Checkpoint;
}

/** Converts a model and compiles it for a device, null for the CPU. */
export async function openGraph(
  { config, checkpoint }: GraphModel,
  graphCase: Omit<GraphCase, "leastCosine">,
  device: GPUDevice | null,
) {
  const { dtype, arithmetic, pooling, similarity = "cosine" } = graphCase;
  const weights = await storeInMemory({ config, checkpoint, dtype });
  const used = device === null ? "wasm" : "webgpu";
  const graph = buildBert({ config, weights, pooling, similarity, arithmetic, device: used });
  return openSession(await loadRuntime(1), graph, device);
}

/** Runs all texts in one batch, so that all but the longest are padded, and holds each against its expected vector. */
export async function expectVectors(
  model: GraphModel,
  texts: readonly (readonly number[])[],
  expected: readonly Float64Array[],
  graphCase: GraphCase,
  device: GPUDevice | null,
): Promise<void> {
  const { hidden } = model.config;
  const session = await openGraph(model, graphCase, device);
  const length = Math.max(...texts.map((ids) => ids.length));
  const vectors = await session.run(fillBatch({ members: [...texts.keys()], length }, texts));
  await session.close();
  const cosines = expected.map((wanted, row) => {
    const found = [...vectors.subarray(row * hidden, (row + 1) * hidden)];
    const [size, wantedSize] = [Math.hypot(...found), Math.hypot(...wanted)];
    expect(size / (graphCase.similarity === "inner-product" ? wantedSize : 1)).toBeCloseTo(1, 5);
    return found.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0) / size / wantedSize;
  });
  expect(Math.min(...cosines)).toBeGreaterThanOrEqual(graphCase.leastCosine);
}

/** What every stored precision must give on a device, against plain loops in float64 over the published weights. */
export function testGraphs(cases: readonly GraphCase[], openDevice: () => Promise<GPUDevice | null>): void {
  describe("a random BERT of 2 layers and 128 dimensions", () => {
    // Kernels differ from 32 and from 64 tokens on.
    const texts = randomTexts(CONFIG, [3, 9, 40, 100]);
    const model = { config: CONFIG, checkpoint: randomCheckpoint(CONFIG) };
    const expected = new Map<Pooling, Float64Array[]>();
    let device: GPUDevice | null = null;
    beforeAll(async () => {
      device = await openDevice();
      for (const pooling of ["cls", "mean"] as const)
        expected.set(pooling, await computeInFloat64(model.checkpoint, CONFIG, texts, pooling));
      return () => device?.destroy();
    }, 60_000);

    test.each(cases)("$dtype in $arithmetic, $pooling", { timeout: 120_000 }, async (graphCase) => {
      await expectVectors(model, texts, expected.get(graphCase.pooling) ?? [], graphCase, device);
    });
  });
}

/** Lowest on WASM (Node): fp32 1.000000, fp16 0.9999998, q8 0.99990 (0.99971 in 8-bit products), q4 0.9827. */
const LEAST = { fp32: 0.99999, fp16: 0.99999, q8: 0.999, q4: 0.98 } as const;

const FLOAT32: readonly GraphCase[] = (["fp32", "fp16", "q8", "q4"] as const).map((dtype) => ({
  dtype,
  arithmetic: "float32",
  pooling: "cls",
  leastCosine: LEAST[dtype],
}));

export const GPU_CASES: readonly GraphCase[] = [
  ...FLOAT32,
  { dtype: "fp32", arithmetic: "float32", pooling: "mean", leastCosine: LEAST.fp32 },
];

export const CPU_CASES: readonly GraphCase[] = [
  ...GPU_CASES,
  { dtype: "fp32", arithmetic: "float32", pooling: "cls", similarity: "inner-product", leastCosine: 0.99999 },
  {
    dtype: "fp32",
    arithmetic: "float32",
    pooling: "mean",
    similarity: "inner-product",
    leastCosine: 0.99999,
  },
  { dtype: "q8", arithmetic: "int8", pooling: "cls", leastCosine: 0.999 },
  { dtype: "q8", arithmetic: "int8", pooling: "mean", leastCosine: 0.999 },
  { dtype: "fp16", arithmetic: "float16", pooling: "cls", leastCosine: 0.9999 },
  { dtype: "q4", arithmetic: "float16", pooling: "mean", leastCosine: LEAST.q4 },
];
