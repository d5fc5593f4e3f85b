import type { AdaptationStatus } from "./adaptation.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { Arithmetic, Dtype, Prefixes, Similarity } from "./models.ts";
import type { TaskId } from "./tasks.ts";

export type Device = "webgpu" | "wasm";
export type DeviceChoice = "auto" | Device;

/** The open model. */
export interface ModelInfo {
  readonly id: string;
  readonly name: string;
  /** Identifies the weights: vectors of different keys never meet. */
  readonly key: string;
  /** 0 for BM25: there are no vectors, only words. */
  readonly dim: number;
  readonly maxTokens: number;
  readonly similarity: Similarity;
  readonly prefixes: Prefixes;
  readonly sizeBytes: number;
  readonly licence: string;
  readonly languages: readonly string[];
}

export interface DeviceInfo {
  readonly asked: DeviceChoice;
  readonly used: Device;
  /** One sentence for people: why this device. */
  readonly reason: string;
  /** How the weights are stored. */
  readonly dtype: Dtype;
  readonly arithmetic: Arithmetic;
  /** GPU vendor and architecture as the browser tells them; null on wasm. */
  readonly adapter: string | null;
  readonly threads: number;
  /** Lowest cosine to the reference vectors on this device; null when it was not checked. */
  readonly parityCosine: number | null;
  readonly loadMs: number;
}

/** Measured on the latest indexing work of this visit; null before any. */
export interface Speed {
  readonly passagesPerSecond: number;
  readonly tokensPerSecond: number;
}

export interface StorageInfo {
  /** False only where memory was asked for by name (tests, evaluation). */
  readonly durable: boolean;
  readonly where: string;
  readonly schema: number;
  readonly databaseBytes: number;
  /** What the browser reports for the whole origin; null where it does not say. */
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  readonly persisted: boolean | null;
}

/** A source whose indexing was cut off, or an index that lacks passages. */
export interface PendingWork {
  readonly collectionId: number;
  readonly sourceId: number;
  readonly sourceName: string;
  readonly done: number;
  readonly total: number;
}

export interface EngineStatus {
  readonly model: ModelInfo;
  readonly device: DeviceInfo;
  readonly speed: Speed | null;
  readonly storage: StorageInfo;
  readonly pending: readonly PendingWork[];
}

export interface LoadProgress {
  readonly phase: "fetch" | "convert" | "compile" | "check";
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export type EngineEvent =
  | { readonly type: "loading"; readonly progress: LoadProgress }
  | { readonly type: "adaptation"; readonly status: AdaptationStatus }
  | { readonly type: "status"; readonly status: EngineStatus }
  /** What was loading could not be opened, and no model is open. */
  | { readonly type: "unopened"; readonly code: ErrorCode; readonly message: string }
  | {
      readonly type: "degraded";
      readonly what: "device" | "precision";
      readonly from: string;
      readonly to: string;
      readonly why: string;
      readonly code: ErrorCode;
    }
  /** All vectors of a collection are in memory now: a search that left some out can be asked again. */
  | { readonly type: "corpus-loaded"; readonly collectionId: number; readonly task: TaskId }
  /** Collections, sources or passages are other ones now, through this tab or another. */
  | { readonly type: "changed" }
  /** A worker or the GPU was gone and another has taken its place; what was asked of it is asked again. */
  | { readonly type: "restarted"; readonly why: string };
