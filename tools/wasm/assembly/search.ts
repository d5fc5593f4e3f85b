// AssemblyScript. Compiled by tools/wasm/build.ts into src/vectors/kernels/wasm/wasm-kernel-bytes.ts.
//
// Memory is the caller's: vectors f32[rows, stride] from address 0, stride a multiple of 16 (padding is zero),
// then whatever one call needs. One query's state: count i32, heap size i32, shift f64, sum f64, squares f64,
// scores f32[k], rows i32[k], rounded up to 16 bytes. Sums are of score - shift, shift being the first score.

const HEAP_SIZE: usize = 4;
const SHIFT: usize = 8;
const SUM: usize = 16;
const SQUARES: usize = 24;
const HEAP: usize = 32;

/** Rows that all queries pass over while they are in the second-level cache. */
const TILE_BYTES: i32 = 262144;

/** Inner product in four chains of four lanes, so that one addition does not wait for the last. */
function dot(row: usize, query: usize, rowBytes: usize): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 64) {
    const a = row + at;
    const b = query + at;
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(a), v128.load(b)));
    sum1 = f32x4.add(sum1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
    sum2 = f32x4.add(sum2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
    sum3 = f32x4.add(sum3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
  }
  const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

function isWorse(scoreA: f32, rowA: i32, scoreB: f32, rowB: i32): bool {
  return scoreA < scoreB || (scoreA == scoreB && rowA > rowB);
}

/** Puts (score, row) into the heap of `size` places whose root, the worst, is free. */
function siftDown(scores: usize, rows: usize, size: i32, score: f32, row: i32): void {
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let childScore = load<f32>(scores + (child << 2));
    let childRow = load<i32>(rows + (child << 2));
    if (child + 1 < size) {
      const otherScore = load<f32>(scores + ((child + 1) << 2));
      const otherRow = load<i32>(rows + ((child + 1) << 2));
      if (isWorse(otherScore, otherRow, childScore, childRow)) {
        child++;
        childScore = otherScore;
        childRow = otherRow;
      }
    }
    if (!isWorse(childScore, childRow, score, row)) break;
    store<f32>(scores + (at << 2), childScore);
    store<i32>(rows + (at << 2), childRow);
    at = child;
  }
  store<f32>(scores + (at << 2), score);
  store<i32>(rows + (at << 2), row);
}

/** Puts (score, row) into the heap whose last place, `at`, is free. */
function siftUp(scores: usize, rows: usize, at: i32, score: f32, row: i32): void {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const parentScore = load<f32>(scores + (parent << 2));
    const parentRow = load<i32>(rows + (parent << 2));
    if (!isWorse(score, row, parentScore, parentRow)) break;
    store<f32>(scores + (at << 2), parentScore);
    store<i32>(rows + (at << 2), parentRow);
    at = parent;
  }
  store<f32>(scores + (at << 2), score);
  store<i32>(rows + (at << 2), row);
}

function offer(state: usize, k: i32, row: i32, score: f32): void {
  const count = load<i32>(state);
  if (count == 0) store<f64>(state, <f64>score, SHIFT);
  store<i32>(state, count + 1);
  const d = <f64>score - load<f64>(state, SHIFT);
  store<f64>(state, load<f64>(state, SUM) + d, SUM);
  store<f64>(state, load<f64>(state, SQUARES) + d * d, SQUARES);
  const scores = state + HEAP;
  const rows = scores + (k << 2);
  const size = load<i32>(state, HEAP_SIZE);
  if (size < k) {
    siftUp(scores, rows, size, score, row);
    store<i32>(state, size + 1, HEAP_SIZE);
  } else if (k > 0 && score > load<f32>(scores)) {
    siftDown(scores, rows, k, score, row);
  }
}

function scan(first: i32, end: i32, rowBytes: usize, mask: usize, query: usize, state: usize, k: i32): void {
  for (let row = first; row < end; row++) {
    if (mask != 0 && load<u8>(mask + row) == 0) continue;
    offer(state, k, row, dot(<usize>row * rowBytes, query, rowBytes));
  }
}

/** Turns the heap into a list, best first. */
function sortHeap(state: usize, k: i32): void {
  const scores = state + HEAP;
  const rows = scores + (k << 2);
  for (let last = load<i32>(state, HEAP_SIZE) - 1; last > 0; last--) {
    const score = load<f32>(scores + (last << 2));
    const row = load<i32>(rows + (last << 2));
    store<f32>(scores + (last << 2), load<f32>(scores));
    store<i32>(rows + (last << 2), load<i32>(rows));
    siftDown(scores, rows, last, score, row);
  }
}

/** Scores every row against every query. `mask` (u8[rows], 0 = leave out) may be the null address. */
export function search(
  rows: i32,
  stride: i32,
  mask: usize,
  queries: usize,
  count: i32,
  states: usize,
  k: i32,
): void {
  const rowBytes = stride << 2;
  const stateBytes = ((<i32>HEAP + 8 * k + 15) >> 4) << 4;
  const tile = max(1, TILE_BYTES / rowBytes);
  for (let first = 0; first < rows; first += tile) {
    const end = min(first + tile, rows);
    for (let q = 0; q < count; q++) {
      scan(first, end, rowBytes, mask, queries + q * rowBytes, states + q * stateBytes, k);
    }
  }
  for (let q = 0; q < count; q++) sortHeap(states + q * stateBytes, k);
}

/** Scores the rows named in i32[count] against one query, into f32[count]. */
export function score(stride: i32, query: usize, rows: usize, count: i32, scores: usize): void {
  const rowBytes = <usize>(stride << 2);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    store<f32>(scores + i, dot(<usize>load<i32>(rows + i) * rowBytes, query, rowBytes));
  }
}
