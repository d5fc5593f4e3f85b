import { codesAt, numbersAt, NUMBERS_BYTES, queriesAt, stride } from "./layout";

/** More than float64 sums of float32 squares, rounded to float32, can be off by. */
const UP: f64 = 1.000001;

/** Codes of the relaxed dot product's second operand are 0..127: 64 is added to those of a query. */
const RELAXED_MOST: i32 = 63;

/**
 * Writes query `q` as whole numbers, with their scale, its norm and the norm of what they leave out.
 *
 * The relaxed dot product is exact everywhere only while its second operand is 0..127, so there are 7 bits and `scan`
 * takes 64 times a row's sum off again. The plain one reads 16 bits: as many as keep a sum of `stride` products within
 * 31 bits, which leaves hardly an error.
 */
export function prepare(q: i32): void {
  const values = queriesAt + ((<usize>(q * stride)) << 2);
  const codes = codesAt + ((<usize>(q * stride)) << 1);
  const numbers = numbersAt + <usize>q * NUMBERS_BYTES;
  const most = ASC_FEATURE_RELAXED_SIMD ? RELAXED_MOST : min(8191, <i32>(2147483648.0 / <f64>(128 * stride)));
  let largest: f32 = 0;
  for (let i: usize = 0; i < <usize>stride; i++) largest = max(largest, abs(load<f32>(values + (i << 2))));
  const scale = largest / <f32>most;
  const inverse: f64 = scale > 0 ? 1 / <f64>scale : 0;
  let squares: f64 = 0;
  let residual: f64 = 0;
  for (let i: usize = 0; i < <usize>stride; i++) {
    const value = <f64>load<f32>(values + (i << 2));
    const code = max(<f64>-most, min(<f64>most, nearest(value * inverse)));
    const left = value - code * <f64>scale;
    squares += value * value;
    residual += left * left;
    if (ASC_FEATURE_RELAXED_SIMD) store<u8>(codes + i, <u8>(<i32>code + 64));
    else store<i16>(codes + (i << 1), <i16>(<i32>code));
  }
  store<f32>(numbers, scale);
  store<f32>(numbers, <f32>(Math.sqrt(squares) * UP), 4);
  store<f32>(numbers, <f32>(Math.sqrt(residual) * UP), 8);
}
