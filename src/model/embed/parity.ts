import { SextantError } from "../../contract/index.ts";
import type { Encoder } from "./encoder.ts";

/** Texts with the vectors that the original network gives them. At least one has 64 tokens or more. */
export interface ParityReference {
  readonly texts: readonly string[];
  /** Unit vectors, one a text. */
  readonly vectors: readonly (readonly number[])[];
}

/**
 * Every device and dtype must reach it. The stored 8-bit weights cost 0.002 of it; the attention fault that some GPUs
 * had (see session/gpu.ts) gave 0.98 to 0.99 after one layer.
 */
export const LEAST_PARITY = 0.995;

/** Lowest cosine between the encoder's vectors and the reference. */
export async function checkParity(
  encoder: Pick<Encoder, "encode" | "info">,
  { texts, vectors }: ParityReference,
): Promise<number> {
  const { maxTokens, dim } = encoder.info;
  const found = await encoder.encode(texts, { limitTokens: maxTokens, urgency: "now" });
  const cosines = vectors.map((expected, row) =>
    expected.reduce((sum, value, i) => sum + value * (found.vectors[row * dim + i] ?? Number.NaN), 0),
  );
  return Math.min(...cosines);
}

export function parseReference(json: unknown, dim: number): ParityReference {
  const { texts, vectors } = (json ?? {}) as Partial<ParityReference>;
  const valid =
    Array.isArray(texts) &&
    Array.isArray(vectors) &&
    texts.length === vectors.length &&
    vectors.every((vector) => Array.isArray(vector) && vector.length === dim);
  if (valid && texts.length > 0) return { texts, vectors };
  throw new SextantError(
    "model/corrupt",
    "The model's reference vectors are unreadable. Load the model again.",
  );
}
