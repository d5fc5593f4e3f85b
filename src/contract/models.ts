import type { TaskId } from "./tasks.ts";

/** How weights are stored, from the largest to the smallest. */
export const DTYPES = ["fp32", "fp16", "q8", "q4"] as const;
export type Dtype = (typeof DTYPES)[number];

export function isDtype(value: unknown): value is Dtype {
  return DTYPES.some((dtype) => dtype === value);
}

/** In what the stored weights are multiplied on the device in use. */
export type Arithmetic = "float32" | "float16" | "int8";

/** How the vectors of a text's tokens become one. */
export type Pooling = "cls" | "mean";

/** What the kernels compute is always the inner product; `cosine` models give unit vectors. */
export type Similarity = "cosine" | "inner-product";

/** What a model wants in front of a text; `tasks` stands for LLM-Embedder's own instructions, task by task. */
export type Prefixes = "tasks" | { readonly query: string; readonly key: string };

/** What is known of a model without its weights. */
export interface ModelDescription {
  readonly id: string;
  readonly name: string;
  /** On the Hugging Face hub; null for a model that is not there. */
  readonly repository: string | null;
  /** Commit or branch in that repository. */
  readonly revision: string | null;
  /** `bert` runs on Sextant's own graph, `other` on transformers.js as it is, `none` is BM25: no weights at all. */
  readonly architecture: "bert" | "other" | "none";
  /** 0 for BM25; null until the model's own configuration was read. */
  readonly dim: number | null;
  readonly maxTokens: number | null;
  readonly pooling: Pooling;
  readonly similarity: Similarity;
  readonly prefixes: Prefixes;
  readonly languages: readonly string[];
  readonly licence: string;
  /** What is not known first-hand, each as a sentence for people. */
  readonly unknown: readonly string[];
}

/** Weights that lie on this device, ready to be opened. */
export interface ModelVariant {
  readonly dtype: Dtype;
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** Memory that a model's weights take while they are open; what is computed with them, a few MB a batch, comes on top. */
export type MemoryBytes = Readonly<Record<Dtype, { readonly wasm: number; readonly webgpu: number }>>;

/** A model of the catalog, or one that the person added. */
export interface ModelEntry extends ModelDescription {
  readonly bundled: boolean;
  /** One sentence: what it is and where the paper uses it. */
  readonly about: string;
  /** Of the file that is converted; null when unknown. */
  readonly downloadBytes: number | null;
  /** Of the weights while they are open, by precision and device; null when unknown. */
  readonly memoryBytes: MemoryBytes | null;
  /** Why it cannot be added, as sentences for people; null for one that can. */
  readonly obstacle: string | null;
  /** Ready to be opened. */
  readonly variants: readonly ModelVariant[];
  /** The weights as they were published, kept so that another precision needs no second download. */
  readonly original: { readonly doneBytes: number; readonly totalBytes: number | null } | null;
}

/** The model that embeds and its stored precision. */
export interface ModelChoice {
  readonly modelId: string;
  readonly dtype: Dtype;
}

/** A file as the browser hands it over; `Blob` and `File` are such. */
export interface FileLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface PickedFile {
  /** Relative to the folder that was picked; the name alone for a single file. */
  readonly path: string;
  readonly content: FileLike;
}

/** Where the weights come from. */
export type ModelOrigin =
  /** A model of the list: from its weights as published where they are here, else from where it is known to be. */
  | { readonly from: "list"; readonly modelId: string }
  | { readonly from: "hub"; readonly repository: string; readonly revision?: string }
  /** The folder `<id>/` beside the bundled model on the site's own origin. */
  | { readonly from: "site"; readonly id: string }
  | { readonly from: "files"; readonly name: string; readonly files: readonly PickedFile[] };

export interface AddModelRequest {
  readonly origin: ModelOrigin;
  readonly dtype: Dtype;
  /** Overrides what the files say, for models outside the catalog. */
  readonly pooling?: Pooling;
  readonly prefixes?: Prefixes;
}

export interface AddModelProgress {
  readonly phase: "list" | "download" | "convert" | "reference";
  readonly file: string;
  readonly doneBytes: number;
  /** null while the server has not said. */
  readonly totalBytes: number | null;
  /** null outside of `download` and until there is enough to judge by. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** How to reach the hub. The token stays in memory and is never stored. */
export interface HubSettings {
  readonly endpoint: string;
  readonly hasToken: boolean;
}

/** One text of a check and how near its vector came to the reference. */
export interface CheckedText {
  readonly lengthTokens: number;
  readonly cosine: number;
}

/** The model compared on the device in use with what its original weights give in float32. */
export interface ModelCheck {
  readonly texts: readonly CheckedText[];
  readonly lowestCosine: number;
  /** What the stored precision must reach. */
  readonly leastCosine: number;
  /** Similarities that the model's authors printed, rows queries, columns keys; null where none are known. */
  readonly published: {
    readonly task: TaskId;
    readonly expected: readonly (readonly number[])[];
    readonly found: readonly (readonly number[])[];
    readonly largestDifference: number;
  } | null;
}
