import {
  SextantError,
  toSextantError,
  type Device,
  type DeviceChoice,
  type DeviceInfo,
  type EngineEvent,
  type LoadProgress,
} from "../contract/index.ts";
import type { EncoderPart, ModelPart } from "./parts.ts";

export interface Opened {
  readonly encoder: EncoderPart;
  readonly device: DeviceInfo;
}

interface Reports {
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onEvent: (event: EngineEvent) => void;
}

async function openOn(
  model: ModelPart,
  used: Device,
  asked: DeviceChoice,
  reason: string,
  onProgress: Reports["onProgress"],
): Promise<Opened> {
  const encoder = await model.open(used, onProgress);
  return { encoder, device: { ...encoder.device, asked, reason } };
}

/**
 * Chooses the device: what was asked for, or under `auto` a hardware GPU where its vectors are right, and WASM
 * otherwise. A GPU that was there and failed is told by a `degraded` event.
 *
 * Throws: `gpu/unavailable`, `gpu/wrong-vectors` when a device was asked for by name; `model/*`.
 */
export async function openDevice(model: ModelPart, asked: DeviceChoice, reports: Reports): Promise<Opened> {
  const { onProgress, onEvent } = reports;
  if (asked === "wasm") return openOn(model, "wasm", asked, "You chose WASM.", onProgress);
  const gpu = await model.probe();
  if (asked === "webgpu") {
    if (!gpu)
      throw new SextantError(
        "gpu/unavailable",
        "This browser offers no WebGPU adapter: choose WASM, or switch WebGPU on in the browser.",
      );
    const note = gpu.software ? " It is a software adapter, slower than WASM." : "";
    return openOn(model, "webgpu", asked, `You chose WebGPU.${note}`, onProgress);
  }
  if (!gpu) return openOn(model, "wasm", asked, "This browser offers no WebGPU adapter.", onProgress);
  if (gpu.software)
    return openOn(model, "wasm", asked, `The only WebGPU adapter (${gpu.adapter}) is software.`, onProgress);
  try {
    return await openOn(model, "webgpu", asked, `WebGPU on ${gpu.adapter}.`, onProgress);
  } catch (error) {
    const { code, message } = toSextantError(error);
    if (!code.startsWith("gpu/")) throw error;
    const opened = await openOn(model, "wasm", asked, `WebGPU failed: ${message}`, onProgress);
    onEvent({ type: "degraded", what: "device", from: "webgpu", to: "wasm", why: message, code });
    return opened;
  }
}
