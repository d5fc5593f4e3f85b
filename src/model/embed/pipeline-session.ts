import type { PreTrainedModel, PreTrainedTokenizer } from "@xenova/transformers";
import { SextantError, type Dtype, type Pooling, type Similarity } from "../../contract/index.ts";
import { outOfMemory } from "../session/gpu-faults.ts";
import { guardOnGpu } from "../session/gpu-guard.ts";
import { isMemoryError, tooLarge } from "../session/memory-error.ts";
import type { EncoderSession, TokenBatch } from "../session/session.ts";
import { LOCAL_MODEL, loadTransformers } from "../session/transformers.ts";
import type { TextTokenizer } from "../tokenize/tokenizer.ts";

export interface PipelineOptions {
  readonly name: string;
  /** By their paths in transformers.js' layout. */
  readonly contents: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  readonly dtype: Dtype;
  /** null computes on the CPU. */
  readonly device: GPUDevice | null;
  readonly threads: number;
  readonly pooling: Pooling;
  readonly similarity: Similarity;
}

export interface Pipeline {
  readonly tokenizer: TextTokenizer;
  readonly session: EncoderSession;
}

/**
 * Runs a model's own graph by transformers.js, as it is: any encoder that the library knows.
 *
 * Throws: `model/too-large`, `gpu/out-of-memory`; `model/unsupported` where the library does not run it, and in Node, where its runtime is left out.
 */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { name, contents, dtype, device, threads } = options;
  const { AutoModel, AutoTokenizer, Tensor } = await loadTransformers({ contents, device, threads });
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(LOCAL_MODEL);
    const model = await AutoModel.from_pretrained(LOCAL_MODEL, {
      dtype,
      device: device === null ? "wasm" : "webgpu",
    });
    const session = toSession(model, Tensor, options);
    return {
      tokenizer: toTextTokenizer(tokenizer),
      session: device === null ? session : guardOnGpu(session, device),
    };
  } catch (error) {
    if (isMemoryError(error)) throw device === null ? tooLarge(error) : outOfMemory(String(error), error);
    throw new SextantError(
      "model/unsupported",
      `transformers.js cannot run ${name}: ${error instanceof Error ? error.message : String(error)}. Choose another model, or another precision of this one.`,
      { name },
      error,
    );
  }
}

/** What stands before and behind every text is found by looking: `[CLS] … [SEP]`, `<s> … </s>`, or an end alone. */
function toTextTokenizer(tokenizer: PreTrainedTokenizer): TextTokenizer {
  const plain = (text: string): number[] =>
    tokenizer.encode(text.toWellFormed(), { add_special_tokens: false });
  const bare = plain("a");
  const whole = tokenizer.encode("a");
  const at = whole.findIndex((_, start) => bare.every((id, i) => whole[start + i] === id));
  const before = whole.slice(0, Math.max(0, at));
  const behind = whole.slice(Math.max(0, at) + bare.length);
  return {
    encode(text, limitTokens) {
      const room = Math.max(0, limitTokens - before.length - behind.length);
      return [...before, ...plain(text).slice(0, room), ...behind];
    },
    count: (text) => plain(text).length,
  };
}

type TensorClass = typeof import("@xenova/transformers").Tensor;

function toSession(model: PreTrainedModel, Tensor: TensorClass, options: PipelineOptions): EncoderSession {
  const { pooling, similarity, name } = options;
  return {
    runsAtOnce: 1,
    async run({ rows, length, ids, mask }) {
      const shape = [rows, length];
      const outputs = (await model({
        input_ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
        attention_mask: new Tensor("int64", BigInt64Array.from(mask, BigInt), shape),
      })) as Readonly<Record<string, { readonly data: unknown } | undefined>>;
      const states = outputs["last_hidden_state"]?.data;
      if (!(states instanceof Float32Array))
        throw new SextantError(
          "model/unsupported",
          `${name} gives no vectors of its tokens, so it is no encoder. Choose another model.`,
          { outputs: Object.keys(outputs).join(", ") },
        );
      return poolStates(states, { rows, length, mask }, pooling, similarity);
    },
    close: async () => void (await model.dispose()),
  };
}

/** Makes one vector a text of f32[rows, length, dim]; padding does not count. */
export function poolStates(
  states: Float32Array,
  { rows, length, mask }: Pick<TokenBatch, "rows" | "length" | "mask">,
  pooling: Pooling,
  similarity: Similarity,
): Float32Array {
  const dim = states.length / (rows * length);
  const vectors = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    const vector = vectors.subarray(row * dim, (row + 1) * dim);
    const tokens = pooling === "cls" ? 1 : length;
    let count = 0;
    for (let token = 0; token < tokens; token++) {
      if ((mask[row * length + token] ?? 0) === 0) continue;
      count++;
      const from = (row * length + token) * dim;
      for (let i = 0; i < dim; i++) vector[i] = (vector[i] ?? 0) + (states[from + i] ?? Number.NaN);
    }
    const squares = vector.reduce((sum, value) => sum + value * value, 0);
    const scale = similarity === "cosine" ? 1 / (Math.sqrt(squares) || 1) : 1 / (count || 1);
    for (let i = 0; i < dim; i++) vector[i] = (vector[i] ?? 0) * scale;
  }
  return vectors;
}
