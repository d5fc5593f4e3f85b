import type { Graph, Value } from "../graph.ts";

/** Standard ONNX operators (opset 17), one function each, with the attributes that Sextant's graphs use. */

const int64 = (g: Graph, values: readonly number[]): Value =>
  g.constant(BigInt64Array.from(values, BigInt), [values.length]);

export const add = (g: Graph, a: Value, b: Value): Value => g.node("Add", [a, b]);
export const sub = (g: Graph, a: Value, b: Value): Value => g.node("Sub", [a, b]);
export const mul = (g: Graph, a: Value, b: Value): Value => g.node("Mul", [a, b]);
export const div = (g: Graph, a: Value, b: Value): Value => g.node("Div", [a, b]);
export const abs = (g: Graph, a: Value): Value => g.node("Abs", [a]);
export const matMul = (g: Graph, a: Value, b: Value): Value => g.node("MatMul", [a, b]);

export const gather = (g: Graph, table: Value, indices: Value, axis = 0): Value =>
  g.node("Gather", [table, indices], { attributes: { axis } });

export const toFloat = (g: Graph, a: Value): Value => g.node("Cast", [a], { attributes: { to: 1 } });
export const toHalf = (g: Graph, a: Value): Value => g.node("Cast", [a], { attributes: { to: 10 } });
export const erf = (g: Graph, a: Value): Value => g.node("Erf", [a]);
export const shapeOf = (g: Graph, a: Value): Value => g.node("Shape", [a]);
export const softmax = (g: Graph, a: Value): Value => g.node("Softmax", [a], { attributes: { axis: -1 } });
export const max = (g: Graph, a: Value, b: Value): Value => g.node("Max", [a, b]);

export const transpose = (g: Graph, a: Value, axes: readonly number[]): Value =>
  g.node("Transpose", [a], { attributes: { perm: { ints: axes } } });

/** The product of `a` f32[rows, in] with a matrix as it is published, f32[out, in], plus bias f32[out]. */
export const gemm = (g: Graph, a: Value, published: Value, bias: Value): Value =>
  g.node("Gemm", [a, published, bias], { attributes: { transB: 1 } });

/** The first rows of `table`, as many as `count` i64[1] says. */
export const head = (g: Graph, table: Value, count: Value): Value =>
  g.node("Slice", [table, int64(g, [0]), count, int64(g, [0])]);

/** Sum along one axis, which stays with size 1. */
export const reduceSum = (g: Graph, a: Value, axis: number): Value =>
  g.node("ReduceSum", [a, int64(g, [axis])], { attributes: { keepdims: 1 } });

export const unsqueeze = (g: Graph, a: Value, axes: readonly number[]): Value =>
  g.node("Unsqueeze", [a, int64(g, axes)]);

export const reshape = (g: Graph, a: Value, shape: readonly number[]): Value =>
  g.node("Reshape", [a, int64(g, shape)]);

/** Cuts `a` along its last axis into parts of the given sizes. */
export const split = (g: Graph, a: Value, sizes: readonly number[]): Value[] =>
  g.nodes("Split", [a, int64(g, sizes)], sizes.length, { attributes: { axis: -1 } });

export const layerNormalization = (g: Graph, a: Value, scale: Value, shift: Value, epsilon: number): Value =>
  g.node("LayerNormalization", [a, scale, shift], { attributes: { axis: -1, epsilon: { float: epsilon } } });

/** Euclidean length along the last axis, which stays with size 1. */
export const reduceL2 = (g: Graph, a: Value): Value =>
  g.node("ReduceL2", [a], { attributes: { axes: { ints: [-1] }, keepdims: 1 } });

/** Largest value along the last axis, which stays with size 1. */
export const reduceMax = (g: Graph, a: Value): Value =>
  g.node("ReduceMax", [a], { attributes: { axes: { ints: [-1] }, keepdims: 1 } });

/** Rounds to u8 around `zero`. */
export const quantizeLinear = (g: Graph, a: Value, scale: Value, zero: Value): Value =>
  g.node("QuantizeLinear", [a, scale, zero]);
