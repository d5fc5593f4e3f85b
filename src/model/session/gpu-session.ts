import type { InferenceSession } from "onnxruntime-web/webgpu";
import { createTurns } from "../../base/turns.ts";
import type { BuiltModel } from "../convert/onnx/graph.ts";
import { createInputs, createOutputs } from "./gpu-buffers.ts";
import { attemptOnGpu } from "./gpu-faults.ts";
import { orLost, watchLoss } from "./gpu-loss.ts";
import type { Runtime } from "./runtime.ts";
import type { EncoderSession, TokenBatch } from "./session.ts";

/**
 * One call at a time is inside ONNX Runtime for the GPU, of all its sessions: a call that waits there leaves its stack
 * frames in the module's memory, and a second one that waits too overwrites them (1.30.0: overlapping runs of one
 * session never return; opening a session while a run of another waits ends in `memory access out of bounds`). A CPU
 * run that comes between is no harm, since it does not wait.
 */
const entering = createTurns();

/**
 * Compiles a model for a GPU device, which stays the caller's.
 *
 * A second batch is queued while the first is computed and read back: its ids lie in buffers that stay, written in the
 * queue's order, and its vectors are copied to where the CPU can map them.
 *
 * Cost: one GPU→CPU map a batch.
 */
export async function openGpuSession(
  runtime: Runtime,
  model: BuiltModel,
  device: GPUDevice,
): Promise<EncoderSession> {
  const lost = watchLoss(device);
  const session = await orLost(
    lost,
    entering.take("now", () => compile(runtime, model, device)),
  );
  const inputs = createInputs(runtime, device);
  const outputs = createOutputs(device);

  async function queue(batch: TokenBatch): Promise<() => Promise<Float32Array>> {
    const { vectors } = await session.run(inputs.write(batch));
    if (vectors?.location !== "gpu-buffer") throw new TypeError("the graph gave no vectors on the GPU");
    const read = outputs.read(vectors.gpuBuffer, vectors.size * Float32Array.BYTES_PER_ELEMENT);
    vectors.dispose();
    return read;
  }

  async function compute(batch: TokenBatch): Promise<Float32Array> {
    const { value: read, accepted } = await entering.take("now", () =>
      attemptOnGpu(device, () => queue(batch)),
    );
    const [rows] = await Promise.all([read(), accepted]);
    return rows;
  }

  return {
    runsAtOnce: 2,
    run: (batch) => orLost(lost, compute(batch)),
    async close() {
      await entering.take("now", () => session.release());
      inputs.close();
      outputs.close();
    },
  };
}

async function compile(runtime: Runtime, model: BuiltModel, device: GPUDevice): Promise<InferenceSession> {
  const { value: session, accepted } = await attemptOnGpu(device, () =>
    runtime.InferenceSession.create(model.onnx, {
      // As an object, because options beside a plain name are ignored without a word. Its own validation would wait
      // for the GPU process at the end of every run; `attemptOnGpu` hears the same while the next batch is queued.
      executionProviders: [{ name: "webgpu", device, validationMode: "disabled" }],
      externalData: model.weights,
      graphOptimizationLevel: "all",
      preferredOutputLocation: "gpu-buffer",
    }),
  );
  try {
    await accepted;
    return session;
  } catch (error) {
    await session.release();
    throw error;
  }
}
