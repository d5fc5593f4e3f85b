import type { Graph, Value } from "../graph.ts";
import type { Attribute } from "../proto.ts";

/**
 * ONNX Runtime's own operators, one function each.
 * Source: github.com/microsoft/onnxruntime docs/ContribOperators.md.
 */

const node = (
  g: Graph,
  op: string,
  inputs: readonly (Value | null)[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Value => g.node(op, inputs, { domain: "com.microsoft", attributes });

/**
 * Self-attention that projects query, key and value with one matrix.
 *
 * Shape: x f32[B, S, H], weight f32[H, 3H], bias f32[3H], added f32[B, 1, S, S] → f32[B, S, H].
 */
export const attention = (
  g: Graph,
  x: Value,
  weight: Value,
  bias: Value,
  added: Value,
  heads: number,
): Value => node(g, "Attention", [x, weight, bias, null, null, added], { num_heads: heads });

/**
 * Attention over query, key and value that are projected already but lack their bias.
 *
 * Shape: query, key, value f32[B, S, H], bias f32[3H], added f32[B, 1, S, S] → f32[B, S, H].
 */
export const multiHeadAttention = (
  g: Graph,
  query: Value,
  key: Value,
  value: Value,
  bias: Value,
  added: Value,
  heads: number,
): Value => node(g, "MultiHeadAttention", [query, key, value, bias, null, added], { num_heads: heads });

/** Normalises `x + skip + bias` along the last axis. */
export const skipLayerNormalization = (
  g: Graph,
  x: Value,
  skip: Value,
  scale: Value,
  shift: Value,
  bias: Value,
  epsilon: number,
): Value => node(g, "SkipLayerNormalization", [x, skip, scale, shift, bias], { epsilon: { float: epsilon } });

/** `gelu(x + bias)` with the error function. */
export const biasGelu = (g: Graph, x: Value, bias: Value): Value => node(g, "BiasGelu", [x, bias]);

/**
 * 8-bit product, back in float.
 *
 * Shape: x u8[…, K] with one scale and zero point, weight i8[K, N] with scales f32[N] → f32[…, N].
 */
export const matMulIntegerToFloat = (
  g: Graph,
  x: Value,
  xScale: Value,
  xZero: Value,
  weight: Value,
  scales: Value,
): Value => node(g, "MatMulIntegerToFloat", [x, weight, xScale, scales, xZero]);

/**
 * The product with a matrix of 4 bits a weight.
 *
 * Shape: x f32[…, inputs], values u8[outputs, blocks, 16], scales f32[outputs * blocks],
 * zeros u8[outputs * ceil(blocks / 2)] → f32[…, outputs].
 */
export const matMulNBits = (
  g: Graph,
  x: Value,
  values: Value,
  scales: Value,
  zeros: Value,
  { inputs, outputs, blockSize }: { inputs: number; outputs: number; blockSize: number },
): Value =>
  node(g, "MatMulNBits", [x, values, scales, zeros], {
    K: inputs,
    N: outputs,
    bits: 4,
    block_size: blockSize,
  });
