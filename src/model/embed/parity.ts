import { SextantError, type Arithmetic, type CheckedText, type Dtype } from "../../contract/index.ts";
import type { Reference } from "../convert/reference.ts";
import type { Encoder } from "./encoder.ts";

/**
 * What the stored precision leaves of the published weights' vectors, with room for other models: at least one of the
 * texts is longer than the 32 tokens from which on the attention fault of some GPUs showed (see session/gpu.ts), which
 * gave 0.98 to 0.99 after one layer.
 */
const LEAST_OF_DTYPE = {
  fp32: 0.9999,
  fp16: 0.999,
  q8: 0.99,
  q4: 0.95,
} as const satisfies Record<Dtype, number>;

const LEAST_OF_ARITHMETIC = {
  float32: 0.9999,
  float16: 0.999,
  int8: 0.99,
} as const satisfies Record<Arithmetic, number>;

/** What every text of a reference must reach on every device. */
export function leastCosine(dtype: Dtype, arithmetic: Arithmetic): number {
  return Math.min(LEAST_OF_DTYPE[dtype], LEAST_OF_ARITHMETIC[arithmetic]);
}

/** Embeds the texts of a reference and gives, text by text, the cosine with what they must get. */
export async function inspectParity(
  encoder: Pick<Encoder, "encode" | "countTokens" | "info">,
  { texts, vectors }: Reference,
): Promise<CheckedText[]> {
  const { maxTokens, dim } = encoder.info;
  const lengths = encoder.countTokens(texts);
  const found = await encoder.encode(texts, { limitTokens: maxTokens, urgency: "now" });
  return vectors.map((expected, row) => ({
    lengthTokens: Math.min(maxTokens, (lengths[row] ?? 0) + 2),
    cosine: cosineOf(expected, found.vectors.subarray(row * dim, (row + 1) * dim)),
  }));
}

/** Throws: `model/corrupt` when it is no list of texts and as many vectors of the model's length. */
export function parseReference(json: unknown, dim: number): Reference {
  const { texts, vectors } = (json ?? {}) as Partial<Reference>;
  const valid =
    Array.isArray(texts) &&
    Array.isArray(vectors) &&
    texts.length === vectors.length &&
    texts.every((text) => typeof text === "string") &&
    vectors.every(
      (vector) => Array.isArray(vector) && vector.length === dim && vector.every(Number.isFinite),
    );
  if (valid && texts.length > 0) return { texts, vectors };
  throw new SextantError(
    "model/corrupt",
    "reference.json cannot be used: it holds no vectors of this model. Load or convert the model again.",
    { path: "reference.json" },
  );
}

function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x = Number.NaN, y = Number.NaN] = [a[i], b[i]];
    product += x * y;
    squaresOfA += x * x;
    squaresOfB += y * y;
  }
  return product / Math.sqrt(squaresOfA * squaresOfB);
}
