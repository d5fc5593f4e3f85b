function siftDown(heap: usize, size: i32, value: f32): void {
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let least = load<f32>(heap + ((<usize>child) << 2));
    if (child + 1 < size) {
      const other = load<f32>(heap + ((<usize>(child + 1)) << 2));
      if (other < least) {
        child++;
        least = other;
      }
    }
    if (value <= least) break;
    store<f32>(heap + ((<usize>at) << 2), least);
    at = child;
  }
  store<f32>(heap + ((<usize>at) << 2), value);
}

function siftUp(heap: usize, place: i32, value: f32): void {
  let at = place;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = load<f32>(heap + ((<usize>parent) << 2));
    if (value >= above) break;
    store<f32>(heap + ((<usize>at) << 2), above);
    at = parent;
  }
  store<f32>(heap + ((<usize>at) << 2), value);
}

/** Whether one of 16 values is above `bar`. */
function hasAbove(values: usize, bar: f32): bool {
  const low = f32x4.max(v128.load(values), v128.load(values, 16));
  const high = f32x4.max(v128.load(values, 32), v128.load(values, 48));
  return v128.any_true(f32x4.gt(f32x4.max(low, high), f32x4.splat(bar)));
}

/** Writes the places of values that reach `bar` to `placesAt`, ascending, `most` at most; how many. */
export function reaching(values: usize, count: i32, bar: f32, placesAt: usize, most: i32): i32 {
  let found = 0;
  for (let i = 0; i < count && found < most; i++) {
    if ((i & 15) == 0) {
      while (i + 16 <= count && !reaches(values + ((<usize>i) << 2), bar)) i += 16;
      if (i >= count) break;
    }
    const value = load<f32>(values + ((<usize>i) << 2));
    if (value < bar || value == -Infinity) continue;
    store<i32>(placesAt + ((<usize>found) << 2), i);
    found++;
  }
  return found;
}

/** Whether one of 16 values is `bar` or above it. */
function reaches(values: usize, bar: f32): bool {
  const low = f32x4.max(v128.load(values), v128.load(values, 16));
  const high = f32x4.max(v128.load(values, 32), v128.load(values, 48));
  return v128.any_true(f32x4.ge(f32x4.max(low, high), f32x4.splat(bar)));
}

/**
 * The k-th largest of `count` values, or `floor` when that is larger or there are fewer. `heap` has room for k values.
 */
export function kthLargest(values: usize, count: i32, k: i32, floor: f32, heap: usize): f32 {
  if (k == 0) return Infinity;
  let size = 0;
  let bar = floor;
  let i = 0;
  for (; i < count; i++) {
    if ((i & 15) == 0) {
      while (i + 16 <= count && !hasAbove(values + ((<usize>i) << 2), bar)) i += 16;
      if (i >= count) break;
    }
    const value = load<f32>(values + ((<usize>i) << 2));
    if (!(value > bar)) continue;
    if (size < k) {
      siftUp(heap, size++, value);
    } else {
      siftDown(heap, k, value);
    }
    if (size == k) bar = max(bar, load<f32>(heap));
  }
  return bar;
}
