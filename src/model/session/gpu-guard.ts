import { attemptOnGpu } from "./gpu-faults.ts";
import { orLost, watchLoss } from "./gpu-loss.ts";
import type { EncoderSession, TokenBatch } from "./session.ts";

/** Makes a session that another library runs on a GPU tell what goes wrong there as our own do. */
export function guardOnGpu(session: EncoderSession, device: GPUDevice): EncoderSession {
  const lost = watchLoss(device);
  const compute = async (batch: TokenBatch): Promise<Float32Array> => {
    const { value: vectors, accepted } = await attemptOnGpu(device, () => session.run(batch));
    await accepted;
    return vectors;
  };
  return { ...session, run: (batch) => orLost(lost, compute(batch)) };
}
