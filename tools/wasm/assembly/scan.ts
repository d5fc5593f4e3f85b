import {
  capacity,
  codesAt,
  LEAST,
  lowerAt,
  maskAt,
  momentsAt,
  MOMENTS_BYTES,
  numbersAt,
  NUMBERS_BYTES,
  recordBytes,
  recordsAt,
  rounding,
  rowAt,
  stride,
  upperAt,
} from "./layout";

/** Rows that all queries pass over while they are in the second-level cache. */
const TILE_BYTES: usize = 131072;

/**
 * Inner products of codes of four rows, `apart` bytes from each other, so that each part of the query is loaded once.
 *
 * Cost: rows that are not neighbours are four streams to the processor's prefetcher, a fifth faster than one.
 */
function dots(row: usize, apart: usize, query: usize): v128 {
  const row1 = row + apart;
  const row2 = row1 + apart;
  const row3 = row2 + apart;
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let c = i32x4.splat(0);
  let d = i32x4.splat(0);
  if (ASC_FEATURE_RELAXED_SIMD) {
    // Exact everywhere only while the second operand is 0..127 and so has no sign.
    for (let i: usize = 0; i < <usize>stride; i += 16) {
      const q = v128.load(query + i);
      a = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row + i), q, a);
      b = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row1 + i), q, b);
      c = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row2 + i), q, c);
      d = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row3 + i), q, d);
    }
  } else {
    for (let i: usize = 0; i < <usize>stride; i += 16) {
      const low = v128.load(query + (i << 1));
      const high = v128.load(query + (i << 1), 16);
      a = i32x4.add(a, dot16(v128.load(row + i), low, high));
      b = i32x4.add(b, dot16(v128.load(row1 + i), low, high));
      c = i32x4.add(c, dot16(v128.load(row2 + i), low, high));
      d = i32x4.add(d, dot16(v128.load(row3 + i), low, high));
    }
  }
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
}

function dot16(codes: v128, low: v128, high: v128): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(codes), low),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(codes), high),
  );
}

/** Which of four rows, `step` from each other, are before `end` and not left out. */
function rowsIn(row: i32, step: i32, end: i32, masked: bool): i32 {
  let bits = 0;
  for (let lane = 0; lane < 4; lane++, row += step) {
    if (row >= end) break;
    if (masked && (((<i32>load<u8>(maskAt + ((<usize>row) >> 3))) >> (row & 7)) & 1) == 0) continue;
    bits |= 1 << lane;
  }
  return bits;
}

/** The lanes of `values` to four places, `apart` bytes from each other. */
function scatter(at: usize, apart: usize, values: v128): void {
  v128.store_lane<f32>(at, values, 0);
  v128.store_lane<f32>(at + apart, values, 1);
  v128.store_lane<f32>(at + 2 * apart, values, 2);
  v128.store_lane<f32>(at + 3 * apart, values, 3);
}

