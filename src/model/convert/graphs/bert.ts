import { createGraph, type BuiltModel, type Graph, type Value } from "../onnx/graph.ts";
import {
  add,
  div,
  gather,
  layerNormalization,
  matMul,
  mul,
  reduceL2,
  reshape,
  split,
  sub,
  toFloat,
  unsqueeze,
} from "../onnx/ops/standard.ts";
import { attention, biasGelu, multiHeadAttention, skipLayerNormalization } from "../onnx/ops/runtime.ts";
import { floatLinear, floatMatrix, integerLinear } from "../linear.ts";
import { stack } from "../matrix.ts";
import type { Weights } from "../weights.ts";
import type { BertConfig } from "./bert-config.ts";

export type Pooling = "cls" | "mean";

export interface BertOptions {
  readonly config: BertConfig;
  readonly weights: Weights;
  readonly pooling: Pooling;
  /** `int8` keeps the matrices in one byte a weight and multiplies in 8 bits; CPU only. */
  readonly arithmetic: "float32" | "int8";
}

/** Added to the attention score of padding; far enough below any real score, far enough above -inf. */
const MASKED = 1e4;

/**
 * Builds a BERT encoder with pooling and L2 inside, so that only the vectors are read back.
 *
 * Shape: ids i32[B, S], mask f32[B, S] (1 text, 0 padding), positions i32[S] → f32[B, hidden], unit rows.
 * Source: weight names of Hugging Face's BertModel.
 */
export function buildBert({ config, weights, pooling, arithmetic }: BertOptions): BuiltModel {
  const g = createGraph("bert");
  const ids = g.input("ids", "int32", ["batch", "length"]);
  const mask = g.input("mask", "float32", ["batch", "length"]);
  const positions = g.input("positions", "int32", ["length"]);

  const float = (name: string): Value => g.constant(weights.float(name), weights.shape(name), name);
  const linear = arithmetic === "int8" ? integerLinear(g, weights) : floatLinear(g, weights);
  const normalize = (x: Value, skip: Value, layer: string): Value =>
    skipLayerNormalization(
      g,
      x,
      skip,
      float(`${layer}.LayerNorm.weight`),
      float(`${layer}.LayerNorm.bias`),
      float(`${layer}.dense.bias`),
      config.epsilon,
    );

  let x = layerNormalization(
    g,
    add(g, wordVectors(g, weights, ids, arithmetic), gather(g, positionTable(g, weights), positions)),
    float("embeddings.LayerNorm.weight"),
    float("embeddings.LayerNorm.bias"),
    config.epsilon,
  );
  const added = attentionBias(g, mask);
  for (let layer = 0; layer < config.layers; layer++) {
    const name = `encoder.layer.${layer}`;
    const projections = ["query", "key", "value"].map((part) => `${name}.attention.self.${part}`);
    const matrices = projections.map((projection) => `${projection}.weight`);
    const bias = g.constant(stack(projections.map((p) => weights.float(`${p}.bias`))), [3 * config.hidden]);
    let context: Value;
    if (arithmetic === "float32") {
      context = attention(g, x, floatMatrix(g, weights, matrices), bias, added, config.heads);
    } else {
      const sizes = [config.hidden, config.hidden, config.hidden];
      const [query = "", key = "", value = ""] = split(g, linear(x, matrices), sizes);
      context = multiHeadAttention(g, query, key, value, bias, added, config.heads);
    }
    x = normalize(linear(context, [`${name}.attention.output.dense.weight`]), x, `${name}.attention.output`);
    const wide = linear(x, [`${name}.intermediate.dense.weight`]);
    const active = biasGelu(g, wide, float(`${name}.intermediate.dense.bias`));
    x = normalize(linear(active, [`${name}.output.dense.weight`]), x, `${name}.output`);
  }
  // The mean's divisor is left out: it falls away in the division by the length.
  const pooled = pooling === "cls" ? first(g, x) : matMul(g, unsqueeze(g, mask, [1]), x);
  const row = reshape(g, pooled, [-1, config.hidden]);
  g.output("vectors", div(g, row, reduceL2(g, row)), "float32", ["batch", config.hidden]);
  return g.build();
}

/** On a GPU 8-bit tables cannot be gathered; on the CPU they stay four times smaller. */
function wordVectors(g: Graph, weights: Weights, ids: Value, arithmetic: BertOptions["arithmetic"]): Value {
  const name = "embeddings.word_embeddings.weight";
  const shape = weights.shape(name);
  if (arithmetic === "float32") return gather(g, g.constant(weights.float(name), shape, name), ids);
  const { values, scales } = weights.rows(name);
  const rows = toFloat(g, gather(g, g.constant(values, shape, name), ids));
  return mul(g, rows, gather(g, g.constant(scales, [scales.length, 1], `${name}.scale`), ids));
}

/** Position vectors with the first token type added: there is one segment only. */
function positionTable(g: Graph, weights: Weights): Value {
  const name = "embeddings.position_embeddings.weight";
  const type = weights.float("embeddings.token_type_embeddings.weight");
  const [, hidden = 1] = weights.shape(name);
  const table = weights.float(name).map((value, i) => value + (type[i % hidden] ?? 0));
  return g.constant(table, weights.shape(name), name);
}

/** f32[B, 1, S, S]: the WebGPU kernels take no mask and do not stretch a single row over all of them. */
function attentionBias(g: Graph, mask: Value): Value {
  const pairs = mul(g, unsqueeze(g, mask, [1, 3]), unsqueeze(g, mask, [1, 2]));
  const one = g.constant(Float32Array.of(1), [1]);
  return mul(g, sub(g, pairs, one), g.constant(Float32Array.of(MASKED), [1]));
}

function first(g: Graph, x: Value): Value {
  return gather(g, x, g.constant(Int32Array.of(0), [1]), 1);
}
