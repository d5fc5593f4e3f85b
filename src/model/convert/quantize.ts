/** A matrix in 8 bits: value = `values[row, column] * scales[row]`. */
export interface QuantizedRows {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/**
 * Rounds a matrix to 8 bits with one scale a row, symmetric around zero.
 *
 * Shape: matrix f32[rows, columns] row-major → values i8[rows, columns], scales f32[rows].
 */
export function quantizeRows(matrix: Float32Array, rows: number): QuantizedRows {
  const columns = matrix.length / rows;
  const values = new Int8Array(matrix.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const source = matrix.subarray(row * columns, (row + 1) * columns);
    const scale = source.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    scales[row] = scale;
    if (scale > 0)
      values.set(
        source.map((value) => Math.round(value / scale)),
        row * columns,
      );
  }
  return { values, scales };
}

/** The inverse of `quantizeRows`, up to rounding. */
export function expandRows({ values, scales }: QuantizedRows): Float32Array {
  const columns = values.length / scales.length;
  return Float32Array.from(values, (value, i) => value * (scales[Math.floor(i / columns)] ?? 0));
}
