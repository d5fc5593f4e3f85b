// AssemblyScript. Compiled by tools/wasm/build.ts into src/vectors/kernels/wasm/exact-bytes.ts.
import { widen } from "./half";

export let queryAt: usize = 0;
export let rowsAt: usize = 0;
export let scoresAt: usize = 0;
/** Values of a row in memory: a multiple of 8, those behind the last are 0. */
export let stride: i32 = 0;
export let end: usize = 0;

let wideAt: usize = 0;

/** Lays out room for a query f32[stride] and for as many rows of f16 bits[stride]. Whatever was there is void. */
export function layOut(dim: i32, rows: i32): void {
  stride = (dim + 7) & ~7;
  queryAt = 64;
  wideAt = queryAt + ((<usize>stride) << 2);
  scoresAt = wideAt + ((<usize>stride) << 3);
  rowsAt = (scoresAt + ((<usize>rows) << 2) + 63) & ~63;
  end = rowsAt + ((<usize>(rows * stride)) << 1);
}

/** Inner products of the first `count` rows with the query, summed in float64, to `scoresAt` as float32. */
export function dots(count: i32): void {
  for (let i: usize = 0; i < (<usize>stride) << 2; i += 8)
    v128.store(wideAt + (i << 1), f64x2.promote_low_f32x4(v128.load64_zero(queryAt + i)));
  let row = rowsAt;
  for (let r = 0; r < count; r++) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let i: usize = 0; i < <usize>stride; i += 8, row += 16) {
      const halves = v128.load(row);
      const low = widen(i32x4.extend_low_i16x8_u(halves));
      const high = widen(i32x4.extend_high_i16x8_u(halves));
      const query = wideAt + (i << 3);
      a = f64x2.add(a, f64x2.mul(f64x2.promote_low_f32x4(low), v128.load(query)));
      b = f64x2.add(b, f64x2.mul(f64x2.promote_low_f32x4(upper(low)), v128.load(query, 16)));
      c = f64x2.add(c, f64x2.mul(f64x2.promote_low_f32x4(high), v128.load(query, 32)));
      d = f64x2.add(d, f64x2.mul(f64x2.promote_low_f32x4(upper(high)), v128.load(query, 48)));
    }
    const sum = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
    const score = <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    store<f32>(scoresAt + ((<usize>r) << 2), score);
  }
}

function upper(lanes: v128): v128 {
  return i64x2.shuffle(lanes, lanes, 1, 1);
}
