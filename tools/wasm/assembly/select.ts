import { kthLargest, reaching } from "./heap";
import {
  capacity,
  foundAt,
  foundLowerAt,
  foundUpperAt,
  heapAt,
  LEAST,
  lowerAt,
  numbersAt,
  NUMBERS_BYTES,
  queriesAt,
  recordBytes,
  recordsAt,
  rounding,
  stride,
  upperAt,
} from "./layout";

/** Inner product of a record's codes, times their scale, with a float32 query. */
function product(record: usize, query: usize): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>stride; i += 16) {
    const codes = v128.load(record + i);
    const low = i16x8.extend_low_i8x16_s(codes);
    const high = i16x8.extend_high_i8x16_s(codes);
    const at = query + (i << 2);
    a = f32x4.add(a, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(low)), v128.load(at)));
    b = f32x4.add(b, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(low)), v128.load(at, 16)));
    c = f32x4.add(c, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(high)), v128.load(at, 32)));
    d = f32x4.add(d, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(high)), v128.load(at, 48)));
  }
  const s = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  const sum =
    f32x4.extract_lane(s, 0) +
    f32x4.extract_lane(s, 1) +
    (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  return sum * load<f32>(record + <usize>stride);
}

/** Keeps what was only touched from being left out. */
export let touched: i32 = 0;

/** Asks for the named records all at once: one after the other each would wait for memory. */
function touch(count: i32): void {
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const record = recordsAt + <usize>load<i32>(foundAt + i) * recordBytes;
    for (let at: usize = 0; at < recordBytes; at += 64) touched ^= load<i32>(record + at);
  }
}

/** Bounds the `count` rows named at `foundAt` again, with the query as it is instead of its codes. */
export function rescore(q: i32, count: i32): void {
  const query = queriesAt + ((<usize>(q * stride)) << 2);
  const norm = load<f32>(numbersAt + <usize>q * NUMBERS_BYTES, 4);
  touch(count);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const record = recordsAt + <usize>load<i32>(foundAt + i) * recordBytes;
    const tail = record + <usize>stride;
    const score = product(record, query);
    const error = (load<f32>(tail, 8) + load<f32>(tail, 12) * rounding) * norm + LEAST;
    store<f32>(foundLowerAt + i, score - error);
    store<f32>(foundUpperAt + i, score + error);
  }
}

/**
 * Names, at `foundAt`, every scanned row that can be among the best `k`, with bounds. `floor` is a score that k rows
 * elsewhere are known to reach. Returns how many.
 */
export function select(q: i32, rows: i32, k: i32, floor: f32): i32 {
  const lower = lowerAt + ((<usize>(q * capacity)) << 2);
  let bar = kthLargest(lower, rows, k, floor, heapAt);
  // The best so far, bounded again, leave few of the others.
  const few = reaching(lower, rows, bar, foundAt, rows);
  rescore(q, few);
  bar = kthLargest(foundLowerAt, few, k, bar, heapAt);
  const found = reaching(upperAt + ((<usize>(q * capacity)) << 2), rows, bar, foundAt, rows);
  rescore(q, found);
  return found;
}
