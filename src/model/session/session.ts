import type { InferenceSession } from "onnxruntime-web/webgpu";
import { SextantError } from "../../contract/index.ts";
import type { BuiltModel } from "../convert/onnx/graph.ts";
import type { Runtime } from "./runtime.ts";

/** Token ids of equally long rows; padding is 0 in `ids` and `mask`. */
export interface TokenBatch {
  readonly rows: number;
  readonly length: number;
  readonly ids: Int32Array;
  readonly mask: Float32Array;
}

/** A compiled graph. Runs must not overlap. */
export interface EncoderSession {
  /** Unit vectors f32[rows, dim]. Throws: `gpu/lost` when the device is gone. */
  run(batch: TokenBatch): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Compiles a model for the CPU, or for the given GPU device. */
export async function openSession(
  runtime: Runtime,
  model: BuiltModel,
  device: GPUDevice | null,
): Promise<EncoderSession> {
  const lost = device === null ? null : watchLoss(device);
  const session = await orLost(
    lost,
    runtime.InferenceSession.create(model.onnx, {
      // As an object, because options beside a plain name are ignored without a word.
      executionProviders: device === null ? ["wasm"] : [{ name: "webgpu", device }],
      externalData: model.weights,
      graphOptimizationLevel: "all",
    }),
  );
  async function compute({ rows, length, ids, mask }: TokenBatch): Promise<Float32Array> {
    const feeds: InferenceSession.FeedsType = {
      ids: new runtime.Tensor("int32", ids, [rows, length]),
      mask: new runtime.Tensor("float32", mask, [rows, length]),
      positions: new runtime.Tensor(
        "int32",
        Int32Array.from({ length }, (_, i) => i),
        [length],
      ),
    };
    const { vectors } = await session.run(feeds);
    const data = await vectors?.getData(true);
    if (data instanceof Float32Array) return data;
    throw new TypeError("the graph gave no float32 vectors");
  }

  return {
    run: (batch) => orLost(lost, compute(batch)),
    close: () => session.release(),
  };
}

interface LossWatch {
  /** Rejects when the device goes; never resolves. */
  readonly promise: Promise<never>;
  error: SextantError | null;
}

function watchLoss(device: GPUDevice): LossWatch {
  const watch: { promise: Promise<never>; error: SextantError | null } = {
    error: null,
    promise: device.lost.then(({ reason, message }) => {
      watch.error = new SextantError(
        "gpu/lost",
        "The graphics processor was taken away while it was computing. Sextant starts it again; if that repeats, choose WASM as the device.",
        { reason, message },
      );
      throw watch.error;
    }),
  };
  watch.promise.catch(() => undefined);
  return watch;
}

/** Work on a lost device may hang or fail with any message; either way it is the loss that is reported. */
async function orLost<T>(watch: LossWatch | null, work: Promise<T>): Promise<T> {
  if (watch === null) return work;
  try {
    return await Promise.race([work, watch.promise]);
  } catch (error) {
    throw watch.error ?? error;
  }
}
