import type { WasmVariant } from "./module.ts";

/** Where one query goes in a block's memory. */
export interface QueryPlace {
  /** f32[stride], as it is. */
  readonly values: Float32Array;
  /** Its codes: u8[stride] for the relaxed dot product, i16[stride] for the plain one. */
  readonly codes: ArrayBuffer;
  readonly codesAt: number;
  /** f32[3]: scale, norm, norm of what the codes leave out; the norms are rounded up. */
  readonly numbers: Float32Array;
}

const RELAXED_MOST = 63;

/** More than float64 sums of float32 squares, rounded to float32, can be off by. */
const UP = 1.000001;

/**
 * Writes a query as whole numbers.
 *
 * The relaxed dot product is exact everywhere only while its second operand is 0..127, so the query has 7 bits and 64
 * is added; the kernel takes 64 times the row's sum off again. The plain one reads 16 bits: as many as keep a sum of
 * `stride` products within 31 bits, which leaves hardly an error.
 */
export function writeQuery(query: Float32Array, variant: WasmVariant, place: QueryPlace): void {
  const stride = place.values.length;
  const isRelaxed = variant === "relaxed";
  const most = isRelaxed ? RELAXED_MOST : Math.min(8191, Math.floor(2 ** 31 / (128 * stride)));
  const codes = isRelaxed
    ? new Uint8Array(place.codes, place.codesAt, stride)
    : new Int16Array(place.codes, place.codesAt, stride);
  let largest = 0;
  for (const value of query) largest = Math.max(largest, Math.abs(value));
  const scale = Math.fround(largest / most);
  const inverse = scale > 0 ? 1 / scale : 0;
  let squares = 0;
  let residual = 0;
  codes.fill(isRelaxed ? 64 : 0);
  place.values.fill(0);
  place.values.set(query);
  for (let i = 0; i < query.length; i++) {
    const value = query[i] ?? 0;
    const code = Math.max(-most, Math.min(most, Math.round(value * inverse)));
    codes[i] = code + (isRelaxed ? 64 : 0);
    squares += value * value;
    residual += (value - code * scale) ** 2;
  }
  place.numbers.set([scale, Math.sqrt(squares) * UP, Math.sqrt(residual) * UP]);
}
