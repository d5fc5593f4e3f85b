import type { BuiltModel } from "../convert/onnx/graph.ts";
import { openGpuSession } from "./gpu-session.ts";
import { withinMemory } from "./memory-error.ts";
import type { Runtime } from "./runtime.ts";

/** Token ids of equally long rows; padding is 0 in `ids` and `mask`. */
export interface TokenBatch {
  readonly rows: number;
  readonly length: number;
  readonly ids: Int32Array<ArrayBuffer>;
  readonly mask: Float32Array<ArrayBuffer>;
}

/** A compiled graph. */
export interface EncoderSession {
  /** So many runs may be under way; more would only wait. */
  readonly runsAtOnce: number;
  /**
   * Unit vectors f32[rows, dim]; computed in the order of the calls.
   *
   * Throws: `gpu/lost` when the device is gone, `gpu/out-of-memory`, `gpu/wrong-vectors` when it refuses a step.
   */
  run(batch: TokenBatch): Promise<Float32Array>;
  /** When no run is under way. */
  close(): Promise<void>;
}

/** Compiles a model for the CPU, or for the given GPU device. Throws: `model/too-large` and as `EncoderSession.run`. */
export function openSession(
  runtime: Runtime,
  model: BuiltModel,
  device: GPUDevice | null,
): Promise<EncoderSession> {
  return device === null ? openCpuSession(runtime, model) : openGpuSession(runtime, model, device);
}

async function openCpuSession(runtime: Runtime, model: BuiltModel): Promise<EncoderSession> {
  const session = await withinMemory(
    runtime.InferenceSession.create(model.onnx, {
      executionProviders: ["wasm"],
      externalData: model.weights,
      graphOptimizationLevel: "all",
    }),
  );

  async function compute({ rows, length, ids, mask }: TokenBatch): Promise<Float32Array> {
    const { vectors } = await session.run({
      ids: new runtime.Tensor("int32", ids, [rows, length]),
      mask: new runtime.Tensor("float32", mask, [rows, length]),
      positions: new runtime.Tensor(
        "int32",
        Int32Array.from({ length }, (_, i) => i),
        [length],
      ),
    });
    const data = await vectors?.getData(true);
    if (data instanceof Float32Array) return data;
    throw new TypeError("the graph gave no float32 vectors");
  }

  return {
    runsAtOnce: 1,
    run: (batch) => withinMemory(compute(batch)),
    close: () => session.release(),
  };
}
