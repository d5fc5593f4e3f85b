import type { Arithmetic, Pooling, Similarity } from "../../../contract/index.ts";
import { createGraph, type BuiltModel, type Graph, type Value } from "../onnx/graph.ts";
import {
  add,
  div,
  gather,
  layerNormalization,
  matMul,
  mul,
  reduceL2,
  reduceSum,
  reshape,
  sub,
  toFloat,
  unsqueeze,
} from "../onnx/ops/standard.ts";
import { attention, biasGelu, multiHeadAttention, skipLayerNormalization } from "../onnx/ops/runtime.ts";
import type { StoredWeights } from "../stored.ts";
import type { BertConfig } from "./bert-config.ts";
import { MASKED } from "./exported-bert.ts";
import { layerNames, TABLES } from "./names.ts";
import { openArithmetic } from "./products.ts";

export interface BertOptions {
  readonly config: BertConfig;
  readonly weights: StoredWeights;
  readonly pooling: Pooling;
  readonly similarity: Similarity;
  /**
   * `float16` computes the layers in half precision and everything after them in float32; the WebGPU kernels for
   * normalisation and attention scores add up in float32 whatever comes in (microsoft/onnxruntime 007a78e,
   * webgpu/nn/layer_norm.cc, webgpu/bert/skip_layer_norm.cc and attention.cc). `int8` multiplies 8-bit weights as they
   * are stored: only for `q8`, and only on the CPU.
   */
  readonly arithmetic: Arithmetic;
  /** On the CPU word vectors are looked up as they are stored, in a half or a quarter of the memory. */
  readonly device: "wasm" | "webgpu";
}

/**
 * Builds a BERT encoder with pooling inside, so that only the vectors are read back. With CLS pooling the last layer is
 * computed for the first token only.
 *
 * Shape: ids i32[B, S], mask f32[B, S] (1 text, 0 padding), positions i32[S] → f32[B, hidden], unit rows when the
 * similarity is cosine.
 */
export function buildBert(options: BertOptions): BuiltModel {
  const { config, weights, pooling, similarity, arithmetic } = options;
  const { hidden, intermediate, heads, epsilon } = config;
  const g = createGraph("bert");
  const ids = g.input("ids", "int32", ["batch", "length"]);
  const mask = g.input("mask", "float32", ["batch", "length"]);
  const positions = g.input("positions", "int32", ["length"]);
  const { number, cast, words, linear, projected } = openArithmetic(g, options);

  const vector = (name: string, length = hidden): Value =>
    number(name, weights.vector(name, length), [length]);
  const normalize = (x: Value, skip: Value, dense: string, norm: string): Value =>
    skipLayerNormalization(
      g,
      x,
      skip,
      vector(`${norm}.weight`),
      vector(`${norm}.bias`),
      vector(`${dense}.bias`),
      epsilon,
    );

  const places = number(TABLES.places, weights.places(config.positions, hidden), [config.positions, hidden]);
  const placed = add(g, words(ids), gather(g, places, positions));
  let x = layerNormalization(
    g,
    placed,
    vector(`${TABLES.norm}.weight`),
    vector(`${TABLES.norm}.bias`),
    epsilon,
  );
  const added = cast(pairBias(g, mask));
  for (let layer = 0; layer < config.layers; layer++) {
    const names = layerNames(layer);
    const bias = vector(`${names.qkv}.bias`, 3 * hidden);
    const pooledOnly = pooling === "cls" && layer === config.layers - 1;
    const x0 = pooledOnly ? firstToken(g, x) : x;
    let context: Value;
    if (arithmetic === "int8" || pooledOnly) {
      const [query, key, value] = projected(`${names.qkv}.weight`, x0, x);
      const scores = pooledOnly ? cast(rowBias(g, mask)) : added;
      context = multiHeadAttention(g, query, key, value, bias, scores, heads);
    } else {
      const packed = number(
        `${names.qkv}.weight`,
        weights.matrix(`${names.qkv}.weight`, hidden, 3 * hidden),
        [hidden, 3 * hidden],
      );
      context = attention(g, x, packed, bias, added, heads);
    }
    const attended = linear(`${names.attended}.weight`, hidden, hidden, context);
    const y = normalize(attended, x0, names.attended, names.attendedNorm);
    const wide = linear(`${names.wide}.weight`, hidden, intermediate, y);
    const active = biasGelu(g, wide, vector(`${names.wide}.bias`, intermediate));
    const narrow = linear(`${names.narrow}.weight`, intermediate, hidden, active);
    x = normalize(narrow, y, names.narrow, names.narrowNorm);
  }
  const last = arithmetic === "float16" ? toFloat(g, x) : x;
  const pooled = pooling === "cls" ? last : meanOf(g, last, mask, similarity);
  const row = reshape(g, pooled, [-1, hidden]);
  const vectors = similarity === "cosine" ? div(g, row, reduceL2(g, row)) : row;
  g.output("vectors", vectors, "float32", ["batch", hidden]);
  return g.build();
}

/** f32[B, 1, S, S]: the WebGPU kernels take no mask and do not stretch a single row over all of them. */
function pairBias(g: Graph, mask: Value): Value {
  return shut(g, mul(g, unsqueeze(g, mask, [1, 3]), unsqueeze(g, mask, [1, 2])));
}

/** f32[B, 1, 1, S], for a single query. */
function rowBias(g: Graph, mask: Value): Value {
  return shut(g, unsqueeze(g, mask, [1, 2]));
}

/** 0 where `open` is 1, far below any score where it is 0. */
function shut(g: Graph, open: Value): Value {
  const one = g.shared("mask_one", Float32Array.of(1), [1]);
  return mul(g, sub(g, open, one), g.shared("mask_far", Float32Array.of(MASKED), [1]));
}

function firstToken(g: Graph, x: Value): Value {
  return gather(g, x, g.constant(Int32Array.of(0), [1]), 1);
}

/** For unit vectors the divisor is left out: it falls away in the division by the length. */
function meanOf(g: Graph, x: Value, mask: Value, similarity: Similarity): Value {
  const row = unsqueeze(g, mask, [1]);
  const sum = matMul(g, row, x);
  return similarity === "cosine" ? sum : div(g, sum, reduceSum(g, row, 2));
}
