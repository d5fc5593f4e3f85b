import { RELAXED_BLOCK, SIMD_BLOCK } from "./block-bytes.ts";

export type Address = WebAssembly.Global;

/** Where `address` points. */
export const at = (address: Address): number => Number(address.value) >>> 0;

/** What tools/wasm/assembly/block.ts exports. Addresses are set by `layOut`. */
export interface BlockModule {
  readonly memory: WebAssembly.Memory;
  readonly queriesAt: Address;
  readonly codesAt: Address;
  readonly numbersAt: Address;
  readonly momentsAt: Address;
  readonly maskAt: Address;
  readonly lowerAt: Address;
  readonly upperAt: Address;
  readonly foundAt: Address;
  readonly foundLowerAt: Address;
  readonly foundUpperAt: Address;
  readonly inputAt: Address;
  readonly recordsAt: Address;
  readonly recordBytes: Address;
  layOut(dim: number, capacity: number, inputRows: number): void;
  append(rows: number, count: number): number;
  prepare(query: number): void;
  scan(rows: number, queries: number, masked: boolean): void;
  select(query: number, rows: number, k: number, floor: number): number;
  rescore(query: number, count: number): void;
}

/** Which instructions a module needs: plain SIMD, or also the relaxed 8-bit dot product. */
export type WasmVariant = "relaxed" | "simd";

/** `i32x4.relaxed_dot_i8x16_i7x16_add_s` of three zeros: (module (func (result v128) …)). */
const RELAXED_PROBE = Uint8Array.from(
  "0061736d01000000 010501 60 00 01 7b 030201 00 0a 13 01 11 00 4100 fd0f 4100 fd0f 4100 fd0f fd9302 0b"
    .replaceAll(" ", "")
    .match(/../g) ?? [],
  (byte) => Number.parseInt(byte, 16),
);

let probed: WasmVariant | undefined;
/** The fastest variant that this machine runs, and runs right. */
export function probeWasm(): WasmVariant {
  probed ??= WebAssembly.validate(RELAXED_PROBE) && isRelaxedRight() ? "relaxed" : "simd";
  return probed;
}

/**
 * Multiplies one row of both signs. V8 11.3 (Node 20, behind a flag) takes the wrong operand for the unsigned one until
 * it has optimised the function.
 */
function isRelaxedRight(): boolean {
  const block = instantiateBlock("relaxed");
  block.layOut(16, 32, 1);
  block.memory.grow(1);
  const { buffer } = block.memory;
  // Half precision's 1 and -1: codes 127 and -127, times query codes 1 to 121.
  new Uint16Array(buffer, at(block.inputAt), 16).forEach((_, i, row) => (row[i] = i % 3 ? 0x3c00 : 0xbc00));
  new Uint8Array(buffer, at(block.codesAt), 16).forEach((_, i, codes) => (codes[i] = 1 + i * 8));
  new Float32Array(buffer, at(block.numbersAt), 3).set([1, 0, 0]);
  block.append(0, 1);
  block.scan(1, 1, false);
  const wanted = Array.from({ length: 16 }, (_, i) => (i % 3 ? 1 : -1) * (i * 8 - 63)).reduce(
    (a, b) => a + b,
  );
  const got = new Float32Array(buffer, at(block.lowerAt), 1)[0] ?? Number.NaN;
  return Math.abs(got - wanted) < 0.01;
}

/** A block's code with a memory of its own. */
export const instantiateBlock = createInstantiator<BlockModule>({ simd: SIMD_BLOCK, relaxed: RELAXED_BLOCK });

/** Compiles each variant at most once: the bytes are base64. */
export function createInstantiator<M, V extends WasmVariant = WasmVariant>(
  bytes: Readonly<Record<V, string>>,
): (variant: V) => M {
  const compiled = new Map<V, WebAssembly.Module>();
  return (variant) => {
    let module = compiled.get(variant);
    if (module === undefined) {
      module = new WebAssembly.Module(Uint8Array.from(atob(bytes[variant]), (char) => char.charCodeAt(0)));
      compiled.set(variant, module);
    }
    return new WebAssembly.Instance(module).exports as unknown as M;
  };
}
