import type { QuantizedRows } from "./quantize.ts";

type Elements = Float32Array | Int8Array;

/** Turns [rows, columns] into [columns, rows]: checkpoints store [out, in], MatMul wants [in, out]. */
export function transpose<T extends Elements>(matrix: T, rows: number): T {
  const columns = matrix.length / rows;
  const turned = matrix.slice() as T;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = matrix[row * columns + column] ?? 0;
    }
  }
  return turned;
}

/** Puts matrices of equal width one below the other. */
export function stack(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function stackRows(parts: readonly QuantizedRows[]): QuantizedRows {
  const values = new Int8Array(parts.reduce((length, part) => length + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { values, scales: stack(parts.map((part) => part.scales)) };
}
