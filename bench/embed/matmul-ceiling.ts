import { createGraph } from "../../src/model/convert/onnx/graph.ts";
import { loadRuntime } from "../../src/model/session/runtime.ts";
import type { BertConfig, Gpu } from "../../src/model/index.ts";

export interface MatmulCeiling {
  /** Rows, inner and outer size of the product. */
  readonly shape: readonly [number, number, number];
  readonly runs: number;
  /** Multiply-adds count twice. */
  readonly flopsPerSecond: number;
}

const ROWS = 4096;
const RUNS = 50;

/**
 * How fast the runtime multiplies on this device what the model multiplies most: f32[4096, hidden] with the widest
 * matrix, results left on the GPU.
 */
export async function measureMatmulCeiling(
  { hidden, intermediate }: BertConfig,
  { device }: Gpu,
): Promise<MatmulCeiling> {
  const g = createGraph("matmul");
  const x = g.input("x", "float32", [ROWS, hidden]);
  const matrix = g.constant(
    new Float32Array(hidden * intermediate).fill(0.01),
    [hidden, intermediate],
    "matrix",
  );
  g.output("y", g.node("MatMul", [x, matrix]), "float32", [ROWS, intermediate]);
  const { onnx, weights } = g.build();
  const runtime = await loadRuntime(1);
  const session = await runtime.InferenceSession.create(onnx, {
    executionProviders: [{ name: "webgpu", device }],
    externalData: weights,
    preferredOutputLocation: "gpu-buffer",
  });
  const feeds = {
    x: new runtime.Tensor("float32", new Float32Array(ROWS * hidden).fill(0.5), [ROWS, hidden]),
  };
  const run = async (times: number): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < times; i++) (await session.run(feeds))["y"]?.dispose();
    await device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  };
  await run(3);
  const tookMs = await run(RUNS);
  await session.release();
  return {
    shape: [ROWS, hidden, intermediate],
    runs: RUNS,
    flopsPerSecond: (2 * ROWS * hidden * intermediate * RUNS * 1000) / tookMs,
  };
}

/** What one token of a text of `length` tokens costs in the linear layers and in attention, multiply-adds twice. */
export function flopsPerToken({ layers, hidden, intermediate }: BertConfig, length: number): number {
  return layers * (2 * (4 * hidden * hidden + 2 * hidden * intermediate) + 4 * length * hidden);
}
