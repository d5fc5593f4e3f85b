import type { Pooling, Similarity } from "../../../contract/index.ts";
import { FORMS } from "../forms/index.ts";
import { storeRows, type Form } from "../forms/form.ts";
import { halvesIn } from "../forms/fp16.ts";
import { bytesOf } from "../matrix.ts";
import { createGraph, type Graph, type Value } from "../onnx/graph.ts";
import {
  add,
  div,
  gather,
  head,
  layerNormalization,
  max,
  mul,
  reduceL2,
  reduceSum,
  reshape,
  shapeOf,
  split,
  sub,
  toFloat,
  unsqueeze,
} from "../onnx/ops/standard.ts";
import type { Model } from "../onnx/proto.ts";
import { openTables, stacked, type Published, type PublishedWeights } from "../published.ts";
import type { Dtype } from "../../../contract/index.ts";
import type { BertConfig } from "./bert-config.ts";
import { layerNames, TABLES } from "./names.ts";
import { plainLayer } from "./plain-layer.ts";

export interface ExportOptions {
  readonly config: BertConfig;
  readonly weights: PublishedWeights;
  readonly dtype: Dtype;
  readonly pooling: Pooling;
  readonly similarity: Similarity;
}

/** Under this key of `metadata_props` a file says that Sextant wrote it, and in which form. */
export const METADATA_KEY = "sextant";

/** Added to the attention score of padding; far enough below any real score, far enough above -inf. */
export const MASKED = 1e4;

/**
 * Describes the ONNX file of one precision: an ordinary encoder that any ONNX Runtime runs, whose weights Sextant reads back.
 *
 * Shape: input_ids i64[B, S], attention_mask i64[B, S] → last_hidden_state f32[B, S, hidden], sentence_embedding
 * f32[B, hidden], of unit length when the similarity is cosine.
 * Throws: `model/unsupported` when a weight is missing or of another shape than the configuration says.
 */
export function exportBert({ config, weights, dtype, pooling, similarity }: ExportOptions): Model {
  const form = FORMS[dtype];
  const { hidden, intermediate, epsilon } = config;
  const g = createGraph("bert");
  const ids = g.input("input_ids", "int64", ["batch_size", "sequence_length"]);
  const mask = toFloat(g, g.input("attention_mask", "int64", ["batch_size", "sequence_length"]));

  const vector = (name: string, length: number): Value => storeVector(g, name, weights.vector(name, length));
  const norm = (name: string) => [vector(`${name}.weight`, hidden), vector(`${name}.bias`, hidden)] as const;
  const dense = (name: string, outputs: number, inputs: number) => (x: Value) => {
    const product = form.linear(g, `${name}.weight`, weights.matrix(`${name}.weight`, outputs, inputs), x);
    return add(g, product, vector(`${name}.bias`, outputs));
  };

  const { words, places } = openTables(weights, config);
  const length = gather(g, shapeOf(g, ids), g.constant(BigInt64Array.of(1n), [1]));
  const placed = add(g, form.words(g, TABLES.words, words, ids), storePlaces(g, form, places, length));
  let x = layerNormalization(g, placed, ...norm(TABLES.norm), epsilon);
  const one = g.constant(Float32Array.of(1), []);
  const shut = mul(g, sub(g, mask, one), g.constant(Float32Array.of(MASKED), []));
  const added = unsqueeze(g, shut, [1, 2]);

  for (let layer = 0; layer < config.layers; layer++) {
    const names = layerNames(layer);
    const part = (kind: "weight" | "bias") =>
      stacked(
        names.projections.map((name) =>
          kind === "weight"
            ? weights.matrix(`${name}.weight`, hidden, hidden)
            : weights.vector(`${name}.bias`, hidden),
        ),
      );
    x = plainLayer(g, config, x, added, {
      projections(y) {
        const product = form.linear(g, `${names.qkv}.weight`, part("weight"), y);
        const all = add(g, product, storeVector(g, `${names.qkv}.bias`, part("bias")));
        const [query = "", key = "", value = ""] = split(g, all, [hidden, hidden, hidden]);
        return [query, key, value];
      },
      attended: dense(names.attended, hidden, hidden),
      wide: dense(names.wide, intermediate, hidden),
      narrow: dense(names.narrow, hidden, intermediate),
      attendedNorm: norm(names.attendedNorm),
      narrowNorm: norm(names.narrowNorm),
    });
  }
  g.output("last_hidden_state", x, "float32", ["batch_size", "sequence_length", hidden]);
  const pooled = pooling === "cls" ? firstRow(g, x, hidden) : meanRow(g, x, mask);
  const vectors = similarity === "cosine" ? div(g, pooled, reduceL2(g, pooled)) : pooled;
  g.output("sentence_embedding", vectors, "float32", ["batch_size", hidden]);
  return g.model({ [METADATA_KEY]: JSON.stringify({ format: 1, dtype }) });
}

function storeVector(g: Graph, name: string, vector: Published): Value {
  return g.deferred(name, "float32", [vector.rows], async function* () {
    yield bytesOf(await vector.read());
  });
}

/** f32[S, hidden]: one vector for each place in the text. */
function storePlaces(g: Graph, form: Form, places: Published, length: Value): Value {
  const name = TABLES.places;
  if (form.places === "float32") {
    return head(g, storeRows(g, name, "float32", places, bytesOf), length);
  }
  const stored = storeRows(g, name, "float16", places, (values) => bytesOf(halvesIn(values, name)));
  return toFloat(g, head(g, stored, length));
}

function firstRow(g: Graph, x: Value, hidden: number): Value {
  return reshape(g, gather(g, x, g.constant(BigInt64Array.of(0n), [1]), 1), [-1, hidden]);
}

function meanRow(g: Graph, x: Value, mask: Value): Value {
  const column = unsqueeze(g, mask, [2]);
  const sum = g.node("Squeeze", [reduceSum(g, mul(g, x, column), 1), g.constant(BigInt64Array.of(1n), [1])]);
  const count = g.node("ReduceSum", [mask, g.constant(BigInt64Array.of(1n), [1])], {
    attributes: { keepdims: 1 },
  });
  return div(g, sum, max(g, count, g.constant(Float32Array.of(1), [])));
}
