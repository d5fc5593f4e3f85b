// AssemblyScript. The loops of training a token table: rows are f32, their length `dim` a multiple of 16.

function sumOf(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3)
  );
}

function rowAt(from: usize, row: i32, dim: i32): usize {
  return from + ((<usize>row * <usize>dim) << 2);
}

/** Inner products: out[i * stride + j] = left[i] · right[j]; `stride` is a multiple of 4 and right has that many rows. */
export function scores(left: usize, right: usize, out: usize, m: i32, stride: i32, dim: i32): void {
  const bytes = (<usize>dim) << 2;
  for (let i = 0; i < m; i++) {
    const a = rowAt(left, i, dim);
    for (let j = 0; j < stride; j += 4) {
      const b0 = rowAt(right, j, dim);
      const b1 = b0 + bytes;
      const b2 = b1 + bytes;
      const b3 = b2 + bytes;
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        const value = v128.load(a + k);
        s0 = f32x4.add(s0, f32x4.mul(value, v128.load(b0 + k)));
        s1 = f32x4.add(s1, f32x4.mul(value, v128.load(b1 + k)));
        s2 = f32x4.add(s2, f32x4.mul(value, v128.load(b2 + k)));
        s3 = f32x4.add(s3, f32x4.mul(value, v128.load(b3 + k)));
      }
      const at = out + ((<usize>(i * stride + j)) << 2);
      store<f32>(at, sumOf(s0));
      store<f32>(at, sumOf(s1), 4);
      store<f32>(at, sumOf(s2), 8);
      store<f32>(at, sumOf(s3), 12);
    }
  }
}

/** out[i] = sum over j < n of weights[i * stride + j] right[j]. */
export function mix(weights: usize, right: usize, out: usize, m: i32, n: i32, stride: i32, dim: i32): void {
  const bytes = (<usize>dim) << 2;
  for (let i = 0; i < m; i++) {
    const own = weights + ((<usize>(i * stride)) << 2);
    const end = own + ((<usize>n) << 2);
    const to = rowAt(out, i, dim);
    for (let k: usize = 0; k < bytes; k += 64) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      let from = right + k;
      for (let at = own; at < end; at += 4) {
        const weight = v128.load32_splat(at);
        s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(from)));
        s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(from, 16)));
        s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(from, 32)));
        s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(from, 48)));
        from += bytes;
      }
      v128.store(to + k, s0);
      v128.store(to + k, s1, 16);
      v128.store(to + k, s2, 32);
      v128.store(to + k, s3, 48);
    }
  }
}

/** out = sum of the `count` rows whose i32 numbers are at `rows`; returns the sum of its squares. */
export function gather(rows: usize, count: i32, from: usize, out: usize, dim: i32): f32 {
  const bytes = (<usize>dim) << 2;
  let squares = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 64) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let i = 0; i < count; i++) {
      const row = rowAt(from, load<i32>(rows + ((<usize>i) << 2)), dim) + k;
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      s2 = f32x4.add(s2, v128.load(row, 32));
      s3 = f32x4.add(s3, v128.load(row, 48));
    }
    v128.store(out + k, s0);
    v128.store(out + k, s1, 16);
    v128.store(out + k, s2, 32);
    v128.store(out + k, s3, 48);
    squares = f32x4.add(squares, f32x4.add(f32x4.mul(s0, s0), f32x4.mul(s1, s1)));
    squares = f32x4.add(squares, f32x4.add(f32x4.mul(s2, s2), f32x4.mul(s3, s3)));
  }
  return sumOf(squares);
}

export function scale(vector: usize, by: f32, dim: i32): void {
  const factor = f32x4.splat(by);
  for (let end = rowAt(vector, 1, dim); vector < end; vector += 16)
    v128.store(vector, f32x4.mul(factor, v128.load(vector)));
}

/** to += by * from. */
export function addScaled(to: usize, from: usize, by: f32, dim: i32): void {
  const factor = f32x4.splat(by);
  for (let end = rowAt(to, 1, dim); to < end; to += 16, from += 16)
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(factor, v128.load(from))));
}

/** The derivative by a sum of rows, of one by its unit vector: (I - q qT) g / length. */
export function throughUnit(gradient: usize, unit: usize, length: f32, dim: i32): void {
  let along = f32x4.splat(0);
  const bytes = (<usize>dim) << 2;
  for (let k: usize = 0; k < bytes; k += 16)
    along = f32x4.add(along, f32x4.mul(v128.load(gradient + k), v128.load(unit + k)));
  addScaled(gradient, unit, -sumOf(along), dim);
  scale(gradient, 1 / length, dim);
}

/** Adam's step for one row: moment = beta moment + (1 - beta) gradient; row -= rate moment. */
export function descend(row: usize, moment: usize, gradient: usize, beta: f32, rate: f32, dim: i32): void {
  const keep = f32x4.splat(beta);
  const take = f32x4.splat(1 - beta);
  const by = f32x4.splat(rate);
  const bytes = (<usize>dim) << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    const next = f32x4.add(f32x4.mul(keep, v128.load(moment + k)), f32x4.mul(take, v128.load(gradient + k)));
    v128.store(moment + k, next);
    v128.store(row + k, f32x4.sub(v128.load(row + k), f32x4.mul(by, next)));
  }
}
