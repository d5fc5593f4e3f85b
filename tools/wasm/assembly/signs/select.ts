import { kthLargest, reaching } from "../heap";
import {
  codesAt,
  detailBytes,
  detailsAt,
  factorsAt,
  foundAt,
  foundLowerAt,
  foundUpperAt,
  heapAt,
  stride,
  uppersAt,
} from "./layout";
import { codeStep, codeSum, norm } from "./query";
import { slack } from "./scan";

/** Inner product of a row's second bits, as -1 and 1, with the codes of the query. */
function secondProduct(bits: usize): i32 {
  const single = i16x8(1, 2, 4, 8, 16, 32, 64, 128);
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  // A bit that is set becomes -1, and takes its part of the query off twice.
  for (let i: usize = 0; i < <usize>(stride >> 3); i += 2) {
    const low = v128.and(i16x8.splat(<i16>load<u8>(bits + i)), single);
    const high = v128.and(i16x8.splat(<i16>load<u8>(bits + i, 1)), single);
    const query = codesAt + (i << 4);
    a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.eq(low, single), v128.load(query)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.eq(high, single), v128.load(query, 16)));
  }
  const all = i32x4.add(a, b);
  return (
    codeSum +
    2 *
      (i32x4.extract_lane(all, 0) +
        i32x4.extract_lane(all, 1) +
        (i32x4.extract_lane(all, 2) + i32x4.extract_lane(all, 3)))
  );
}

/** Keeps what was only touched from being left out. */
export let touched: i32 = 0;

/** Asks for what `refine` reads of the named rows, all at once: one after the other each would wait for memory. */
function touch(count: i32): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const row = <usize>load<i32>(foundAt + i);
    const detail = detailsAt + row * detailBytes;
    touched ^= load<i32>(factorsAt + (row << 2));
    for (let at: usize = 0; at < detailBytes; at += 64) touched ^= load<i32>(detail + at);
    touched ^= load<i32>(detail + detailBytes - 4);
  }
}

/** Estimates the `count` rows named at `foundAt` again, from 2 bits a value. */
function refine(count: i32, below: f32, above: f32): void {
  touch(count);
  const bytes = <usize>(stride >> 3);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const row = <usize>load<i32>(foundAt + i);
    const factor = load<f32>(factorsAt + (row << 2));
    // What the scan had for its signs.
    const first: f32 = factor > 0 ? load<f32>(uppersAt + (row << 2)) / factor - slack : 0;
    const detail = detailsAt + row * detailBytes;
    const estimate = (<f32>2 * first + <f32>secondProduct(detail) * codeStep) * load<f32>(detail + bytes);
    const error = load<f32>(detail + bytes, 4) * norm;
    store<f32>(foundLowerAt + i, estimate - below * error);
    store<f32>(foundUpperAt + i, estimate + above * error);
  }
}

/**
 * Names, at `foundAt`, the scanned rows that are likely to be among the best `k`, with estimates less `below` and plus
 * `above` of their errors' deviations. `floor` is a score that k rows elsewhere reach. Returns how many, `most` at most.
 */
export function select(rows: i32, k: i32, floor: f32, most: i32, below: f32, above: f32): i32 {
  if (k == 0) return 0;
  // A few of the best by one bit show, by two, what a row must reach.
  const few = min(most, k + k + 44);
  let found = reaching(uppersAt, rows, kthLargest(uppersAt, rows, few, floor, heapAt), foundAt, few);
  refine(found, below, above);
  const bar = kthLargest(foundLowerAt, found, k, floor, heapAt);
  // Fewer are all that reach the floor.
  if (found == few) {
    found = reaching(uppersAt, rows, kthLargest(uppersAt, rows, most, bar, heapAt), foundAt, most);
    refine(found, below, above);
  }
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
