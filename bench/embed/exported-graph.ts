import { layerNames, TABLES } from "../../src/model/convert/graphs/names.ts";
import { createGraph, type Graph, type Value } from "../../src/model/convert/onnx/graph.ts";
import type { StoredWeights } from "../../src/model/convert/stored.ts";
import type { BertConfig } from "../../src/model/index.ts";

/**
 * Builds the ONNX file that a Hugging Face export of the same weights would be: int64 inputs, attention and GELU in
 * single operators, the hidden state of every token as output. `q8` is what ORT's `quantize_dynamic` makes of it, with
 * Sextant's own 8-bit weights, so that both sides compute with the same numbers; those must be stored as q8.
 */
export function buildExportedBert(
  config: BertConfig,
  weights: StoredWeights,
  dtype: "fp32" | "q8",
): Uint8Array {
  const { hidden, intermediate } = config;
  const g = createGraph("exported", Number.POSITIVE_INFINITY);
  const shape = ["batch", "length"];
  const ids = g.input("input_ids", "int64", shape);
  const mask = g.input("attention_mask", "int64", shape);
  const types = g.input("token_type_ids", "int64", shape);
  const op = (name: string, inputs: Value[], attributes = {}): Value => g.node(name, inputs, { attributes });
  const scalar = (value: number): Value => g.constant(Float32Array.of(value), []);
  const ints = (...values: number[]): Value =>
    g.constant(BigInt64Array.from(values, BigInt), [values.length]);
  const vector = (values: Float32Array): Value => g.constant(values, [values.length]);
  const multiply = dtype === "q8" ? dynamicProduct(g, weights) : floatProduct(g, weights);
  const dense = (x: Value, name: string, inputs: number, outputs: number): Value =>
    op("Add", [
      multiply(x, name, inputs, outputs, [0, outputs]),
      vector(weights.vector(`${name}.bias`, outputs)),
    ]);
  /** One third of the matrix in which Sextant keeps query, key and value. */
  const projected = (x: Value, name: string, third: number): Value => {
    const columns = [third * hidden, (third + 1) * hidden] as const;
    const bias = weights.vector(`${name}.bias`, 3 * hidden).slice(...columns);
    return op("Add", [multiply(x, name, hidden, 3 * hidden, columns), vector(bias)]);
  };
  const norm = (x: Value, name: string): Value => {
    const parts = ["weight", "bias"].map((part) => vector(weights.vector(`${name}.${part}`, hidden)));
    return op("LayerNormalization", [x, ...parts], { axis: -1, epsilon: { float: config.epsilon } });
  };

  const length = op("Unsqueeze", [
    op("Gather", [op("Shape", [ids]), g.constant(BigInt64Array.of(1n), [])]),
    ints(0),
  ]);
  const order = g.constant(
    BigInt64Array.from({ length: config.positions }, (_, i) => BigInt(i)),
    [1, config.positions],
  );
  const positions = op("Slice", [order, ints(0), length, ints(1)]);
  const places = weights.places(config.positions, hidden);
  // Sextant keeps the first type's vector within the places, so that it is zero here; the look-up still costs.
  const type = g.constant(new Float32Array(2 * hidden), [2, hidden]);
  const typed = op("Add", [wordVectors(g, config, weights, dtype, ids), op("Gather", [type, types])]);
  const placed = op("Gather", [g.constant(places, [config.positions, hidden]), positions]);
  let x = norm(op("Add", [typed, placed]), TABLES.norm);

  const seen = op("Cast", [op("Unsqueeze", [mask, ints(1, 2)])], { to: 1 });
  const masked = op("Mul", [op("Sub", [scalar(1), seen]), scalar(-3.4028234663852886e38)]);
  const width = hidden / config.heads;
  const heads = (value: Value, perm: number[]): Value =>
    op("Transpose", [op("Reshape", [value, ints(0, 0, config.heads, width)])], { perm: { ints: perm } });

  for (let layer = 0; layer < config.layers; layer++) {
    const names = layerNames(layer);
    const query = heads(projected(x, names.qkv, 0), [0, 2, 1, 3]);
    const key = heads(projected(x, names.qkv, 1), [0, 2, 3, 1]);
    const value = heads(projected(x, names.qkv, 2), [0, 2, 1, 3]);
    const scores = op("Add", [op("Div", [op("MatMul", [query, key]), scalar(Math.sqrt(width))]), masked]);
    const mixed = op("MatMul", [op("Softmax", [scores], { axis: -1 }), value]);
    const joined = op("Reshape", [
      op("Transpose", [mixed], { perm: { ints: [0, 2, 1, 3] } }),
      ints(0, 0, hidden),
    ]);
    x = norm(op("Add", [dense(joined, names.attended, hidden, hidden), x]), names.attendedNorm);
    const wide = dense(x, names.wide, hidden, intermediate);
    const erf = op("Add", [op("Erf", [op("Div", [wide, scalar(Math.SQRT2)])]), scalar(1)]);
    const active = op("Mul", [op("Mul", [wide, erf]), scalar(0.5)]);
    x = norm(op("Add", [dense(active, names.narrow, intermediate, hidden), x]), names.narrowNorm);
  }
  g.output("last_hidden_state", x, "float32", [...shape, hidden]);
  return g.build().onnx;
}

