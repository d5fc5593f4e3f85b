import type { Dtype, TaskId } from "../../contract/index.ts";
import type { KnownModel } from "../library/model-library.ts";

/** Similarities that a model's authors printed: rows are queries, columns keys. */
export interface PublishedSimilarities {
  readonly task: TaskId;
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  readonly expected: readonly (readonly number[])[];
}

/** Everything that is known about a model before any of it is loaded: data, one file a model. */
export interface CatalogEntry extends KnownModel {
  /** Numbers that were trained; null when unknown, 0 for BM25. */
  readonly parameters: number | null;
  /** How LLM-Embedder's paper ran it where its own authors run it otherwise; null where both agree. */
  readonly inThePaper: string | null;
  readonly published?: PublishedSimilarities;
}

/** Bytes that hold a weight in a file: 8-bit rows have a scale each, 4-bit blocks of 32 one and a zero point. */
const STORED_BYTES = { fp32: 4, fp16: 2, q8: 1, q4: 0.625 } as const satisfies Record<Dtype, number>;

/**
 * Memory that the weights alone take while a model is opened: the file as stored, and beside it what is multiplied.
 *
 * Units: bytes; null when the number of parameters is not known. Activations, a few MB a batch, come on top.
 */
export function weightMemoryBytes(
  { parameters }: Pick<CatalogEntry, "parameters">,
  dtype: Dtype,
  device: "wasm" | "webgpu",
): number | null {
  if (parameters === null) return null;
  const multiplied = device === "wasm" && dtype === "q8" ? 1 : 4;
  return Math.round(parameters * (STORED_BYTES[dtype] + multiplied));
}
