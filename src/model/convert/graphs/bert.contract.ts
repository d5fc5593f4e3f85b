import { beforeAll, describe, expect, test } from "vitest";
import { drawTensor } from "../../../../tools/random-bert/draw-tensor.ts";
import { planTensors } from "../../../../tools/random-bert/shape.ts";
import { createRng } from "../../../base/rng.ts";
import type { Arithmetic, Dtype, Pooling, Similarity } from "../../../contract/index.ts";
import { fillBatch } from "../../embed/batches.ts";
import { loadRuntime } from "../../session/runtime.ts";
import { openSession } from "../../session/session.ts";
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

const checkpoint = createMemoryCheckpoint(
  planTensors(CONFIG).map((plan) => ({ ...plan, values: () => drawTensor(plan, 7) })),
);

/** Several lengths in one batch, so that all but the longest are padded; above 32 and 64 the kernels differ. */
const rng = createRng(11);
const TEXTS = [3, 9, 40, 100].map((length) =>
  Array.from({ length }, () => Math.floor(rng() * CONFIG.vocabulary)),
);

export interface GraphCase {
  readonly dtype: Dtype;
  readonly arithmetic: Arithmetic;
  readonly pooling: Pooling;
  readonly similarity?: Similarity;
  /** Lowest cosine with the published weights' vectors in float64. */
  readonly leastCosine: number;
}

/** What every stored precision must give on a device, against plain loops in float64 over the published weights. */
export function testGraphs(cases: readonly GraphCase[], openDevice: () => Promise<GPUDevice | null>): void {
  describe("a random BERT of 2 layers and 128 dimensions", () => {
    const expected = new Map<Pooling, Float64Array[]>();
    let device: GPUDevice | null = null;
    beforeAll(async () => {
      device = await openDevice();
      for (const pooling of ["cls", "mean"] as const)
        expected.set(pooling, await computeInFloat64(checkpoint, CONFIG, TEXTS, pooling));
      return () => device?.destroy();
    }, 60_000);

    test.each(cases)(
      "$dtype in $arithmetic, $pooling",
      { timeout: 120_000 },
      async ({ dtype, arithmetic, pooling, similarity = "cosine", leastCosine }) => {
        const weights = await storeInMemory({ config: CONFIG, checkpoint, dtype });
        const used = device === null ? "wasm" : "webgpu";
        const graph = buildBert({ config: CONFIG, weights, pooling, similarity, arithmetic, device: used });
        const session = await openSession(await loadRuntime(1), graph, device);
        const length = Math.max(...TEXTS.map((ids) => ids.length));
        const vectors = await session.run(fillBatch({ members: [...TEXTS.keys()], length }, TEXTS));
        await session.close();

        const cosines: number[] = [];
        for (const [row, wanted] of (expected.get(pooling) ?? []).entries()) {
          const found = [...vectors.subarray(row * CONFIG.hidden, (row + 1) * CONFIG.hidden)];
          const [size, wantedSize] = [Math.hypot(...found), Math.hypot(...wanted)];
          const product = found.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0);
          cosines.push(product / size / wantedSize);
          expect(size / (similarity === "cosine" ? 1 : wantedSize)).toBeCloseTo(1, 5);
        }
        expect(Math.min(...cosines)).toBeGreaterThanOrEqual(leastCosine);
      },
    );
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
