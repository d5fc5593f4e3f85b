import { bytesOf, transpose } from "../matrix.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import { matMulIntegerToFloat } from "../onnx/ops/runtime.ts";
import { abs, add, div, gather, mul, quantizeLinear, reduceMax, toFloat } from "../onnx/ops/standard.ts";
import type { Published } from "../published.ts";
import { expandColumns, expandRows, quantizeRows, type QuantizedRows } from "../quantize.ts";
import { floatsOf, integersOf, storeRows, whole, type Find, type Form } from "./form.ts";

/** The scales of an 8-bit or 4-bit weight are stored beside it under this ending. */
export const SCALE_SUFFIX = ".scale";

/** 8 bits: a matrix with one scale an output, the word vectors with one scale a word. */
export const q8: Form = {
  dtype: "q8",
  places: "float16",
  linear(g, name, matrix, x) {
    let scales = new Float32Array();
    const values = async () => {
      const quantized = quantizeRows(await matrix.read(), matrix.rows);
      scales = new Float32Array(quantized.scales);
      return bytesOf(transpose(quantized.values, matrix.rows));
    };
    g.deferred(name, "int8", [matrix.columns, matrix.rows], () => whole(values()));
    const scale = storeScales(g, name, [matrix.rows], () => scales);
    return multiplyIntegers(g, quantizeActivations(g, x), name, scale);
  },
  words: gatherIntegers,
  matrix: (find, name, inputs, outputs) => expandColumns(readMatrix(find, name, inputs, outputs)),
  published(find, name, inputs, outputs) {
    const { values, scales } = readMatrix(find, name, inputs, outputs);
    return expandRows({ values: transpose(values, inputs), scales });
  },
  table: (find, name, rows, columns) => expandRows(readTable(find, name, rows, columns)),
};

/** Stores a table in 8 bits with one scale a row and looks `ids` up. */
export function gatherIntegers(g: Graph, name: string, table: Published, ids: Value): Value {
  const scales = new Float32Array(table.rows);
  storeRows(g, name, "int8", table, (values, from) => {
    const quantized = quantizeRows(values, values.length / table.columns);
    scales.set(quantized.scales, from);
    return bytesOf(quantized.values);
  });
  return lookUpIntegers(
    g,
    name,
    storeScales(g, name, [table.rows, 1], () => scales),
    ids,
  );
}

/** Looks `ids` up in values i8[rows, columns] with scales f32[rows, 1]. */
export function lookUpIntegers(g: Graph, values: Value, scales: Value, ids: Value): Value {
  return mul(g, toFloat(g, gather(g, values, ids)), gather(g, scales, ids));
}

/** The scales are known once their weight was written, which is before their turn. */
export function storeScales(
  g: Graph,
  name: string,
  shape: readonly number[],
  scales: () => Float32Array,
): Value {
  return g.deferred(name + SCALE_SUFFIX, "float32", shape, () => whole(Promise.resolve(bytesOf(scales()))));
}

/** Numbers in 8 bits, each row divided by its own largest magnitude. */
export interface Activations {
  readonly rounded: Value;
  readonly largest: Value;
  readonly step: Value;
  readonly zero: Value;
}

/**
 * Rounds `x` to 8 bits row by row.
 *
 * DynamicQuantizeMatMul takes one scale for the whole batch, so a text's vector would depend on its neighbours;
 * scaling row by row costs 4 % at 1,024 tokens (8,770 against 9,140 tokens/s on one thread, Node, 16 texts of 64).
 */
export function quantizeActivations(g: Graph, x: Value): Activations {
  const step = g.shared("activation_step", Float32Array.of(1 / 127), []);
  const zero = g.shared("activation_zero", Uint8Array.of(128), []);
  const tiny = g.shared("activation_tiny", Float32Array.of(1e-20), []);
  const largest = add(g, reduceMax(g, abs(g, x)), tiny);
  return { rounded: quantizeLinear(g, div(g, x, largest), step, zero), largest, step, zero };
}

/** The product with i8[in, out] of one scale an output, in float32. */
export function multiplyIntegers(g: Graph, x: Activations, matrix: Value, scales: Value): Value {
  return mul(g, matMulIntegerToFloat(g, x.rounded, x.step, x.zero, matrix, scales), x.largest);
}

/** Values i8[inputs, outputs] with one scale an output, as they are stored. */
export function readMatrix(find: Find, name: string, inputs: number, outputs: number): QuantizedRows {
  return {
    values: integersOf(find(name, "int8", [inputs, outputs])),
    scales: floatsOf(find(name + SCALE_SUFFIX, "float32", [outputs])),
  };
}

/** Values i8[rows, columns] with one scale a row, as they are stored. */
export function readTable(find: Find, name: string, rows: number, columns: number): QuantizedRows {
  return {
    values: integersOf(find(name, "int8", [rows, columns])),
    scales: floatsOf(find(name + SCALE_SUFFIX, "float32", [rows, 1])),
  };
}
