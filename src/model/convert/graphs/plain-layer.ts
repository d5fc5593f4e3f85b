import type { Graph, Value } from "../onnx/graph.ts";
import {
  add,
  erf,
  layerNormalization,
  matMul,
  mul,
  reshape,
  softmax,
  transpose,
} from "../onnx/ops/standard.ts";
import type { BertConfig } from "./bert-config.ts";

/** What one layer multiplies and adds, however the weights come in. */
export interface LayerSteps {
  /** x → f32[B, S, hidden] each, bias included. */
  projections(x: Value): readonly [query: Value, key: Value, value: Value];
  attended(context: Value): Value;
  wide(x: Value): Value;
  narrow(x: Value): Value;
  readonly attendedNorm: readonly [gain: Value, shift: Value];
  readonly narrowNorm: readonly [gain: Value, shift: Value];
}

/**
 * One BERT layer in standard operators.
 *
 * Shape: x f32[B, S, hidden], added f32[B, 1, 1, S] or null → f32[B, S, hidden].
 * Source: Devlin et al. 2018 (post-norm), as Hugging Face's BertLayer computes it.
 */
export function plainLayer(
  g: Graph,
  { hidden, heads, epsilon }: BertConfig,
  x: Value,
  added: Value | null,
  steps: LayerSteps,
): Value {
  const size = hidden / heads;
  const [query, key, value] = steps.projections(x);
  const perHead = (y: Value, axes: readonly number[]): Value =>
    transpose(g, reshape(g, y, [0, 0, heads, size]), axes);
  const products = matMul(g, perHead(query, [0, 2, 1, 3]), perHead(key, [0, 2, 3, 1]));
  const scaled = mul(g, products, g.shared("attention_scale", Float32Array.of(1 / Math.sqrt(size)), []));
  const shares = softmax(g, added === null ? scaled : add(g, scaled, added));
  const together = transpose(g, matMul(g, shares, perHead(value, [0, 2, 1, 3])), [0, 2, 1, 3]);
  const context = reshape(g, together, [0, 0, hidden]);
  const y = layerNormalization(g, add(g, steps.attended(context), x), ...steps.attendedNorm, epsilon);
  const active = gelu(g, steps.wide(y));
  return layerNormalization(g, add(g, steps.narrow(active), y), ...steps.narrowNorm, epsilon);
}

/** With the error function. Source: Hendrycks & Gimpel 2016; Hugging Face's "gelu". */
function gelu(g: Graph, x: Value): Value {
  const scaled = mul(g, x, g.shared("gelu_scale", Float32Array.of(Math.SQRT1_2), []));
  const share = add(g, erf(g, scaled), g.shared("gelu_one", Float32Array.of(1), []));
  return mul(g, mul(g, x, share), g.shared("gelu_half", Float32Array.of(0.5), []));
}
