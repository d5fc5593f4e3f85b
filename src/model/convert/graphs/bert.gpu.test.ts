import { expect, test, vi } from "vitest";
import { probeGpu } from "../../session/gpu.ts";
import { computeInFloat64 } from "../testing/float64-bert.ts";
import type { BertConfig } from "./bert-config.ts";
import {
  expectVectors,
  GPU_CASES,
  openGraph,
  randomCheckpoint,
  randomTexts,
  testGraphs,
} from "./bert.contract.ts";

async function openDevice(): Promise<GPUDevice> {
  const gpu = await probeGpu();
  if (gpu === null) throw new Error("this test needs a WebGPU adapter");
  return gpu.device;
}

testGraphs(GPU_CASES, openDevice);

const FP32 = { dtype: "fp32", arithmetic: "float32", pooling: "cls", leastCosine: 0.99999 } as const;

test("a single short query of a width for which the normalisation kernel splits its row", async () => {
  const config: BertConfig = {
    hidden: 512,
    layers: 1,
    heads: 8,
    intermediate: 512,
    vocabulary: 50,
    positions: 64,
    epsilon: 1e-12,
  };
  const texts = randomTexts(config, [16]);
  const device = await openDevice();
  const checkpoint = randomCheckpoint(config);
  const expected = await computeInFloat64(checkpoint, config, texts, "cls");
  await expectVectors({ config, checkpoint }, texts, expected, FP32, device);
  device.destroy();
});

test("twelve layers take at most 140 dispatches", async () => {
  const config: BertConfig = {
    hidden: 64,
    layers: 12,
    heads: 2,
    intermediate: 128,
    vocabulary: 50,
    positions: 64,
    epsilon: 1e-12,
  };
  const device = await openDevice();
  const session = await openGraph({ config, checkpoint: randomCheckpoint(config) }, FP32, device);
  const batch = { rows: 2, length: 64, ids: new Int32Array(128), mask: new Float32Array(128).fill(1) };
  await session.run(batch);
  const dispatches = vi.spyOn(GPUComputePassEncoder.prototype, "dispatchWorkgroups");
  await session.run(batch);
  expect(dispatches.mock.calls.length).toBeGreaterThan(100);
  expect(dispatches.mock.calls.length).toBeLessThanOrEqual(140);
  dispatches.mockRestore();
  await session.close();
  device.destroy();
});
