import { SextantError } from "../../../contract/index.ts";
import type { Moments } from "../block.ts";

const PAGE_BYTES = 65_536;

/** What tools/wasm/assembly writes for one query: count i32, then shift, sum and sum of squares f64. */
export const MOMENTS_BYTES = 32;

/** Throws: `vectors/full`. */
export function growTo(memory: WebAssembly.Memory, bytes: number, dim: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  openOrFull(dim, () => memory.grow(Math.ceil(missing / PAGE_BYTES)));
}

/** Takes a failure of `open` for the end of memory, which is what makes WebAssembly fail. Throws: `vectors/full`. */
export function openOrFull<T>(dim: number, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw new SextantError(
      "vectors/full",
      "There is no memory left to search this collection; close other tabs or split it.",
      { dim },
      error,
    );
  }
}

export function readMoments(buffer: ArrayBuffer, from: number): Moments {
  const view = new DataView(buffer, from, MOMENTS_BYTES);
  const count = view.getInt32(0, true);
  const shifted = view.getFloat64(16, true) / Math.max(1, count);
  return {
    count,
    mean: view.getFloat64(8, true) + shifted,
    squares: Math.max(0, view.getFloat64(24, true) - count * shifted ** 2),
  };
}
