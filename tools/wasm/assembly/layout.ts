// Where everything lies in one block's memory. A block is a module instance of its own: its memory goes back to the
// system when the block is dropped, and no block moves when another one grows.
//
// From low to high: queries, their codes and numbers · mask · lower and upper bounds · candidates · input · records.
// A record is one row: codes i8[stride], then scale f32, sum of codes i32, residual norm f32, norm f32.

/** A bound that holds down to the smallest numbers. */
export const LEAST: f32 = 1e-30;

/** Queries that share one pass over the rows. */
export const QUERIES: usize = 4;

/** What a query is read by: numbers f32[8] (scale, norm, residual norm), then moments. */
export const NUMBERS_BYTES: usize = 32;
export const MOMENTS_BYTES: usize = 32;
export const RECORD_TAIL: usize = 16;

export let dim: i32 = 0;
export let stride: i32 = 0;
export let capacity: i32 = 0;
export let inputRows: i32 = 0;

export let queriesAt: usize = 0;
export let codesAt: usize = 0;
export let numbersAt: usize = 0;
export let momentsAt: usize = 0;
export let rowAt: usize = 0;
export let maskAt: usize = 0;
export let lowerAt: usize = 0;
export let upperAt: usize = 0;
export let foundAt: usize = 0;
export let foundLowerAt: usize = 0;
export let foundUpperAt: usize = 0;
export let heapAt: usize = 0;
export let inputAt: usize = 0;
export let recordsAt: usize = 0;
export let recordBytes: usize = 0;

/** What float32 sums of `stride` products can be off by, as a part of the product of the norms. */
export let rounding: f32 = 0;

let end: usize = 0;

function take(bytes: usize): usize {
  const at = end;
  end = (at + bytes + 63) & ~63;
  return at;
}

/** Lays out a block for rows of `dimension` values. Call once, before anything else. */
export function layOut(dimension: i32, rows: i32, rowsOfInput: i32): void {
  dim = dimension;
  stride = (dimension + 15) & ~15;
  capacity = rows;
  inputRows = rowsOfInput;
  recordBytes = <usize>stride + RECORD_TAIL;
  rounding = (<f32>stride / 16 + 16) * 6e-8;
  end = 64;
  queriesAt = take(QUERIES * ((<usize>stride) << 2));
  codesAt = take(QUERIES * ((<usize>stride) << 1));
  numbersAt = take(QUERIES * NUMBERS_BYTES);
  momentsAt = take(QUERIES * MOMENTS_BYTES);
  rowAt = take((<usize>stride) << 2);
  maskAt = take((<usize>(capacity + 31)) >> 3);
  lowerAt = take(QUERIES * ((<usize>capacity) << 2));
  upperAt = take(QUERIES * ((<usize>capacity) << 2));
  foundAt = take((<usize>capacity) << 2);
  foundLowerAt = take((<usize>capacity) << 2);
  foundUpperAt = take((<usize>capacity) << 2);
  heapAt = take((<usize>capacity) << 2);
  inputAt = take((<usize>(rowsOfInput * dimension)) << 1);
  recordsAt = take(0);
}
