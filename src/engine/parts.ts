import type { Urgency } from "../base/turns.ts";
import type {
  AddModelProgress,
  AddModelRequest,
  AddTextModelProgress,
  AddTextModelRequest,
  ChatMessage,
  Device,
  DeviceChoice,
  DeviceInfo,
  Generated,
  GeneratedPart,
  TextModelEntry,
  Dtype,
  HubSettings,
  LoadProgress,
  ModelCheck,
  ModelChoice,
  ModelEntry,
  ModelInfo,
  Storage,
} from "../contract/index.ts";

/** What the engine needs of an opened model; the model room's `Encoder` is one. */
export interface EncoderPart {
  readonly info: ModelInfo;
  readonly device: Omit<DeviceInfo, "asked" | "reason">;
  /** What it is computed on, for kernels that share it; it ends with the encoder. null on WASM. */
  readonly gpuDevice: GPUDevice | null;
  /** Vectors f32[texts, dim] in input order; instructions already in front. */
  encode(
    texts: readonly string[],
    options: { readonly limitTokens: number; readonly urgency: Urgency; readonly signal?: AbortSignal },
  ): Promise<{ readonly vectors: Float32Array; readonly tokens: number }>;
  /** Gets everything ready that a first text would wait for; texts that come meanwhile go before. */
  warm(signal?: AbortSignal): Promise<void>;
  countTokens(texts: readonly string[]): readonly number[];
  /** Compares it with its reference. Throws: `search/no-vectors` when it has no vectors. */
  check(): Promise<ModelCheck>;
  close(): Promise<void>;
}

/** A precision that was tried and gave wrong vectors, so that another is in use. */
export interface PrecisionFallback {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export interface OpenReports {
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onFallback: (fallback: PrecisionFallback) => void;
}

/** The models on this device and how an encoder comes of one: the model room in the product, a small fake in tests. */
export interface ModelPart {
  /** What is used until the person chooses. */
  readonly bundled: ModelChoice;
  /** The GPU that could be used; null when the browser offers none. */
  probe(): Promise<{ readonly adapter: string; readonly software: boolean } | null>;
  /** What the opened model will say of itself; null where it has no vectors. Throws: `model/*`. */
  info(choice: ModelChoice): Promise<ModelInfo | null>;
  /**
   * Opens the model and compares its vectors on this device with the reference.
   *
   * Throws: `gpu/unavailable`, `gpu/lost`, `gpu/wrong-vectors`, `gpu/out-of-memory`, `model/*`.
   */
  open(choice: ModelChoice, device: Device, reports: OpenReports): Promise<EncoderPart>;
  list(): Promise<readonly ModelEntry[]>;
  add(
    request: AddModelRequest,
    context: { readonly signal: AbortSignal; readonly emit: (progress: AddModelProgress) => void },
  ): Promise<ModelChoice>;
  remove(modelId: string, what?: Dtype | "original"): Promise<void>;
  /** Language models of this device; absent where nothing runs them, as in Node. */
  readonly text?: TextPart;
  /** Changes what is given. */
  hub(settings: { readonly endpoint?: string; readonly token?: string }): HubSettings;
}

/** What the engine needs of language models on this device; the model room's `TextModels` is one. */
export interface TextPart {
  list(): Promise<readonly TextModelEntry[]>;
  add(
    request: AddTextModelRequest,
    context: { readonly signal: AbortSignal; readonly emit: (progress: AddTextModelProgress) => void },
  ): Promise<TextModelEntry>;
  remove(id: string): Promise<void>;
  generate(
    id: string,
    messages: readonly ChatMessage[],
    options: {
      readonly maxTokens?: number | undefined;
      readonly signal: AbortSignal;
      readonly onPart: (part: GeneratedPart) => void;
    },
  ): Promise<Generated>;
  close(): void;
}

export interface EngineParts {
  readonly storage: Storage;
  readonly model: ModelPart;
  /** Overrides the stored choice of device. */
  readonly device?: DeviceChoice | null;
  readonly adaptation?: {
    /** How long nothing must have changed before a collection is learned from; default 3 s. */
    readonly quietMs?: number;
    /** How often what was learned so far is stored; default 4 s. */
    readonly keepMs?: number;
  };
}