function scanTile(first: i32, end: i32, q: i32, masked: bool): void {
  const query = codesAt + ((<usize>(q * stride)) << 1);
  const numbers = numbersAt + <usize>q * NUMBERS_BYTES;
  const scale = f32x4.splat(load<f32>(numbers));
  const norm = f32x4.splat(load<f32>(numbers, 4));
  const residual = f32x4.splat(load<f32>(numbers, 8));
  const moments = momentsAt + <usize>q * MOMENTS_BYTES;
  const none = f32x4.splat(-Infinity);
  let count = load<i32>(moments);
  let shift = load<f64>(moments, 8);
  let sum = f64x2.splat(0);
  let squares = f64x2.splat(0);
  // Four rows a step, a quarter of the tile from each other; those of the last may be missing.
  const step = (end - first + 3) >> 2;
  const apart = <usize>step * recordBytes;
  const numberApart = (<usize>step) << 2;
  let record = recordsAt + <usize>first * recordBytes;
  let lower = lowerAt + ((<usize>(q * capacity + first)) << 2);
  let upper = upperAt + ((<usize>(q * capacity + first)) << 2);
  for (let row = first; row < first + step; row++, record += recordBytes, lower += 4, upper += 4) {
    let bits = 15;
    if (masked || row + 3 * step >= end) bits = rowsIn(row, step, end, masked);
    if (bits == 0) {
      scatter(lower, numberApart, none);
      scatter(upper, numberApart, none);
      continue;
    }
    let products = dots(record, apart, query);
    // Scale, sum of codes, residual norm and norm of each row, turned to one of them of all four.
    const tail = record + <usize>stride;
    const tail0 = v128.load(tail);
    const tail1 = v128.load(tail + apart);
    const tail2 = v128.load(tail + 2 * apart);
    const tail3 = v128.load(tail + 3 * apart);
    const low01 = i32x4.shuffle(tail0, tail1, 0, 4, 1, 5);
    const low23 = i32x4.shuffle(tail2, tail3, 0, 4, 1, 5);
    const high01 = i32x4.shuffle(tail0, tail1, 2, 6, 3, 7);
    const high23 = i32x4.shuffle(tail2, tail3, 2, 6, 3, 7);
    if (ASC_FEATURE_RELAXED_SIMD)
      products = i32x4.sub(products, i32x4.shl(i64x2.shuffle(low01, low23, 1, 3), 6));
    const rowNorm = i64x2.shuffle(high01, high23, 1, 3);
    const score = f32x4.mul(
      f32x4.convert_i32x4_s(products),
      f32x4.mul(i64x2.shuffle(low01, low23, 0, 2), scale),
    );
    // |x·q - x'·q'| <= |x - x'| |q| + |x'| |q - q'|, by Cauchy and Schwarz; x' and q' are what the codes stand for.
    let error = f32x4.mul(i64x2.shuffle(high01, high23, 0, 2), norm);
    error = f32x4.add(error, f32x4.mul(rowNorm, residual));
    error = f32x4.add(error, f32x4.mul(f32x4.mul(rowNorm, norm), f32x4.splat(rounding)));
    error = f32x4.add(error, f32x4.splat(LEAST));
    const isIn = i32x4.ne(v128.and(i32x4.splat(bits), i32x4(1, 2, 4, 8)), i32x4.splat(0));
    scatter(lower, numberApart, v128.bitselect(f32x4.sub(score, error), none, isIn));
    scatter(upper, numberApart, v128.bitselect(f32x4.add(score, error), none, isIn));
    if (count == 0) {
      v128.store(rowAt, score);
      shift = <f64>load<f32>(rowAt + ((<usize>ctz(bits)) << 2));
    }
    count += popcnt(bits);
    const from = f64x2.splat(shift);
    const low = v128.and(f64x2.sub(f64x2.promote_low_f32x4(score), from), i64x2.extend_low_i32x4_s(isIn));
    const high = v128.and(
      f64x2.sub(f64x2.promote_low_f32x4(i64x2.shuffle(score, score, 1, 1)), from),
      i64x2.extend_high_i32x4_s(isIn),
    );
    sum = f64x2.add(sum, f64x2.add(low, high));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  store<i32>(moments, count);
  store<f64>(moments, shift, 8);
  store<f64>(moments, load<f64>(moments, 16) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1), 16);
  store<f64>(
    moments,
    load<f64>(moments, 24) + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1),
    24,
  );
}

/** Bounds every row's inner product with each query from below and above. Rows left out have minus infinity. */
export function scan(rows: i32, queries: i32, masked: bool): void {
  memory.fill(momentsAt, 0, <usize>queries * MOMENTS_BYTES);
  const tile = max(4, (<i32>(TILE_BYTES / recordBytes)) & ~3);
  for (let first = 0; first < rows; first += tile) {
    const end = min(first + tile, rows);
    for (let q = 0; q < queries; q++) scanTile(first, end, q, masked);
  }
}
