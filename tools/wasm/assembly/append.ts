import { dim, inputAt, recordBytes, RECORD_TAIL, recordsAt, rowAt, stride } from "./layout";

/** Widens four half-precision bit patterns in i32 lanes. Infinity and NaN come out as 65536 and more. */
function widen(bits: v128): v128 {
  const magnitude = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  // 2^112 moves the exponent from the bias of binary16 to that of binary32, subnormal numbers included.
  return v128.or(f32x4.mul(magnitude, f32x4.splat(5.192296858534828e33)), sign);
}

/** Widens one row of the input into `rowAt`; the largest magnitude in it. */
function widenRow(row: i32): f32 {
  memory.fill(rowAt, 0, (<usize>stride) << 2);
  const from = inputAt + ((<usize>row * <usize>dim) << 1);
  let most = f32x4.splat(0);
  let i = 0;
  for (; i + 8 <= dim; i += 8) {
    const halves = v128.load(from + ((<usize>i) << 1));
    const low = widen(i32x4.extend_low_i16x8_u(halves));
    const high = widen(i32x4.extend_high_i16x8_u(halves));
    v128.store(rowAt + ((<usize>i) << 2), low);
    v128.store(rowAt + ((<usize>i) << 2), high, 16);
    most = f32x4.max(most, f32x4.max(f32x4.abs(low), f32x4.abs(high)));
  }
  for (; i < dim; i++) {
    const value = widen(i32x4.splat(<i32>load<u16>(from + ((<usize>i) << 1))));
    store<f32>(rowAt + ((<usize>i) << 2), f32x4.extract_lane(value, 0));
    most = f32x4.max(most, f32x4.abs(value));
  }
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

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
    const most = widenRow(row);
    if (most >= 65536) return row;
    writeRecord(recordsAt + <usize>(rows + row) * recordBytes, most);
  }
  return -1;
}
