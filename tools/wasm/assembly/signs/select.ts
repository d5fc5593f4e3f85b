import { kthLargest } from "../heap";
import {
  bitsAt,
  codesAt,
  detailBytes,
  detailsAt,
  foundAt,
  foundLowerAt,
  foundUpperAt,
  heapAt,
  signsAt,
  stride,
  uppersAt,
} from "./layout";
import { codeStep, norm } from "./query";

/** Inner product of a row's codes of 2 bits, -3, -1, 1 or 3, with the codes of the query. */
function product(signs: usize, large: usize): i32 {
  const single = i8x16(1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 32, 32, 64, 64, -128, -128);
  let sum = i32x4.splat(0);
  for (let b: usize = 0; b < <usize>(stride >> 3); b += 2) {
    const negative = i8x16.eq(v128.and(v128.load16_splat(signs + b), single), single);
    const isLarge = i8x16.eq(v128.and(v128.load16_splat(large + b), single), single);
    const magnitude = i8x16.add(v128.and(isLarge, i8x16.splat(2)), i8x16.splat(1));
    const code = i8x16.sub(v128.xor(magnitude, negative), negative);
    const query = codesAt + (b << 4);
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(code), v128.load(query)));
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(code), v128.load(query, 16)));
  }
  return (
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    (i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3))
  );
}

/** Estimates the `count` rows named at `foundAt` again, from 2 bits a value. */
function refine(count: i32, below: f32, above: f32): void {
  const bytes = <usize>(stride >> 3);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const row = load<i32>(foundAt + i);
    const signs = signsAt + <usize>(row >> 4) * (bytes << 4) + <usize>(row & 15);
    for (let b: usize = 0; b < bytes; b++) store<u8>(bitsAt + b, load<u8>(signs + (b << 4)));
    const detail = detailsAt + <usize>row * detailBytes;
    const estimate = <f32>product(bitsAt, detail) * codeStep * load<f32>(detail + bytes);
    const error = load<f32>(detail + bytes, 4) * norm;
    store<f32>(foundLowerAt + i, estimate - below * error);
    store<f32>(foundUpperAt + i, estimate + above * error);
  }
}

/** Names rows whose upper estimate reaches `bar` at `foundAt`, `most` at most. */
function collect(rows: i32, bar: f32, most: i32): i32 {
  let found = 0;
  for (let row = 0; row < rows && found < most; row++) {
    if ((row & 3) == 0) {
      while (
        row + 4 <= rows &&
        !v128.any_true(f32x4.ge(v128.load(uppersAt + ((<usize>row) << 2)), f32x4.splat(bar)))
      )
        row += 4;
      if (row >= rows) break;
    }
    const value = load<f32>(uppersAt + ((<usize>row) << 2));
    if (value < bar || value == -Infinity) continue;
    store<i32>(foundAt + ((<usize>found) << 2), row);
    found++;
  }
  return found;
}

/**
 * Names, at `foundAt`, the scanned rows that are likely to be among the best `k`, with estimates less `below` and plus
 * `above` of their errors' deviations. `floor` is a score that k rows elsewhere reach. Returns how many, `most` at most.
 */
export function select(rows: i32, k: i32, floor: f32, most: i32, below: f32, above: f32): i32 {
  if (k == 0) return 0;
  // A few of the best by one bit show, by two, what a row must reach.
  const few = min(most, k + k + 16);
  const some = collect(rows, kthLargest(uppersAt, rows, few, floor, heapAt), few);
  refine(some, below, above);
  const bar = kthLargest(foundLowerAt, some, k, floor, heapAt);
  const found = collect(rows, kthLargest(uppersAt, rows, most, bar, heapAt), most);
  refine(found, below, above);
  const last = kthLargest(foundLowerAt, found, k, bar, heapAt);
  let kept: usize = 0;
  for (let i: usize = 0; i < (<usize>found) << 2; i += 4) {
    const upper = load<f32>(foundUpperAt + i);
    if (upper < last) continue;
    store<i32>(foundAt + kept, load<i32>(foundAt + i));
    store<f32>(foundLowerAt + kept, load<f32>(foundLowerAt + i));
    store<f32>(foundUpperAt + kept, upper);
    kept += 4;
  }
  return <i32>(kept >> 2);
}
