import { sumLanes } from "../half";
import { factorsAt, GROUP, maskAt, momentsAt, signsAt, stride, tablesAt, uppersAt } from "./layout";
import { norm, origin, step } from "./query";

/** Of what one bit a value leaves out of a rotated row, per unit of its factor and the query's length: sqrt(1 - 2/π). */
const SPREAD: f32 = 0.6028;

let count: i32 = 0;
let shift: f32 = 0;
let sum: f64 = 0;
let squares: f64 = 0;

function lookUp(table: v128, index: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i8x16.relaxed_swizzle(table, index);
  return i8x16.swizzle(table, index);
}

/** Sums of eight rows, u16, as estimates: four to `uppersAt`, twice. */
function finish(sums: v128, row: i32, bits: i32, slack: f32): void {
  finishFour(i32x4.extend_low_i16x8_u(sums), row, bits & 15, slack);
  finishFour(i32x4.extend_high_i16x8_u(sums), row + 4, (bits >> 4) & 15, slack);
}

function finishFour(sums: v128, row: i32, bits: i32, slack: f32): void {
  const at = (<usize>row) << 2;
  const factor = v128.load(factorsAt + at);
  const product = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), f32x4.splat(step)), f32x4.splat(origin));
  const isIn = i32x4.ne(v128.and(i32x4.splat(bits), i32x4(1, 2, 4, 8)), i32x4.splat(0));
  const estimate = f32x4.mul(product, factor);
  const upper = f32x4.add(estimate, f32x4.mul(factor, f32x4.splat(slack)));
  v128.store(uppersAt + at, v128.bitselect(upper, f32x4.splat(-Infinity), isIn));
  if (bits == 0) return;
  if (count == 0) shift = f32x4.extract_lane(estimate, 0);
  const apart = v128.and(f32x4.sub(estimate, f32x4.splat(shift)), isIn);
  const noise = v128.and(f32x4.mul(factor, f32x4.splat(SPREAD * norm)), isIn);
  count += popcnt(bits);
  sum += sumLanes(apart);
  squares += sumLanes(f32x4.sub(f32x4.mul(apart, apart), f32x4.mul(noise, noise)));
}

/**
 * Estimates every row's inner product with the query from signs, and writes it plus `deviations` of its error to
 * `uppersAt`. Rows left out have minus infinity.
 *
 * Moments: those of the estimates, less what their errors add to the deviation.
 */
export function scan(rows: i32, masked: bool, deviations: f32): void {
  count = 0;
  sum = 0;
  squares = 0;
  const bytes = (<usize>(stride >> 3)) << 4;
  const slack = deviations * SPREAD * norm;
  const low4 = i8x16.splat(15);
  for (let row = 0; row < rows; row += GROUP) {
    let bits = masked ? load<u32>(maskAt + ((<usize>row) >> 3)) : <u32>-1;
    if (rows - row < GROUP) bits &= ((<u32>1) << (rows - row)) - 1;
    if (bits == 0) {
      for (let i: usize = 0; i < (<usize>GROUP) << 2; i += 16)
        v128.store(uppersAt + ((<usize>row) << 2) + i, f32x4.splat(-Infinity));
      continue;
    }
    let a = signsAt + <usize>(row >> 4) * bytes;
    let table = tablesAt;
    const end = a + bytes;
    let aAll = i16x8.splat(0);
    let aOdd = i16x8.splat(0);
    let bAll = i16x8.splat(0);
    let bOdd = i16x8.splat(0);
    for (; a < end; a += 32, table += 64) {
      const b = a + bytes;
      const table0 = v128.load(table);
      const table1 = v128.load(table, 16);
      const table2 = v128.load(table, 32);
      const table3 = v128.load(table, 48);
      const a0 = v128.load(a);
      const a1 = v128.load(a, 16);
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const aSum = i8x16.add(
        i8x16.add(lookUp(table0, v128.and(a0, low4)), lookUp(table1, v128.and(i16x8.shr_u(a0, 4), low4))),
        i8x16.add(lookUp(table2, v128.and(a1, low4)), lookUp(table3, v128.and(i16x8.shr_u(a1, 4), low4))),
      );
      const bSum = i8x16.add(
        i8x16.add(lookUp(table0, v128.and(b0, low4)), lookUp(table1, v128.and(i16x8.shr_u(b0, 4), low4))),
        i8x16.add(lookUp(table2, v128.and(b1, low4)), lookUp(table3, v128.and(i16x8.shr_u(b1, 4), low4))),
      );
      aAll = i16x8.add(aAll, aSum);
      aOdd = i16x8.add(aOdd, i16x8.shr_u(aSum, 8));
      bAll = i16x8.add(bAll, bSum);
      bOdd = i16x8.add(bOdd, i16x8.shr_u(bSum, 8));
    }
    const aEven = i16x8.sub(aAll, i16x8.shl(aOdd, 8));
    const bEven = i16x8.sub(bAll, i16x8.shl(bOdd, 8));
    finish(i16x8.shuffle(aEven, aOdd, 0, 8, 1, 9, 2, 10, 3, 11), row, bits, slack);
    finish(i16x8.shuffle(aEven, aOdd, 4, 12, 5, 13, 6, 14, 7, 15), row + 8, bits >> 8, slack);
    finish(i16x8.shuffle(bEven, bOdd, 0, 8, 1, 9, 2, 10, 3, 11), row + 16, bits >> 16, slack);
    finish(i16x8.shuffle(bEven, bOdd, 4, 12, 5, 13, 6, 14, 7, 15), row + 24, bits >> 24, slack);
  }
  store<i32>(momentsAt, count);
  store<f64>(momentsAt, shift, 8);
  store<f64>(momentsAt, sum, 16);
  store<f64>(momentsAt, squares, 24);
}
