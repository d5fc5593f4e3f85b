import { sumLanes, widenRow } from "../half";
import { detailBytes, detailsAt, dim, factorsAt, inputAt, queryAt, signsAt, stride } from "./layout";
import { rotate } from "./rotate";

/** Where a normal variable is best cut in two: values beyond it, in standard deviations, count three times. */
const LARGE: f32 = 0.98;

/** Codes the rotated row at `queryAt` as row `row`. */
function writeRow(row: i32): void {
  const bytes = <usize>(stride >> 3);
  const signs = signsAt + <usize>(row >> 4) * (bytes << 4) + <usize>(row & 15);
  const detail = detailsAt + <usize>row * detailBytes;
  let squares = f32x4.splat(0);
  for (let i: usize = 0; i < (<usize>stride) << 2; i += 16) {
    const x = v128.load(queryAt + i);
    squares = f32x4.add(squares, f32x4.mul(x, x));
  }
  const square = sumLanes(squares);
  const large = f32x4.splat(LARGE * <f32>Math.sqrt(square / <f32>stride));
  let sum = f32x4.splat(0);
  let largeSum = f32x4.splat(0);
  let count = 0;
  for (let b: usize = 0; b < bytes; b++) {
    const low = v128.load(queryAt + (b << 5));
    const high = v128.load(queryAt + (b << 5), 16);
    const lowAbs = f32x4.abs(low);
    const highAbs = f32x4.abs(high);
    const lowLarge = f32x4.gt(lowAbs, large);
    const highLarge = f32x4.gt(highAbs, large);
    const bits = i32x4.bitmask(lowLarge) | (i32x4.bitmask(highLarge) << 4);
    const negative = i32x4.bitmask(low) | (i32x4.bitmask(high) << 4);
    store<u8>(signs + (b << 4), negative);
    store<u8>(detail + b, ~(negative ^ bits));
    sum = f32x4.add(sum, f32x4.add(lowAbs, highAbs));
    largeSum = f32x4.add(largeSum, f32x4.add(v128.and(lowAbs, lowLarge), v128.and(highAbs, highLarge)));
    count += popcnt(bits);
  }
  // Source: RaBitQ (arXiv 2405.12497) equation 12: x·q is estimated by c·q · |x|² / c·x, for codes c.
  const coarse = sumLanes(sum);
  const fine = coarse + 2 * sumLanes(largeSum);
  const codeSquare = <f32>(stride + 8 * count);
  store<f32>(factorsAt + ((<usize>row) << 2), square > 0 ? square / coarse : 0);
  store<f32>(detail + bytes, square > 0 ? square / fine : 0);
  const apart = square > 0 ? max<f32>(0, (square * codeSquare) / (fine * fine) - 1) : 0;
  store<f32>(detail + bytes, <f32>Math.sqrt((square * apart) / <f32>(stride - 1)), 4);
}

/**
 * Codes the input's f16 bits[count, dim] behind the `rows` there are. Returns the first row of the input that holds
 * what is not a finite number, or -1.
 */
export function append(rows: i32, count: i32): i32 {
  for (let row = 0; row < count; row++) {
    memory.fill(queryAt, 0, (<usize>stride) << 2);
    if (widenRow(inputAt + ((<usize>row * <usize>dim) << 1), queryAt, dim) >= 65536) return row;
    rotate(queryAt);
    writeRow(rows + row);
  }
  return -1;
}
