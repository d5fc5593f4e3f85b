import { expect, test, vi } from "vitest";
import { drawTensor } from "../../../tools/random-bert/draw-tensor.ts";
import { planTensors } from "../../../tools/random-bert/shape.ts";
import { createRng } from "../../base/rng.ts";
import type { BertConfig } from "../convert/graphs/bert-config.ts";
import { buildBert } from "../convert/graphs/bert.ts";
import { createMemoryCheckpoint } from "../convert/testing/memory-checkpoint.ts";
import { storeInMemory } from "../convert/testing/store-in-memory.ts";
import { probeGpu } from "./gpu.ts";
import { loadRuntime } from "./runtime.ts";
import { openSession, type TokenBatch } from "./session.ts";

const config: BertConfig = {
  hidden: 64,
  layers: 2,
  heads: 2,
  intermediate: 128,
  vocabulary: 50,
  positions: 96,
  epsilon: 1e-12,
};

const checkpoint = createMemoryCheckpoint(
  planTensors(config).map((plan) => ({ ...plan, values: () => drawTensor(plan, 5) })),
);

/** One row fills the length, one ends after a few tokens. */
function batchOf(length: number): TokenBatch {
  const rng = createRng(length);
  const ids = Int32Array.from({ length: 2 * length }, () => Math.floor(rng() * config.vocabulary));
  return { rows: 2, length, ids, mask: new Float32Array(2 * length).fill(1, 0, length + 5) };
}

async function openBoth(pooling: "mean" | "cls") {
  const gpu = await probeGpu();
  if (gpu === null) throw new Error("this test needs a WebGPU adapter");
  const runtime = await loadRuntime(1);
  const model = buildBert({
    config,
    weights: await storeInMemory({ config, checkpoint, dtype: "fp32" }),
    pooling,
    similarity: "cosine",
    arithmetic: "float32",
    device: "webgpu",
  });
  return {
    device: gpu.device,
    onGpu: await openSession(runtime, model, gpu.device),
    onCpu: await openSession(runtime, model, null),
  };
}

test.each(["mean", "cls"] as const)("%s: GPU and CPU agree on short and on long texts", async (pooling) => {
  const { onGpu, onCpu, device } = await openBoth(pooling);
  for (const length of [8, 32, 96]) {
    const batch = batchOf(length);
    const [a, b] = [await onGpu.run(batch), await onCpu.run(batch)];
    for (let row = 0; row < 2; row++) {
      const part = (all: Float32Array) => [...all.subarray(row * config.hidden, (row + 1) * config.hidden)];
      const cosine = part(a).reduce((sum, value, i) => sum + value * (part(b)[i] ?? Number.NaN), 0);
      expect(cosine).toBeGreaterThan(0.99999);
    }
  }
  await onGpu.close();
  await onCpu.close();
  device.destroy();
});

test("subgroups are only asked for where attention is right with them", async () => {
  const gpu = await probeGpu();
  const { subgroupMinSize = 0 } = gpu?.device.adapterInfo ?? {};
  expect(gpu?.device.features.has("subgroups")).toBe(subgroupMinSize >= 16);
  gpu?.device.destroy();
});

test("only the vectors are read back, and a device that goes is reported as lost; the next one works", async () => {
  const { onGpu, device } = await openBoth("mean");
  await onGpu.run(batchOf(32));
  const maps = vi.spyOn(GPUBuffer.prototype, "mapAsync");
  await onGpu.run(batchOf(32));
  expect(maps).toHaveBeenCalledTimes(1);
  maps.mockRestore();
  device.destroy();
  await expect(onGpu.run(batchOf(32))).rejects.toMatchObject({ code: "gpu/lost" });
  await onGpu.close();

  const next = await openBoth("mean");
  expect((await next.onGpu.run(batchOf(32))).every(Number.isFinite)).toBe(true);
  await next.onGpu.close();
  next.device.destroy();
});
