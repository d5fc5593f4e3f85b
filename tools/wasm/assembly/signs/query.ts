import { codesAt, queryAt, stride, tablesAt } from "./layout";
import { rotate } from "./rotate";

/** Largest entry of a table: four of them still fit a byte. */
const MOST: f32 = 63;

/** What one unit of a sum of entries stands for, and what a sum of none does. */
export let step: f32 = 0;
export let origin: f32 = 0;

/** Length of the query, and what one unit of its 14-bit codes stands for, and their sum. */
export let norm: f32 = 0;
export let codeStep: f32 = 0;
export let codeSum: i32 = 0;

/**
 * Rotates the query at `queryAt`, and writes for every four values a table of the 16 sums that their signs can make.
 *
 * Cost: entries have 6 bits; their rounding is a fortieth of what one bit a value leaves out.
 */
export function prepare(): void {
  rotate(queryAt);
  let squares: f32 = 0;
  let widest: f32 = 0;
  let largest: f32 = 0;
  let sum: f32 = 0;
  for (let i: usize = 0; i < (<usize>stride) << 2; i += 16) {
    let width: f32 = 0;
    for (let j: usize = 0; j < 16; j += 4) {
      const value = load<f32>(queryAt + i + j);
      squares += value * value;
      width += abs(value);
      largest = max(largest, abs(value));
    }
    widest = max(widest, width);
    sum += width;
  }
  norm = <f32>Math.sqrt(squares);
  step = (2 * widest) / MOST;
  origin = -sum;
  const inverse = step > 0 ? <f32>1 / step : 0;
  for (let group: usize = 0; group < <usize>(stride >> 2); group++) {
    const from = queryAt + (group << 4);
    const table = tablesAt + (group << 4);
    for (let bits = 0; bits < 16; bits++) {
      let entry: f32 = 0;
      for (let j = 0; j < 4; j++) {
        const value = load<f32>(from + ((<usize>j) << 2));
        entry += abs(value) + ((bits >> j) & 1 ? -value : value);
      }
      store<u8>(table + <usize>bits, <u8>min<f32>(MOST, nearest(entry * inverse)));
    }
  }
  writeCodes(largest);
}

/** The query as i16. */
function writeCodes(largest: f32): void {
  const most = min(8191, i32.MAX_VALUE / 4 / stride);
  codeStep = largest / <f32>most;
  const inverse = codeStep > 0 ? <f32>1 / codeStep : 0;
  codeSum = 0;
  for (let i: usize = 0; i < <usize>stride; i++) {
    const code = <i32>nearest(load<f32>(queryAt + (i << 2)) * inverse);
    store<i16>(codesAt + (i << 1), <i16>code);
    codeSum += code;
  }
}
