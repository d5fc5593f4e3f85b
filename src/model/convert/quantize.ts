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
    const start = row * columns;
    const end = start + columns;
    let largest = 0;
    for (let i = start; i < end; i++) {
      const size = Math.abs(matrix[i] as number);
      if (size > largest) largest = size;
    }
    const scale = Math.fround(largest / 127);
    scales[row] = scale;
    if (scale === 0) continue;
    for (let i = start; i < end; i++) values[i] = Math.floor((matrix[i] as number) / scale + 0.5);
  }
  return { values, scales };
}

/** The inverse of `quantizeRows`, up to rounding. */
export function expandRows({ values, scales }: QuantizedRows): Float32Array {
  const columns = values.length / scales.length;
  const out = new Float32Array(values.length);
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row] ?? 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) out[i] = (values[i] ?? 0) * scale;
  }
  return out;
}

/** The same for a matrix that was transposed after it was rounded: one scale a column. */
export function expandColumns({ values, scales }: QuantizedRows): Float32Array {
  const columns = scales.length;
  const out = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      out[start + column] = (values[start + column] ?? 0) * (scales[column] ?? 0);
    }
  }
  return out;
}
