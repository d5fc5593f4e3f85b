import { createGraph, type BertConfig, type Graph, type Value, type Weights } from "../../src/model/index.ts";

/**
 * Builds the ONNX file that a Hugging Face export of the same weights would be: int64 inputs, attention and GELU in
 * single operators, the hidden state of every token as output. `q8` is what ORT's `quantize_dynamic` makes of it, with
 * Sextant's own 8-bit weights, so that both sides compute with the same numbers.
 */
export function buildExportedBert(config: BertConfig, weights: Weights, dtype: "fp32" | "q8"): Uint8Array {
  const g = createGraph("exported", Number.POSITIVE_INFINITY);
  const shape = ["batch", "length"];
  const ids = g.input("input_ids", "int64", shape);
  const mask = g.input("attention_mask", "int64", shape);
  const types = g.input("token_type_ids", "int64", shape);
  const op = (name: string, inputs: Value[], attributes = {}): Value => g.node(name, inputs, { attributes });
  const scalar = (value: number): Value => g.constant(Float32Array.of(value), []);
  const ints = (...values: number[]): Value =>
    g.constant(BigInt64Array.from(values, BigInt), [values.length]);
  const float = (name: string): Value => g.constant(weights.float(name), weights.shape(name), name);
  const linear = dtype === "q8" ? dynamicLinear(g, weights) : floatLinear(g, weights);
  const dense = (x: Value, name: string): Value =>
    op("Add", [linear(x, `${name}.weight`), float(`${name}.bias`)]);
  const norm = (x: Value, name: string): Value =>
    op("LayerNormalization", [x, float(`${name}.weight`), float(`${name}.bias`)], {
      axis: -1,
      epsilon: { float: config.epsilon },
    });

  const words = "embeddings.word_embeddings.weight";
  const length = op("Unsqueeze", [
    op("Gather", [op("Shape", [ids]), g.constant(BigInt64Array.of(1n), [])]),
    ints(0),
  ]);
  const order = g.constant(
    BigInt64Array.from({ length: config.positions }, (_, i) => BigInt(i)),
    [1, config.positions],
  );
  const positions = op("Slice", [order, ints(0), length, ints(1)]);
  const word = dtype === "q8" ? quantizedRows(g, weights, words, ids) : op("Gather", [float(words), ids]);
  const typed = op("Add", [word, op("Gather", [float("embeddings.token_type_embeddings.weight"), types])]);
  const placed = op("Add", [
    typed,
    op("Gather", [float("embeddings.position_embeddings.weight"), positions]),
  ]);
  let x = norm(placed, "embeddings.LayerNorm");

  const seen = op("Cast", [op("Unsqueeze", [mask, ints(1, 2)])], { to: 1 });
  const masked = op("Mul", [op("Sub", [scalar(1), seen]), scalar(-3.4028234663852886e38)]);
  const width = config.hidden / config.heads;
  const heads = (value: Value, perm: number[]): Value =>
    op("Transpose", [op("Reshape", [value, ints(0, 0, config.heads, width)])], { perm: { ints: perm } });

  for (let layer = 0; layer < config.layers; layer++) {
    const at = `encoder.layer.${layer}`;
    const query = heads(dense(x, `${at}.attention.self.query`), [0, 2, 1, 3]);
    const key = heads(dense(x, `${at}.attention.self.key`), [0, 2, 3, 1]);
    const value = heads(dense(x, `${at}.attention.self.value`), [0, 2, 1, 3]);
    const scores = op("Add", [op("Div", [op("MatMul", [query, key]), scalar(Math.sqrt(width))]), masked]);
    const mixed = op("MatMul", [op("Softmax", [scores], { axis: -1 }), value]);
    const joined = op("Reshape", [
      op("Transpose", [mixed], { perm: { ints: [0, 2, 1, 3] } }),
      ints(0, 0, config.hidden),
    ]);
    x = norm(
      op("Add", [dense(joined, `${at}.attention.output.dense`), x]),
      `${at}.attention.output.LayerNorm`,
    );
    const wide = dense(x, `${at}.intermediate.dense`);
    const erf = op("Add", [op("Erf", [op("Div", [wide, scalar(Math.SQRT2)])]), scalar(1)]);
    const active = op("Mul", [op("Mul", [wide, erf]), scalar(0.5)]);
    x = norm(op("Add", [dense(active, `${at}.output.dense`), x]), `${at}.output.LayerNorm`);
  }
  g.output("last_hidden_state", x, "float32", [...shape, config.hidden]);
  return g.build().onnx;
}

function floatLinear(g: Graph, weights: Weights): (x: Value, name: string) => Value {
  return (x, name) => {
    const [rows = 1, columns = 1] = weights.shape(name);
    const matrix = weights.float(name);
    const turned = matrix.map((_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
    return g.node("MatMul", [x, g.constant(turned, [columns, rows], name)]);
  };
}

/** One scale for the whole batch, computed once an input, as the quantizer does. */
function dynamicLinear(g: Graph, weights: Weights): (x: Value, name: string) => Value {
  const rounded = new Map<Value, Value[]>();
  return (x, name) => {
    const [rows = 1, columns = 1] = weights.shape(name);
    const { values, scales } = weights.rows(name);
    const turned = values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
    const parts = rounded.get(x) ?? g.nodes("DynamicQuantizeLinear", [x], 3);
    rounded.set(x, parts);
    const [bytes = "", scale = "", zero = ""] = parts;
    const product = g.node("MatMulInteger", [bytes, g.constant(turned, [columns, rows], name), zero]);
    const both = g.node("Mul", [scale, g.constant(scales, [rows])]);
    return g.node("Mul", [g.node("Cast", [product], { attributes: { to: 1 } }), both]);
  };
}

function quantizedRows(g: Graph, weights: Weights, name: string, ids: Value): Value {
  const { values, scales } = weights.rows(name);
  const bytes = g.node("Gather", [g.constant(values, weights.shape(name), name), ids]);
  const scale = g.node("Gather", [g.constant(scales, [scales.length, 1]), ids]);
  return g.node("Mul", [g.node("Cast", [bytes], { attributes: { to: 1 } }), scale]);
}
