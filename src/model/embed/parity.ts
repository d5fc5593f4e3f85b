import { SextantError, type Arithmetic, type CheckedText, type Dtype } from "../../contract/index.ts";
import type { Reference, Vectors } from "../convert/reference.ts";
import type { Encoder } from "./encoder.ts";

/**
 * What a stored precision must leave of the published weights' vectors. Lowest over the reference texts: fp16 1.0000,
 * q8 0.998, q4 0.997 for the bundled model; q8 0.9992, q4 0.915 for twelve layers of random weights that give each
 * branch as much weight as the residual (tools/random-bert), which no trained model does.
 */
const LEAST_OF_DTYPE = {
  fp32: 0.9999,
  fp16: 0.999,
  q8: 0.99,
  q4: 0.9,
} as const satisfies Record<Dtype, number>;

/**
 * What a device must leave of the vectors that the stored weights give in float32. Lowest on WASM: float32 1.000000,
 * float16 0.9999987, int8 0.9995, each for twelve random layers. The attention fault that some GPUs had from 32 tokens
 * on (see session/gpu.ts) gave 0.98 to 0.99 after one layer.
 */
const LEAST_OF_ARITHMETIC = {
  float32: 0.9999,
  float16: 0.999,
  int8: 0.995,
} as const satisfies Record<Arithmetic, number>;

/** What every text must reach against the published weights' vectors. */
export function leastCosine(dtype: Dtype, arithmetic: Arithmetic): number {
  return Math.min(LEAST_OF_DTYPE[dtype], LEAST_OF_ARITHMETIC[arithmetic]);
}

type Embedding = Pick<Encoder, "encode" | "countTokens" | "info">;

/** Embeds the texts of a reference and gives, text by text, the cosine with what the published weights give them. */
export async function inspectParity(encoder: Embedding, reference: Reference): Promise<CheckedText[]> {
  const lengths = encoder.countTokens(reference.texts);
  const cosines = cosinesWith(await embedTexts(encoder, reference), reference.vectors);
  return cosines.map((cosine, i) => ({
    lengthTokens: Math.min(encoder.info.maxTokens, (lengths[i] ?? 0) + 2),
    cosine,
  }));
}

/**
 * Longer reference texts are left to GPUs, whose kernels differ by length, and to `inspectParity`: on a CPU that has just
 * compiled its code they took two thirds of the check, for which every tab waits that takes the engine over.
 */
const MOST_TOKENS_ON_CPU = 100;

/**
 * Holds an encoder against a reference and gives the lowest cosine with the published weights' vectors.
 *
 * Throws: `gpu/wrong-vectors` when this GPU does not compute what the stored weights give (`model/corrupt` on the CPU),
 * `model/corrupt` when the stored weights themselves are too far from the published ones.
 */
export async function checkParity(
  encoder: Embedding & Pick<Encoder, "device">,
  whole: Reference,
): Promise<number> {
  const { dtype, arithmetic, used, adapter } = encoder.device;
  const reference = used === "wasm" ? withoutLong(encoder, whole) : whole;
  const found = await embedTexts(encoder, reference);
  const lowest = Math.min(...cosinesWith(found, reference.vectors));
  const exact = reference.stored?.[dtype];
  const onDevice = exact === undefined ? lowest : Math.min(...cosinesWith(found, exact));
  const leastOnDevice =
    exact === undefined ? leastCosine(dtype, arithmetic) : LEAST_OF_ARITHMETIC[arithmetic];
  // Not `<`, which lets NaN through.
  if (!(onDevice >= leastOnDevice)) {
    throw new SextantError(
      used === "webgpu" ? "gpu/wrong-vectors" : "model/corrupt",
      `This device computes the model wrongly: cosine ${onDevice.toFixed(4)} to the reference instead of ${leastOnDevice} or more. Choose another device.`,
      { cosine: onDevice, least: leastOnDevice, adapter },
    );
  }
  const least = leastCosine(dtype, arithmetic);
  if (lowest >= least) return lowest;
  throw new SextantError(
    "model/corrupt",
    `In ${dtype} the model keeps too little of its vectors: cosine ${lowest.toFixed(4)} to the published weights instead of ${least} or more. Choose a larger precision.`,
    { cosine: lowest, least, dtype },
  );
}

/** Throws: `model/corrupt` when it is no list of texts and as many vectors of the model's length. */
export function parseReference(json: unknown, dim: number): Reference {
  const { texts, vectors, stored = {} } = (json ?? {}) as Partial<Reference>;
  if (Array.isArray(texts) && texts.length > 0 && texts.every((text) => typeof text === "string")) {
    const all = [vectors, ...(isObject(stored) ? Object.values(stored) : [null])];
    if (all.every((one) => areVectors(one, texts.length, dim))) {
      return { texts, vectors: vectors ?? [], stored };
    }
  }
  throw new SextantError(
    "model/corrupt",
    "reference.json cannot be used: it holds no vectors of this model. Load or convert the model again.",
    { path: "reference.json" },
  );
}

function withoutLong({ countTokens }: Embedding, whole: Reference): Reference {
  const { texts, vectors, stored = {} } = whole;
  const isShort = countTokens(texts).map((count) => count <= MOST_TOKENS_ON_CPU);
  if (!isShort.includes(true)) return whole;
  const keep = <T>(all: readonly T[]): T[] => all.filter((_, i) => isShort[i]);
  return {
    texts: keep(texts),
    vectors: keep(vectors),
    stored: Object.fromEntries(Object.entries(stored).map(([dtype, rows]) => [dtype, keep(rows)])),
  };
}

/** f32[texts, dim]. */
async function embedTexts({ encode, info }: Embedding, { texts }: Reference): Promise<Float32Array> {
  return (await encode(texts, { limitTokens: info.maxTokens, urgency: "now" })).vectors;
}

function cosinesWith(found: Float32Array, expected: Vectors): number[] {
  return expected.map((vector, row) =>
    cosineOf(vector, found.subarray(row * vector.length, (row + 1) * vector.length)),
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

function areVectors(value: unknown, count: number, dim: number): boolean {
  return (
    Array.isArray(value) &&
    value.length === count &&
    value.every((vector) => Array.isArray(vector) && vector.length === dim && vector.every(Number.isFinite))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
