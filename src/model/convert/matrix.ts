/** Side of the squares in which a matrix is turned: two of them, in and out, fit the first-level cache. */
const BLOCK = 32;

type Elements = Float32Array | Uint16Array | Int8Array;

/** Turns [rows, columns] into [columns, rows]: checkpoints store [out, in], MatMul wants [in, out]. */
export function transpose<T extends Elements>(matrix: T, rows: number): T {
  const columns = matrix.length / rows;
  const turned = new (matrix.constructor as new (length: number) => T)(matrix.length);
  for (let top = 0; top < rows; top += BLOCK) {
    const bottom = Math.min(rows, top + BLOCK);
    for (let left = 0; left < columns; left += BLOCK) {
      const right = Math.min(columns, left + BLOCK);
      for (let column = left; column < right; column++) {
        for (let row = top; row < bottom; row++) {
          turned[column * rows + row] = matrix[row * columns + column] ?? 0;
        }
      }
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

/** Columns [from, to) of a matrix with `width` columns, whatever its elements are. */
export function sliceColumns(
  bytes: Uint8Array,
  width: number,
  elementBytes: number,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const rowBytes = width * elementBytes;
  const rows = bytes.length / rowBytes;
  const sliceBytes = (to - from) * elementBytes;
  const slice = new Uint8Array(rows * sliceBytes);
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes + from * elementBytes;
    slice.set(bytes.subarray(start, start + sliceBytes), row * sliceBytes);
  }
  return slice;
}

export function bytesOf(array: Elements | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}
