import type { Dtype, MemoryBytes, TaskId } from "../../contract/index.ts";
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
  readonly parameters: number | null;
  /** How LLM-Embedder's paper ran it where its own authors run it otherwise; null where both agree. */
  readonly inThePaper: string | null;
  readonly published?: PublishedSimilarities;
}

/** Bytes that hold a weight in a file: 8-bit rows have a scale each, 4-bit blocks of 32 one and a zero point. */
const STORED_BYTES = { fp32: 4, fp16: 2, q8: 1, q4: 0.625 } as const satisfies Record<Dtype, number>;

/** Memory that the weights alone take while a model is opened: the file as stored, and beside it what is multiplied. */
export function weightMemoryBytes(parameters: number): MemoryBytes {
  const take = (dtype: Dtype) => {
    const bytes = (multiplied: number) => Math.round(parameters * (STORED_BYTES[dtype] + multiplied));
    return { wasm: bytes(dtype === "q8" ? 1 : 4), webgpu: bytes(4) };
  };
  return { fp32: take("fp32"), fp16: take("fp16"), q8: take("q8"), q4: take("q4") };
}
