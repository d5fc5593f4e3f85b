import { SIMD_LEARN } from "./learn-bytes.ts";

/** What tools/wasm/assembly/learn.ts exports: loops over rows of f32 in its memory; addresses in bytes. */
export interface LearnModule {
  readonly memory: WebAssembly.Memory;
  scores(left: number, right: number, out: number, m: number, stride: number, dim: number): void;
  mix(weights: number, right: number, out: number, m: number, n: number, stride: number, dim: number): void;
  gather(rows: number, count: number, from: number, out: number, dim: number): number;
  scale(vector: number, by: number, dim: number): void;
  addScaled(to: number, from: number, by: number, dim: number): void;
  throughUnit(gradient: number, unit: number, length: number, dim: number): void;
  descend(row: number, moment: number, gradient: number, beta: number, rate: number, dim: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The loops with a memory of their own, which goes when nothing refers to it any more. */
export function instantiateLearn(): LearnModule {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(SIMD_LEARN), (char) => char.charCodeAt(0)));
  return new WebAssembly.Instance(compiled).exports as unknown as LearnModule;
}

const PAGE_BYTES = 65_536;
/** Rows begin at multiples of this many values. */
const LANES = 16;

/** Values of a row in the module's memory: the vector's, then zeros. */
export const paddedTo16 = (dim: number): number => Math.ceil(dim / LANES) * LANES;

/** Hands out room in a module's memory, all of which is taken before any of it is looked at. */
export function createRoom({ memory }: LearnModule) {
  let end = Math.ceil(memory.buffer.byteLength / LANES) * LANES;
  return {
    /** Address of so many 4-byte values, zeros at first. */
    take(values: number): number {
      const at = end;
      end += 4 * Math.ceil(values / LANES) * LANES;
      return at;
    },
    /** Throws: RangeError where there is no memory left. */
    open(): void {
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    },
  };
}
