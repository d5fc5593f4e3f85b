import { sumLanes } from "../half";
import {
  factorsAt,
  GROUP,
  maskAt,
  momentsAt,
  scratchAt,
  signsAt,
  stride,
  tablesAt,
  uppersAt,
} from "./layout";
import { norm, origin, step } from "./query";

/** Of what one bit a value leaves out of a rotated row, per unit of its factor and the query's length: sqrt(1 - 2/π). */
const SPREAD: f32 = 0.6028;

/** Groups that are scanned as four streams: 100 KB at 768 values. */
const TILE_GROUPS: i32 = 64;

let count: i32 = 0;
let shift: f32 = 0;
let sum: f64 = 0;
let squares: f64 = 0;

function lookUp(table: v128, index: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i8x16.relaxed_swizzle(table, index);
  return i8x16.swizzle(table, index);
}

/** What was added to each product of signs in the last scan, per unit of the row's factor. */
export let slack: f32 = 0;

/** Sums of 16 rows, u8 lanes added up as u16: all with the odd ones above them, and the odd ones. */
function finish(all: v128, odd: v128, row: i32, rows: i32, masked: bool): void {
  if (row >= rows) return;
  let bits = masked ? <i32>load<u16>(maskAt + ((<usize>row) >> 3)) : 0xffff;
  if (rows - row < GROUP) bits &= (1 << (rows - row)) - 1;
  const even = i16x8.sub(all, i16x8.shl(odd, 8));
  const low = i16x8.shuffle(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
  const high = i16x8.shuffle(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
  finishFour(i32x4.extend_low_i16x8_u(low), row, bits & 15);
  finishFour(i32x4.extend_high_i16x8_u(low), row + 4, (bits >> 4) & 15);
  finishFour(i32x4.extend_low_i16x8_u(high), row + 8, (bits >> 8) & 15);
  finishFour(i32x4.extend_high_i16x8_u(high), row + 12, bits >> 12);
}

function finishFour(sums: v128, row: i32, bits: i32): void {
  const at = (<usize>row) << 2;
  const factor = v128.load(factorsAt + at);
  const product = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), f32x4.splat(step)), f32x4.splat(origin));
  const isIn = i32x4.ne(v128.and(i32x4.splat(bits), i32x4(1, 2, 4, 8)), i32x4.splat(0));
  const estimate = f32x4.mul(product, factor);
  const upper = f32x4.mul(f32x4.add(product, f32x4.splat(slack)), factor);
  v128.store(uppersAt + at, v128.bitselect(upper, f32x4.splat(-Infinity), isIn));
  if (bits == 0) return;
  if (count == 0) {
    v128.store(scratchAt, estimate);
    shift = load<f32>(scratchAt + ((<usize>ctz(bits)) << 2));
  }
  const apart = v128.and(f32x4.sub(estimate, f32x4.splat(shift)), isIn);
  const noise = v128.and(f32x4.mul(factor, f32x4.splat(SPREAD * norm)), isIn);
  count += popcnt(bits);
  sum += sumLanes(apart);
  squares += sumLanes(f32x4.sub(f32x4.mul(apart, apart), f32x4.mul(noise, noise)));
}

/** Sums, as u8, of what the signs in 32 bytes of a group select from four tables. */
function sumOf(at: usize, table0: v128, table1: v128, table2: v128, table3: v128): v128 {
  const low4 = i8x16.splat(15);
  const first = v128.load(at);
  const second = v128.load(at, 16);
  return i8x16.add(
    i8x16.add(lookUp(table0, v128.and(first, low4)), lookUp(table1, v128.and(i16x8.shr_u(first, 4), low4))),
    i8x16.add(lookUp(table2, v128.and(second, low4)), lookUp(table3, v128.and(i16x8.shr_u(second, 4), low4))),
  );
}

/** Whether none of four groups has a row that is in. */
function isEmpty(row: i32, apart: i32, rows: i32): bool {
  for (let i = 0; i < 4 && row < rows; i++, row += apart)
    if (load<u16>(maskAt + ((<usize>row) >> 3)) != 0) return false;
  return true;
}

/**
 * Estimates every row's inner product with the query from signs, and writes it plus `deviations` of its error to
 * `uppersAt`. Rows left out have minus infinity.
 *
 * Moments: those of the estimates, less what their errors add to the deviation.
 *
 * Cost: four groups that are not neighbours are four streams to the processor's prefetcher.
 */
export function scan(rows: i32, masked: bool, deviations: f32): void {
  count = 0;
  sum = 0;
  squares = 0;
  const bytes = (<usize>(stride >> 3)) << 4;
  slack = deviations * SPREAD * norm;
  const groups = (rows + GROUP - 1) / GROUP;
  for (let tile = 0; tile < groups; tile += TILE_GROUPS) {
    const quarter = (min(TILE_GROUPS, groups - tile) + 3) >> 2;
    const apart = <usize>quarter * bytes;
    for (let group = tile; group < tile + quarter; group++) {
      const row = group * GROUP;
      if (masked && isEmpty(row, quarter * GROUP, rows)) {
        for (let i = 0; i < 4; i++) leaveOut(row + i * quarter * GROUP, rows);
        continue;
      }
      let a = signsAt + <usize>group * bytes;
      let table = tablesAt;
      const end = a + bytes;
      let aAll = i16x8.splat(0);
      let aOdd = i16x8.splat(0);
      let bAll = i16x8.splat(0);
      let bOdd = i16x8.splat(0);
      let cAll = i16x8.splat(0);
      let cOdd = i16x8.splat(0);
      let dAll = i16x8.splat(0);
      let dOdd = i16x8.splat(0);
      for (; a < end; a += 32, table += 64) {
        const table0 = v128.load(table);
        const table1 = v128.load(table, 16);
        const table2 = v128.load(table, 32);
        const table3 = v128.load(table, 48);
        const aSum = sumOf(a, table0, table1, table2, table3);
        aAll = i16x8.add(aAll, aSum);
        aOdd = i16x8.add(aOdd, i16x8.shr_u(aSum, 8));
        const b = a + apart;
        const bSum = sumOf(b, table0, table1, table2, table3);
        bAll = i16x8.add(bAll, bSum);
        bOdd = i16x8.add(bOdd, i16x8.shr_u(bSum, 8));
        const c = b + apart;
        const cSum = sumOf(c, table0, table1, table2, table3);
        cAll = i16x8.add(cAll, cSum);
        cOdd = i16x8.add(cOdd, i16x8.shr_u(cSum, 8));
        const dSum = sumOf(c + apart, table0, table1, table2, table3);
        dAll = i16x8.add(dAll, dSum);
        dOdd = i16x8.add(dOdd, i16x8.shr_u(dSum, 8));
      }
      finish(aAll, aOdd, row, rows, masked);
      finish(bAll, bOdd, row + quarter * GROUP, rows, masked);
      finish(cAll, cOdd, row + 2 * quarter * GROUP, rows, masked);
      finish(dAll, dOdd, row + 3 * quarter * GROUP, rows, masked);
    }
  }
  store<i32>(momentsAt, count);
  store<f64>(momentsAt, shift, 8);
  store<f64>(momentsAt, sum, 16);
  store<f64>(momentsAt, squares, 24);
}

function leaveOut(row: i32, rows: i32): void {
  if (row >= rows) return;
  for (let i: usize = 0; i < (<usize>GROUP) << 2; i += 16)
    v128.store(uppersAt + ((<usize>row) << 2) + i, f32x4.splat(-Infinity));
}
