/** Widens four half-precision bit patterns in i32 lanes. Infinity and NaN come out as 65536 and more. */
export function widen(bits: v128): v128 {
  const magnitude = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  // 2^112 moves the exponent from the bias of binary16 to that of binary32, subnormal numbers included.
  return v128.or(f32x4.mul(magnitude, f32x4.splat(5.192296858534828e33)), sign);
}

/** Widens `count` half-precision numbers; the largest magnitude among them, 65536 or more when one is not finite. */
export function widenRow(from: usize, to: usize, count: i32): f32 {
  let most = f32x4.splat(0);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const halves = v128.load(from + ((<usize>i) << 1));
    const low = widen(i32x4.extend_low_i16x8_u(halves));
    const high = widen(i32x4.extend_high_i16x8_u(halves));
    v128.store(to + ((<usize>i) << 2), low);
    v128.store(to + ((<usize>i) << 2), high, 16);
    most = f32x4.max(most, f32x4.max(f32x4.abs(low), f32x4.abs(high)));
  }
  for (; i < count; i++) {
    const value = widen(i32x4.splat(<i32>load<u16>(from + ((<usize>i) << 1))));
    store<f32>(to + ((<usize>i) << 2), f32x4.extract_lane(value, 0));
    most = f32x4.max(most, f32x4.abs(value));
  }
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}
