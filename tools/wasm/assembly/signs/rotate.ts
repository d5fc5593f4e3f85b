import { flipsAt, orderAt, ROUNDS, scratchAt, stride } from "./layout";

let state: u32 = 0;

/** xorshift32 (Marsaglia 2003). Every block draws the same numbers, so all rows and queries turn alike. */
function draw(): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

/** Draws, for each round, an order of the values (as byte offsets) and which of them change their sign. */
export function drawRotation(): void {
  state = 0x9e3779b9;
  for (let round = 0; round < ROUNDS; round++) {
    const order = orderAt + ((<usize>(round * stride)) << 2);
    const flips = flipsAt + ((<usize>(round * stride)) << 2);
    for (let i = 0; i < stride; i++) {
      store<u32>(order + ((<usize>i) << 2), (<u32>i) << 2);
      store<f32>(flips + ((<usize>i) << 2), (draw() & 0x8000) == 0 ? <f32>0.25 : <f32>-0.25);
    }
    for (let i = stride - 1; i > 0; i--) {
      const a = order + ((<usize>i) << 2);
      const b = order + ((<usize>(draw() % <u32>(i + 1))) << 2);
      const offset = load<u32>(a);
      store<u32>(a, load<u32>(b));
      store<u32>(b, offset);
    }
  }
}

/**
 * Rotates f32[stride]: three times another order, other signs and a Hadamard transform over 16 values that are four
 * apart. That spreads what any value holds over all of them, and keeps lengths and inner products.
 */
export function rotate(values: usize): void {
  for (let round = 0; round < ROUNDS; round++) {
    const order = orderAt + ((<usize>(round * stride)) << 2);
    const flips = flipsAt + ((<usize>(round * stride)) << 2);
    for (let i: usize = 0; i < (<usize>stride) << 2; i += 4)
      store<f32>(scratchAt + i, load<f32>(values + load<u32>(order + i)) * load<f32>(flips + i));
    for (let block: usize = 0; block < (<usize>stride) << 2; block += 256) {
      for (let half: usize = 16; half < 256; half <<= 1) {
        for (let from = scratchAt + block; from < scratchAt + block + 256; from += half << 1) {
          for (let at = from; at < from + half; at += 16) {
            const a = v128.load(at);
            const b = v128.load(at + half);
            v128.store(at, f32x4.add(a, b));
            v128.store(at + half, f32x4.sub(a, b));
          }
        }
      }
    }
    memory.copy(values, scratchAt, (<usize>stride) << 2);
  }
}
