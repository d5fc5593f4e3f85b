import type {
  AddModelProgress,
  AddModelRequest,
  Dtype,
  ModelChoice,
  ModelDescription,
  ModelEntry,
} from "../../contract/index.ts";
import type { Folder, WritableFolder } from "../folder.ts";
import type { ModelManifest } from "../manifest.ts";
import type { ModelFiles } from "../source/model-files.ts";

/** What is known of a catalog's model before anything of it is loaded. */
export interface KnownModel extends ModelDescription {
  readonly about: string;
  /** As published; what nobody has checked is null. */
  readonly files: readonly KnownFile[];
  /** Of the weights, rounded as the hub shows it, where `files` does not have it to the byte. */
  readonly downloadBytes?: number;
  /** Why it cannot be added, as sentences for people. */
  readonly obstacle?: string;
  /** Numbers that were trained; null when unknown, 0 for BM25. */
  readonly parameters?: number | null;
  /** Set for the model that comes with the site. */
  readonly bundled: ModelManifest | null;
}

export interface KnownFile {
  readonly path: string;
  readonly sizeBytes: number | null;
  /** SHA-256, hex. */
  readonly sha256: string | null;
}

export interface AddContext {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: AddModelProgress) => void) | undefined;
}

/** How far a conversion is. */
export type MakingProgress = Pick<AddModelProgress, "phase" | "file" | "doneBytes" | "totalBytes">;

interface Making {
  readonly description: ModelDescription;
  readonly dtype: Dtype;
  /** Where the reference is written; one that lies elsewhere stays. */
  readonly referencePath: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MakingProgress) => void) | undefined;
}

/** Makes a folder that can be opened from weights as they were published. */
export type ConvertModel = (
  options: Making & {
    readonly source: Folder;
    readonly target: WritableFolder;
    /** Of the weights, where it is known already. */
    readonly sourceSha256?: string | undefined;
  },
) => Promise<ModelManifest>;

/** Completes a folder whose graph for `dtype` is used as it is, by transformers.js. */
export type PreparePipeline = (
  options: Making & { readonly folder: WritableFolder },
) => Promise<ModelManifest>;

/** The models on this device: found, fetched, converted, kept and deleted. */
export interface ModelLibrary {
  /** The catalog first, then what the person added. */
  list(): Promise<readonly ModelEntry[]>;
  /**
   * Brings a model into a precision that can be opened. What is here already is not fetched again; what was cut off
   * goes on. One at a time: a second call waits for its turn.
   *
   * Throws: `model/*`, `storage/full`, `engine/invalid-input`; the signal's reason.
   */
  add(request: AddModelRequest, context?: AddContext): Promise<ModelChoice>;
  /**
   * Deletes one precision, the weights as published, or everything of a model; no error when it is not there.
   *
   * Throws: `engine/invalid-input` for the bundled model and for one that is being added.
   */
  remove(modelId: string, what?: Dtype | "original"): Promise<void>;
  /** Throws: `model/not-found` when it is not on this device in this precision. */
  open(choice: ModelChoice): Promise<{ readonly manifest: ModelManifest; readonly files: ModelFiles }>;
}
