import { sumLanes, widenRow } from "./half";
import { dim, inputAt, recordBytes, RECORD_TAIL, recordsAt, rowAt, stride } from "./layout";

/** Norms are rounded up by more than float32 sums of squares can be off. */
const UP: f32 = 1.0001;

function writeRecord(record: usize, most: f32): void {
  const scale: f32 = most / 127;
  const step = f32x4.splat(scale);
  const inverse = f32x4.splat(most > 0 ? <f32>127 / most : 0);
  let sum = i32x4.splat(0);
  let residual = f32x4.splat(0);
  let squares = f32x4.splat(0);
  for (let i: usize = 0; i < <usize>stride; i += 16) {
    const a = v128.load(rowAt + (i << 2));
    const b = v128.load(rowAt + (i << 2), 16);
    const c = v128.load(rowAt + (i << 2), 32);
    const d = v128.load(rowAt + (i << 2), 48);
    const ca = f32x4.nearest(f32x4.mul(a, inverse));
    const cb = f32x4.nearest(f32x4.mul(b, inverse));
    const cc = f32x4.nearest(f32x4.mul(c, inverse));
    const cd = f32x4.nearest(f32x4.mul(d, inverse));
    const low = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(ca), i32x4.trunc_sat_f32x4_s(cb));
    const high = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(cc), i32x4.trunc_sat_f32x4_s(cd));
    v128.store(record + i, i8x16.narrow_i16x8_s(low, high));
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_s(i16x8.add(low, high)));
    const da = f32x4.mul(ca, step);
    const db = f32x4.mul(cb, step);
    const dc = f32x4.mul(cc, step);
    const dd = f32x4.mul(cd, step);
    squares = f32x4.add(squares, f32x4.add(f32x4.mul(da, da), f32x4.mul(db, db)));
    squares = f32x4.add(squares, f32x4.add(f32x4.mul(dc, dc), f32x4.mul(dd, dd)));
    const ra = f32x4.sub(a, da);
    const rb = f32x4.sub(b, db);
    const rc = f32x4.sub(c, dc);
    const rd = f32x4.sub(d, dd);
    residual = f32x4.add(residual, f32x4.add(f32x4.mul(ra, ra), f32x4.mul(rb, rb)));
    residual = f32x4.add(residual, f32x4.add(f32x4.mul(rc, rc), f32x4.mul(rd, rd)));
  }
  const tail = record + <usize>stride;
  store<f32>(tail, scale);
  store<i32>(
    tail,
    i32x4.extract_lane(sum, 0) +
      i32x4.extract_lane(sum, 1) +
      i32x4.extract_lane(sum, 2) +
      i32x4.extract_lane(sum, 3),
    4,
  );
  store<f32>(tail, <f32>Math.sqrt(sumLanes(residual)) * UP, 8);
  store<f32>(tail, <f32>Math.sqrt(sumLanes(squares)) * UP, 12);
}

/**
 * Writes records of the input's f16 bits[count, dim] behind the `rows` there are. Returns the first row of the input
 * that holds what is not a finite number, or -1.
 */
export function append(rows: i32, count: i32): i32 {
  for (let row = 0; row < count; row++) {
    memory.fill(rowAt, 0, (<usize>stride) << 2);
    const most = widenRow(inputAt + ((<usize>row * <usize>dim) << 1), rowAt, dim);
    if (most >= 65536) return row;
    writeRecord(recordsAt + <usize>(rows + row) * recordBytes, most);
  }
  return -1;
}
