// Where everything lies in one block of signs, a module instance of its own.
//
// From low to high: rotation · query, its tables and codes · mask · uppers · candidates · input · signs · factors ·
// details. A row is rotated before it is coded; a value's sign is 1 where it is negative.
//
// Signs lie in groups of 16 rows: byte b of each of the 16 rows side by side, which is how a table of 16 entries is
// looked up for 16 rows at once. Byte b holds values 8b to 8b + 7, lowest bit first. A row's details are read for
// candidates only: u8[stride / 8] second bits of the values' codes, then factor and error f32. A code is -3, -1, 1 or 3:
// twice the sign of its value and once that of its second bit, 1 where that is negative. So the sum of the signs, which
// the scan has, is half of an estimate from codes, and a candidate's signs, which lie in many places, need not be read.

/** Rows whose signs lie side by side. */
export const GROUP: i32 = 16;

/** Rounds of the rotation. */
export const ROUNDS: i32 = 3;

/** Behind the second bits of a row. */
export const DETAIL_TAIL: usize = 8;

export let dim: i32 = 0;
/** Values of a rotated row: a multiple of 64. */
export let stride: i32 = 0;
export let capacity: i32 = 0;

export let orderAt: usize = 0;
export let flipsAt: usize = 0;
export let queryAt: usize = 0;
export let scratchAt: usize = 0;
export let tablesAt: usize = 0;
export let codesAt: usize = 0;
export let momentsAt: usize = 0;
export let maskAt: usize = 0;
export let uppersAt: usize = 0;
export let foundAt: usize = 0;
export let foundLowerAt: usize = 0;
export let foundUpperAt: usize = 0;
export let heapAt: usize = 0;
export let inputAt: usize = 0;
export let signsAt: usize = 0;
export let factorsAt: usize = 0;
export let detailsAt: usize = 0;
export let detailBytes: usize = 0;

let end: usize = 0;

function take(bytes: usize): usize {
  const at = end;
  end = (at + bytes + 63) & ~63;
  return at;
}

/** Lays out a block for rows of `dimension` values. Call once, before anything else. */
export function place(dimension: i32, rows: i32, inputRows: i32): void {
  dim = dimension;
  stride = (dimension + 63) & ~63;
  capacity = rows;
  const floats = (<usize>stride) << 2;
  const perRow = (<usize>rows) << 2;
  detailBytes = <usize>(stride >> 3) + DETAIL_TAIL;
  end = 64;
  orderAt = take(<usize>ROUNDS * floats);
  flipsAt = take(<usize>ROUNDS * floats);
  queryAt = take(floats);
  scratchAt = take(floats);
  tablesAt = take(floats);
  codesAt = take((<usize>stride) << 1);
  momentsAt = take(32);
  maskAt = take(<usize>(rows >> 3));
  uppersAt = take(perRow);
  foundAt = take(perRow);
  foundLowerAt = take(perRow);
  foundUpperAt = take(perRow);
  heapAt = take(perRow);
  inputAt = take((<usize>(inputRows * dimension)) << 1);
  // A scan of four groups at once reads up to three behind the last.
  signsAt = take(<usize>(rows + 3 * GROUP) * <usize>(stride >> 3));
  factorsAt = take(perRow);
  detailsAt = take(0);
}
