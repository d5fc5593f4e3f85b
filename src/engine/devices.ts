import {
  SextantError,
  toSextantError,
  type Device,
  type DeviceChoice,
  type DeviceInfo,
  type EngineEvent,
  type LoadProgress,
  type ModelChoice,
} from "../contract/index.ts";
import type { EncoderPart, ModelPart } from "./parts.ts";

export interface Opened {
  readonly encoder: EncoderPart;
  readonly model: ModelChoice;
  readonly device: DeviceInfo;
}

/** What the person wants. */
export interface Wanted {
  readonly model: ModelChoice;
  readonly device: DeviceChoice;
}

export interface Reports {
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onEvent: (event: EngineEvent) => void;
}

/** Where a model is to be computed, and why. */
export interface Placement {
  readonly used: Device;
  readonly reason: string;
  /** WASM may stand in when this device fails. */
  readonly replaceable: boolean;
}

/**
 * Chooses the device: what was asked for, or under `auto` a hardware GPU, and WASM otherwise.
 *
 * Throws: `gpu/unavailable` when WebGPU was asked for by name and there is none.
 */
export async function placeModel(model: ModelPart, asked: DeviceChoice): Promise<Placement> {
  if (asked === "wasm") return { used: "wasm", reason: "You chose WASM.", replaceable: false };
  const gpu = await model.probe();
  if (asked === "webgpu") {
    if (!gpu)
      throw new SextantError(
        "gpu/unavailable",
        "This browser offers no WebGPU adapter: choose WASM, or switch WebGPU on in the browser.",
      );
    const note = gpu.software ? " It is a software adapter, slower than WASM." : "";
    return { used: "webgpu", reason: `You chose WebGPU.${note}`, replaceable: false };
  }
  if (!gpu) return { used: "wasm", reason: "This browser offers no WebGPU adapter.", replaceable: false };
  if (gpu.software)
    return {
      used: "wasm",
      reason: `The only WebGPU adapter (${gpu.adapter}) is software.`,
      replaceable: false,
    };
  return { used: "webgpu", reason: `WebGPU on ${gpu.adapter}.`, replaceable: true };
}

/** Opens the model on one device. Throws as `ModelPart.open`. */
export async function openOn(
  model: ModelPart,
  wanted: Wanted,
  { used, reason }: Pick<Placement, "used" | "reason">,
  { onProgress, onEvent }: Reports,
): Promise<Opened> {
  const encoder = await model.open(wanted.model, used, {
    onProgress,
    onFallback: (fallback) =>
      onEvent({ type: "degraded", what: "precision", code: "gpu/wrong-vectors", ...fallback }),
  });
  return { encoder, model: wanted.model, device: { ...encoder.device, asked: wanted.device, reason } };
}

/**
 * Opens the model where it was placed. A GPU that may be replaced and fails is told by a `degraded` event.
 *
 * Throws: `gpu/wrong-vectors` and its like when a device was asked for by name; `model/*`.
 */
export async function openDevice(
  model: ModelPart,
  wanted: Wanted,
  placement: Placement,
  reports: Reports,
): Promise<Opened> {
  try {
    return await openOn(model, wanted, placement, reports);
  } catch (error) {
    const { code, message } = toSextantError(error);
    if (!placement.replaceable || !code.startsWith("gpu/")) throw error;
    const opened = await openOn(
      model,
      wanted,
      { used: "wasm", reason: `WebGPU failed: ${message}` },
      reports,
    );
    reports.onEvent({ type: "degraded", what: "device", from: "webgpu", to: "wasm", why: message, code });
    return opened;
  }
}
