import { bytesOf, transpose } from "../matrix.ts";
import { gather, matMul } from "../onnx/ops/standard.ts";
import { floatsOf, storeRows, whole, type Form } from "./form.ts";

/** As published, but turned. */
export const fp32: Form = {
  dtype: "fp32",
  places: "float32",
  linear(g, name, matrix, x) {
    const turned = async () => bytesOf(transpose(await matrix.read(), matrix.rows));
    g.deferred(name, "float32", [matrix.columns, matrix.rows], () => whole(turned()));
    return matMul(g, x, name);
  },
  words: (g, name, table, ids) => gather(g, storeRows(g, name, "float32", table, bytesOf), ids),
  matrix: (find, name, inputs, outputs) => floatsOf(find(name, "float32", [inputs, outputs])),
  published: (find, name, inputs, outputs) =>
    transpose(floatsOf(find(name, "float32", [inputs, outputs])), inputs),
  table: (find, name, rows, columns) => floatsOf(find(name, "float32", [rows, columns])),
};
