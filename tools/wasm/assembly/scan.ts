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

/** Inner products of codes, four rows at once so that each part of the query is loaded once for all of them. */
function dots(row: usize, query: usize): v128 {
  const row1 = row + recordBytes;
  const row2 = row1 + recordBytes;
  const row3 = row2 + recordBytes;
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

/** Four neighbours' numbers at `offset` of their records' tails. */
function tails(tail: usize, offset: usize): v128 {
  const at = tail + offset;
  let v = v128.load32_zero(at);
  v = v128.load_lane<i32>(at + recordBytes, v, 1);
  v = v128.load_lane<i32>(at + 2 * recordBytes, v, 2);
  return v128.load_lane<i32>(at + 3 * recordBytes, v, 3);
}

function scanTile(first: i32, end: i32, q: i32, masked: bool): void {
  const query = codesAt + ((<usize>(q * stride)) << 1);
  const numbers = numbersAt + <usize>q * NUMBERS_BYTES;
  const scale = f32x4.splat(load<f32>(numbers));
  const norm = f32x4.splat(load<f32>(numbers, 4));
  const residual = f32x4.splat(load<f32>(numbers, 8));
  const lower = lowerAt + ((<usize>(q * capacity)) << 2);
  const upper = upperAt + ((<usize>(q * capacity)) << 2);
  const moments = momentsAt + <usize>q * MOMENTS_BYTES;
  let count = load<i32>(moments);
  let shift = load<f64>(moments, 8);
  let sum = load<f64>(moments, 16);
  let squares = load<f64>(moments, 24);
  for (let row = first; row < end; row += 4) {
    const at = (<usize>row) << 2;
    let bits = masked ? ((<i32>load<u8>(maskAt + ((<usize>row) >> 3))) >> (row & 4)) & 15 : 15;
    if (end - row < 4) bits &= (1 << (end - row)) - 1;
    if (bits == 0) {
      v128.store(lower + at, f32x4.splat(-Infinity));
      v128.store(upper + at, f32x4.splat(-Infinity));
      continue;
    }
    const record = recordsAt + <usize>row * recordBytes;
    const tail = record + <usize>stride;
    let products = dots(record, query);
    if (ASC_FEATURE_RELAXED_SIMD) products = i32x4.sub(products, i32x4.shl(tails(tail, 4), 6));
    const rowNorm = tails(tail, 12);
    const score = f32x4.mul(f32x4.convert_i32x4_s(products), f32x4.mul(tails(tail, 0), scale));
    // |x·q - x'·q'| <= |x - x'| |q| + |x'| |q - q'|, by Cauchy and Schwarz; x' and q' are what the codes stand for.
    let error = f32x4.mul(tails(tail, 8), norm);
    error = f32x4.add(error, f32x4.mul(rowNorm, residual));
    error = f32x4.add(error, f32x4.mul(f32x4.mul(rowNorm, norm), f32x4.splat(rounding)));
    error = f32x4.add(error, f32x4.splat(LEAST));
    const isIn = i32x4.ne(v128.and(i32x4.splat(bits), i32x4(1, 2, 4, 8)), i32x4.splat(0));
    const none = f32x4.splat(-Infinity);
    v128.store(lower + at, v128.bitselect(f32x4.sub(score, error), none, isIn));
    v128.store(upper + at, v128.bitselect(f32x4.add(score, error), none, isIn));
    v128.store(rowAt, score);
    for (let lane = 0; lane < 4; lane++) {
      if ((bits & (1 << lane)) == 0) continue;
      const value = <f64>load<f32>(rowAt + ((<usize>lane) << 2));
      if (count++ == 0) shift = value;
      sum += value - shift;
      squares += (value - shift) * (value - shift);
    }
  }
  store<i32>(moments, count);
  store<f64>(moments, shift, 8);
  store<f64>(moments, sum, 16);
  store<f64>(moments, squares, 24);
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
