import { fromHalf, toHalf } from "../../../base/half.ts";
import { SextantError } from "../../../contract/index.ts";
import { bytesOf, transpose } from "../matrix.ts";
import { gather, matMul, toFloat } from "../onnx/ops/standard.ts";
import { halvesOf, storeRows, whole, type Form } from "./form.ts";

/** Half precision in the file only: each weight is cast before it is used, so that all arithmetic is float32. */
export const fp16: Form = {
  dtype: "fp16",
  places: "float16",
  linear(g, name, matrix, x) {
    const turned = async () => bytesOf(transpose(halvesIn(await matrix.read(), name), matrix.rows));
    g.deferred(name, "float16", [matrix.columns, matrix.rows], () => whole(turned()));
    return matMul(g, x, toFloat(g, name));
  },
  words(g, name, table, ids) {
    const stored = storeRows(g, name, "float16", table, (values) => bytesOf(halvesIn(values, name)));
    return toFloat(g, gather(g, stored, ids));
  },
  matrix: (find, name, inputs, outputs) => fromHalf(halvesOf(find(name, "float16", [inputs, outputs]))),
  published: (find, name, inputs, outputs) =>
    fromHalf(transpose(halvesOf(find(name, "float16", [inputs, outputs])), inputs)),
  table: (find, name, rows, columns) => fromHalf(halvesOf(find(name, "float16", [rows, columns]))),
};

/** What lies beyond becomes infinite in half precision. Source: IEEE 754 binary16. */
const LARGEST_HALF = 65504;

/** Throws: `model/unsupported` when a value has no half. */
export function halvesIn(values: Float32Array, name: string): Uint16Array {
  for (const value of values) {
    if (Math.abs(value) <= LARGEST_HALF) continue;
    throw new SextantError(
      "model/unsupported",
      `"${name}" holds ${value}, which half precision cannot. Convert the model to fp32.`,
      { tensor: name },
    );
  }
  return toHalf(values);
}
