import type { Dtype, Pooling, Similarity } from "../../contract/index.ts";
import { loadRuntime, type Runtime } from "../session/runtime.ts";
import type { TextTokenizer } from "../tokenize/tokenizer.ts";
import type { BertConfig } from "./graphs/bert-config.ts";
import { TABLES } from "./graphs/names.ts";
import { buildReferenceLayer, layerWeights } from "./graphs/reference-layer.ts";
import type { ReferenceWeights } from "./reference-weights.ts";

/** One vector a text. */
export type Vectors = readonly (readonly number[])[];

/** Texts and the vectors that they must get. */
export interface Reference {
  readonly texts: readonly string[];
  /** What the published weights give in float32. */
  readonly vectors: Vectors;
  /** What the weights as they are stored give in float32, where rounding moved them: a device has no part in that. */
  readonly stored?: Readonly<Partial<Record<Dtype, Vectors>>>;
}

export interface ReferenceOptions {
  readonly config: BertConfig;
  readonly weights: ReferenceWeights;
  readonly pooling: Pooling;
  readonly similarity: Similarity;
  readonly tokenizer: TextTokenizer;
  readonly texts: readonly string[];
  readonly maxTokens: number;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onLayer?: ((done: number) => void) | undefined;
}

/**
 * Computes the texts' vectors in float32 on the CPU, one layer in memory at a time.
 *
 * Each text goes alone, so that no mask and no padding is involved. It shares the tokenizer and the names of the weights
 * with what it is held against, and nothing else.
 * Cost: texts' tokens at the pace of float32 on WASM; memory of one layer, twice.
 */
export async function computeReference(options: ReferenceOptions): Promise<Vectors> {
  const { config, weights, pooling, similarity, tokenizer, texts, maxTokens, signal } = options;
  const runtime = await loadRuntime(options.threads);
  const session = await runtime.InferenceSession.create(buildReferenceLayer(config).onnx, {
    executionProviders: ["wasm"],
  });
  try {
    const states: Float32Array[] = [];
    for (const text of texts) states.push(await embed(tokenizer.encode(text, maxTokens), config, weights));
    for (let layer = 0; layer < config.layers; layer++) {
      signal?.throwIfAborted();
      const feeds = await readLayer(runtime, config, weights, layer);
      for (const [i, state] of states.entries()) {
        const x = new runtime.Tensor("float32", state, [1, state.length / config.hidden, config.hidden]);
        const { y } = await session.run({ ...feeds, x });
        const data = await y?.getData(true);
        if (!(data instanceof Float32Array)) throw new TypeError("the layer gave no float32 values");
        states[i] = data.slice();
      }
      options.onLayer?.(layer + 1);
    }
    return states.map((state) => pool(state, config.hidden, pooling, similarity));
  } finally {
    await session.release();
  }
}

async function readLayer(
  runtime: Runtime,
  config: BertConfig,
  weights: ReferenceWeights,
  layer: number,
): Promise<Record<string, InstanceType<Runtime["Tensor"]>>> {
  const read = await weights.layer(layer);
  const entries = layerWeights(config).map(({ name, shape }) => {
    const values = read.get(name);
    if (!values) throw new RangeError(`no ${name} was read`);
    return [name, new runtime.Tensor("float32", values, shape)] as const;
  });
  return Object.fromEntries(entries);
}

/** Word, place and type vectors of the ids, normalised: f32[ids, hidden]. Only the rows in use are read. */
async function embed(
  ids: readonly number[],
  config: BertConfig,
  weights: ReferenceWeights,
): Promise<Float32Array> {
  const { hidden, epsilon } = config;
  const placed = await weights.places(ids.length);
  const gain = await weights.vector(`${TABLES.norm}.weight`, hidden);
  const shift = await weights.vector(`${TABLES.norm}.bias`, hidden);
  const out = new Float32Array(ids.length * hidden);
  for (const [at, id] of ids.entries()) {
    const word = await weights.word(id);
    const sum = Array.from(word, (value, i) => value + (placed[at * hidden + i] ?? 0));
    const mean = sum.reduce((total, value) => total + value, 0) / hidden;
    const variance = sum.reduce((total, value) => total + (value - mean) ** 2, 0) / hidden;
    const scale = 1 / Math.sqrt(variance + epsilon);
    for (const [i, value] of sum.entries()) {
      out[at * hidden + i] = (value - mean) * scale * (gain[i] ?? 0) + (shift[i] ?? 0);
    }
  }
  return out;
}

function pool(state: Float32Array, hidden: number, pooling: Pooling, similarity: Similarity): number[] {
  const rows = state.length / hidden;
  const used = pooling === "cls" ? 1 : rows;
  const sum = Array.from({ length: hidden }, (_, i) => {
    let total = 0;
    for (let row = 0; row < used; row++) total += state[row * hidden + i] ?? 0;
    return total / used;
  });
  const length = similarity === "cosine" ? Math.hypot(...sum) : 1;
  // Eight digits bring every float32 back.
  return sum.map((value) => Number((value / length).toPrecision(8)));
}
