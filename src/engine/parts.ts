import type { Urgency } from "../base/turns.ts";
import type {
  Device,
  DeviceChoice,
  DeviceInfo,
  LoadProgress,
  ModelInfo,
  Storage,
} from "../contract/index.ts";

/** What the engine needs of an opened model; the model room's `Encoder` is one. */
export interface EncoderPart {
  readonly info: ModelInfo;
  readonly device: Omit<DeviceInfo, "asked" | "reason">;
  /** Unit vectors f32[texts, dim] in input order; instructions already in front. */
  encode(
    texts: readonly string[],
    options: { readonly limitTokens: number; readonly urgency: Urgency; readonly signal?: AbortSignal },
  ): Promise<{ readonly vectors: Float32Array; readonly tokens: number }>;
  countTokens(texts: readonly string[]): readonly number[];
  close(): Promise<void>;
}

/** How the engine comes by an encoder: the model room in the product, a small fake in tests. */
export interface ModelPart {
  /** The GPU that could be used; null when the browser offers none. */
  probe(): Promise<{ readonly adapter: string; readonly software: boolean } | null>;
  /**
   * Opens the model and compares its vectors on this device with the reference.
   *
   * Throws: `gpu/unavailable`, `gpu/lost`, `gpu/wrong-vectors`, `model/*`.
   */
  open(device: Device, onProgress: (progress: LoadProgress) => void): Promise<EncoderPart>;
}

export interface EngineParts {
  readonly storage: Storage;
  readonly model: ModelPart;
  /** Overrides the stored choice of device. */
  readonly device?: DeviceChoice | null;
}
