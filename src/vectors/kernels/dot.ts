import { growTo, openOrFull } from "./wasm/memory.ts";
import { at, createInstantiator, type Address } from "./wasm/module.ts";
import { SIMD_EXACT } from "./wasm/exact-bytes.ts";

/** Rows that are multiplied at once: 98 KB at 768 values. */
const ROWS_AT_ONCE = 64;

/** What tools/wasm/assembly/exact.ts exports. */
interface ExactModule {
  readonly memory: WebAssembly.Memory;
  readonly queryAt: Address;
  readonly rowsAt: Address;
  readonly scoresAt: Address;
  readonly stride: Address;
  readonly end: Address;
  layOut(dim: number, rows: number): void;
  dots(count: number): void;
}

const instantiate = createInstantiator<ExactModule, "simd">({ simd: SIMD_EXACT });

let opened: ExactModule | undefined;

/** The one module, which nobody else uses while a call is in it. */
function laidOutFor(dim: number): ExactModule {
  const module = (opened ??= openOrFull(dim, () => instantiate("simd")));
  module.layOut(dim, ROWS_AT_ONCE);
  growTo(module.memory, at(module.end), dim);
  return module;
}

/**
 * Inner products of a query with each row of f16 bits[rows, dim], summed in float64 and rounded to float32 at the end.
 * Every kernel's final scores come from here, which is why they are equal bit for bit.
 *
 * Throws: `vectors/full`.
 */
export function dotExact(query: Float32Array, bits: Uint16Array): Float32Array {
  const dim = query.length;
  const scores = new Float32Array(bits.length / dim);
  const module = laidOutFor(dim);
  const { buffer } = module.memory;
  const stride = at(module.stride);
  const padded = new Float32Array(buffer, at(module.queryAt), stride);
  padded.fill(0, dim);
  padded.set(query);
  const room = new Uint16Array(buffer, at(module.rowsAt), ROWS_AT_ONCE * stride);
  for (let from = 0; from < scores.length; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, scores.length - from);
    if (stride === dim) room.set(bits.subarray(from * dim, (from + count) * dim));
    else
      for (let row = 0; row < count; row++) {
        room.set(bits.subarray((from + row) * dim, (from + row + 1) * dim), row * stride);
        // What was there before could be an infinity, which times 0 is not 0.
        room.fill(0, row * stride + dim, (row + 1) * stride);
      }
    module.dots(count);
    scores.set(new Float32Array(buffer, at(module.scoresAt), count), from);
  }
  return scores;
}
