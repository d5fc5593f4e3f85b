import { SextantError, type Kernel } from "../../../contract/index.ts";
import { checkDim, checkK, checkQuery, checkRow, checkVectors } from "../check.ts";
import { WASM_KERNEL } from "./wasm-kernel-bytes.ts";

/** What tools/wasm/assembly/search.ts exports. Addresses and sizes are unsigned 32-bit. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  search(
    rows: number,
    stride: number,
    mask: number,
    queries: number,
    count: number,
    states: number,
    k: number,
  ): void;
  score(stride: number, query: number, rows: number, count: number, scores: number): void;
}

const PAGE_BYTES = 65536;
const MAX_BYTES = 65536 * PAGE_BYTES;
const STATE_HEADER_BYTES = 32;

let compiled: WebAssembly.Module | undefined;

function instantiate(): Exports {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(WASM_KERNEL), (char) => char.charCodeAt(0)));
  return new WebAssembly.Instance(compiled).exports as unknown as Exports;
}

const align = (n: number) => Math.ceil(n / 16) * 16;

/**
 * Exact search in SIMD float32, vectors held in WebAssembly memory of up to 4 GB.
 *
 * Memory: vectors f32[rows, stride] from address 0, stride being dim rounded up to 16; behind them what one call
 * needs (mask, queries, heaps), which the next append overwrites.
 * Cost: rows · dim multiply-adds a query; several queries share each pass over a tile of rows.
 */
export function createWasmKernel(dim: number): Kernel {
  checkDim(dim);
  let wasm = instantiate();
  const stride = align(dim);
  let rows = 0;
  let removedCount = 0;
  /** One byte a row, 0 = removed; longer than `rows` while it grows by doubling. */
  let alive = new Uint8Array(0);

  const vectorBytes = (count: number) => count * stride * 4;

  function reserve(bytes: number): void {
    const have = wasm.memory.buffer.byteLength;
    if (bytes <= have) return;
    const full = (cause?: unknown) =>
      new SextantError(
        "vectors/full",
        "There is no memory left to search this collection; close other tabs or split it.",
        { rows, dim, bytes },
        cause,
      );
    if (bytes > MAX_BYTES) throw full();
    try {
      wasm.memory.grow(Math.ceil((bytes - have) / PAGE_BYTES));
    } catch (error) {
      throw full(error);
    }
  }

  /** Copies row-major vectors to `address`, padding each to the stride. */
  function write(address: number, values: Float32Array, count: number): void {
    const target = new Float32Array(wasm.memory.buffer, address, count * stride);
    if (stride === dim) return target.set(values);
    target.fill(0);
    for (let row = 0; row < count; row++)
      target.set(values.subarray(row * dim, (row + 1) * dim), row * stride);
  }

  function writeMask(address: number, allow: Uint8Array | undefined): void {
    const mask = new Uint8Array(wasm.memory.buffer, address, rows);
    mask.set(alive.subarray(0, rows));
    if (allow === undefined) return;
    const given = Math.min(rows, allow.length);
    for (let row = 0; row < given; row++) if (allow[row] === 0) mask[row] = 0;
    mask.fill(0, given);
  }

  return {
    name: "wasm",
    dim,
    get rows() {
      return rows;
    },
    append(values) {
      const count = checkVectors(values, dim);
      reserve(vectorBytes(rows + count));
      if (rows + count > alive.length) {
        const longer = new Uint8Array(Math.max(rows + count, alive.length * 2));
        longer.set(alive);
        alive = longer;
      }
      write(vectorBytes(rows), values, count);
      alive.fill(1, rows, rows + count);
      rows += count;
    },
    remove(named) {
      const list = [...named];
      for (const row of list) checkRow(row, rows);
      for (const row of list) {
        removedCount += alive[row] ?? 0;
        alive[row] = 0;
      }
    },
    search(queries, k, allow) {
      const count = checkVectors(queries, dim);
      checkK(k);
      const kept = Math.min(k, rows);
      const stateBytes = align(STATE_HEADER_BYTES + 8 * kept);
      const masked = allow !== undefined || removedCount > 0;
      const maskAt = vectorBytes(rows);
      const queriesAt = align(maskAt + (masked ? rows : 0));
      const statesAt = queriesAt + count * stride * 4;
      reserve(statesAt + count * stateBytes);
      if (masked) writeMask(maskAt, allow);
      write(queriesAt, queries, count);
      new Uint8Array(wasm.memory.buffer, statesAt, count * stateBytes).fill(0);
      // Without rows the mask would stand at address 0, which means none; then there is nothing to mask either.
      wasm.search(rows, stride, masked ? maskAt : 0, queriesAt, count, statesAt, kept);
      return readStates(wasm.memory.buffer, statesAt, stateBytes, count, kept, k);
    },
    score(query, named) {
      checkQuery(query, dim);
      for (const row of named) checkRow(row, rows);
      const queryAt = vectorBytes(rows);
      const rowsAt = queryAt + stride * 4;
      const scoresAt = rowsAt + named.length * 4;
      reserve(scoresAt + named.length * 4);
      write(queryAt, query, 1);
      new Int32Array(wasm.memory.buffer, rowsAt, named.length).set(named);
      wasm.score(stride, queryAt, rowsAt, named.length, scoresAt);
      return new Float32Array(wasm.memory.buffer, scoresAt, named.length).slice();
    },
    close() {
      wasm = instantiate();
      alive = new Uint8Array(0);
      removedCount = 0;
      rows = 0;
    },
  };
}

/** Copies what the states hold out of WebAssembly memory; see the layout in tools/wasm/assembly/search.ts. */
function readStates(
  buffer: ArrayBuffer,
  statesAt: number,
  stateBytes: number,
  count: number,
  kept: number,
  k: number,
): ReturnType<Kernel["search"]> {
  const rows = new Int32Array(count * k).fill(-1);
  const scores = new Float32Array(count * k).fill(-Infinity);
  const moments = {
    count: new Int32Array(count),
    mean: new Float32Array(count),
    deviation: new Float32Array(count),
  };
  for (let q = 0; q < count; q++) {
    const state = statesAt + q * stateBytes;
    const view = new DataView(buffer, state, STATE_HEADER_BYTES);
    const scored = view.getInt32(0, true);
    const found = view.getInt32(4, true);
    const shiftedMean = view.getFloat64(16, true) / Math.max(scored, 1);
    const variance = view.getFloat64(24, true) / Math.max(scored, 1) - shiftedMean ** 2;
    moments.count[q] = scored;
    moments.mean[q] = view.getFloat64(8, true) + shiftedMean;
    moments.deviation[q] = Math.sqrt(Math.max(0, variance));
    scores.set(new Float32Array(buffer, state + STATE_HEADER_BYTES, found), q * k);
    rows.set(new Int32Array(buffer, state + STATE_HEADER_BYTES + 4 * kept, found), q * k);
  }
  return { top: { k, rows, scores }, moments };
}
