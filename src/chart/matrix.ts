import { fromHalf } from "../base/half.ts";

/** Rows of a text from `first` up to `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** How alike the rows of a range are, cell by cell; a cell stands for one row or for several that follow each other. */
export interface LikenessMatrix extends RowRange {
  readonly cells: number;
  /** Mean inner products, f32[cells, cells]. */
  readonly values: Float32Array;
}

/** Where cell `cell` of `cells` begins in a range. */
export function rowOfCell({ first, end }: RowRange, cells: number, cell: number): number {
  return first + Math.floor((cell * (end - first)) / cells);
}

/**
 * Inner products of every row of a range with every other, in at most `most` × `most` cells.
 *
 * Shape: vectors f16 bits[rows, dim] row-major.
 * Cost: most² · dim / 2 multiply-adds, however many rows: the mean of the products of two runs of rows is the product
 * of their means.
 */
export function likenessMatrix(
  vectors: Uint16Array,
  dim: number,
  range: RowRange,
  most: number,
): LikenessMatrix {
  const { first, end } = range;
  const cells = Math.min(most, end - first);
  const means = new Float32Array(cells * dim);
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [rowOfCell(range, cells, cell), rowOfCell(range, cells, cell + 1)];
    for (let row = from; row < to; row++) {
      const floats = fromHalf(vectors.subarray(row * dim, (row + 1) * dim));
      for (let i = 0; i < dim; i++)
        means[cell * dim + i] = (means[cell * dim + i] ?? 0) + (floats[i] ?? 0) / (to - from);
    }
  }
  const values = new Float32Array(cells * cells);
  for (let a = 0; a < cells; a++)
    for (let b = a; b < cells; b++) {
      let sum = 0;
      for (let i = 0; i < dim; i++) sum += (means[a * dim + i] ?? 0) * (means[b * dim + i] ?? 0);
      values[a * cells + b] = sum;
      values[b * cells + a] = sum;
    }
  return { first, end, cells, values };
}

/** The values between which a matrix is told apart: what lies below the first twentieth or above the last looks the same. */
export function contrastOf({ cells, values }: LikenessMatrix): {
  readonly low: number;
  readonly high: number;
} {
  const sample: number[] = [];
  const stride = Math.max(1, Math.floor((cells * cells) / 4000));
  for (let at = 0; at < cells * cells; at += stride)
    if (Math.floor(at / cells) !== at % cells) sample.push(values[at] ?? 0);
  sample.sort((a, b) => a - b);
  const at = (share: number) => sample[Math.floor(share * (sample.length - 1))] ?? 0;
  return { low: at(0.05), high: at(0.99) };
}

/** RGBA bytes of a matrix, from the colour of what is unlike to that of what is alike. */
export function paintMatrix(
  matrix: LikenessMatrix,
  unlike: readonly [number, number, number],
  alike: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const { low, high } = contrastOf(matrix);
  const pixels = new Uint8ClampedArray(matrix.values.length * 4);
  for (const [i, value] of matrix.values.entries()) {
    const share = Math.min(1, Math.max(0, (value - low) / Math.max(1e-6, high - low)));
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [unlike[channel] ?? 0, alike[channel] ?? 0];
      pixels[i * 4 + channel] = from + (to - from) * share;
    }
    pixels[i * 4 + 3] = 255;
  }
  return pixels;
}

/** A range of `size` rows around a middle, kept within `total`. */
export function rangeAround(middle: number, size: number, total: number): RowRange {
  const held = Math.min(total, Math.max(2, Math.round(size)));
  const first = Math.min(total - held, Math.max(0, Math.round(middle - held / 2)));
  return { first, end: first + held };
}