/** Multiplies with some columns of a stored matrix [inputs, outputs]. */
type Product = (
  x: Value,
  name: string,
  inputs: number,
  outputs: number,
  columns: readonly [from: number, to: number],
) => Value;

function floatProduct(g: Graph, weights: StoredWeights): Product {
  return (x, name, inputs, outputs, columns) => {
    const values = weights.matrix(`${name}.weight`, inputs, outputs);
    const [part, width] = cut(values, inputs, columns, Float32Array);
    return g.node("MatMul", [x, g.constant(part, [inputs, width])]);
  };
}

/** One scale for the whole batch, computed once an input, as the quantizer does. */
function dynamicProduct(g: Graph, weights: StoredWeights): Product {
  const rounded = new Map<Value, Value[]>();
  return (x, name, inputs, outputs, columns) => {
    const { values, scales } = weights.integers(`${name}.weight`, inputs, outputs);
    const [part, width] = cut(values, inputs, columns, Int8Array);
    const parts = rounded.get(x) ?? g.nodes("DynamicQuantizeLinear", [x], 3);
    rounded.set(x, parts);
    const [bytes = "", scale = "", zero = ""] = parts;
    const product = g.node("MatMulInteger", [bytes, g.constant(part, [inputs, width]), zero]);
    const both = g.node("Mul", [scale, g.constant(scales.slice(...columns), [width])]);
    return g.node("Mul", [g.node("Cast", [product], { attributes: { to: 1 } }), both]);
  };
}

function cut<T extends Float32Array | Int8Array>(
  matrix: T,
  rows: number,
  [from, to]: readonly [number, number],
  Kind: new (length: number) => T,
): readonly [part: T, width: number] {
  const width = to - from;
  const columns = matrix.length / rows;
  if (width === columns) return [matrix, width];
  const part = new Kind(rows * width);
  for (let row = 0; row < rows; row++)
    part.set(matrix.subarray(row * columns + from, row * columns + to), row * width);
  return [part, width];
}

function wordVectors(
  g: Graph,
  { vocabulary, hidden }: BertConfig,
  weights: StoredWeights,
  dtype: "fp32" | "q8",
  ids: Value,
): Value {
  if (dtype === "fp32") {
    const table = weights.table(TABLES.words, vocabulary, hidden);
    return g.node("Gather", [g.constant(table, [vocabulary, hidden]), ids]);
  }
  const { values, scales } = weights.integerTable(TABLES.words, vocabulary, hidden);
  const bytes = g.node("Gather", [g.constant(values, [vocabulary, hidden]), ids]);
  const scale = g.node("Gather", [g.constant(scales, [vocabulary, 1]), ids]);
  return g.node("Mul", [g.node("Cast", [bytes], { attributes: { to: 1 } }), scale]);
}
