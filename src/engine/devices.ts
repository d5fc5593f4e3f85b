import {
  isSextantError,
  SextantError,
  toSextantError,
  type ErrorCode,
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

const GPU_FAULTS: readonly ErrorCode[] = [
  "gpu/lost",
  "gpu/out-of-memory",
  "gpu/wrong-vectors",
  "vectors/nan",
];

/** Whether work failed because of the device, so that it may succeed on another. */
export function isGpuFault(error: unknown, { device }: EncoderPart): error is SextantError {
  return device.used === "webgpu" && GPU_FAULTS.some((code) => isSextantError(error, code));
}

/**
 * Opens the model again after its GPU failed in the middle of work, and tells it by an event. A GPU that went away is
 * tried again once; after that, and after any other fault, WASM takes its place where the device was left to us.
 *
 * Throws: the fault itself when WebGPU was asked for by name; as `openDevice`.
 */
export async function reopen(
  model: ModelPart,
  wanted: Wanted,
  fault: SextantError,
  isFirst: boolean,
  reports: Reports,
): Promise<Opened> {
  const { code, message: why } = fault;
  if (code === "gpu/lost" && isFirst) {
    const placement = await placeModel(model, wanted.device);
    if (placement.used === "webgpu") {
      const opened = await openDevice(model, wanted, placement, reports);
      if (opened.device.used === "webgpu")
        reports.onEvent({ type: "restarted", why: why.replace(/\.$/, "") });
      return opened;
    }
  }
  if (wanted.device !== "auto") throw fault;
  const opened = await openOn(model, wanted, { used: "wasm", reason: `WebGPU failed: ${why}` }, reports);
  reports.onEvent({ type: "degraded", what: "device", from: "webgpu", to: "wasm", why, code });
  return opened;
}
