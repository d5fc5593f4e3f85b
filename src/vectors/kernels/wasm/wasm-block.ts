import { checkFinite } from "../check.ts";
import type { BlockAnswer, BlockKind, BlockScan, PackedBlock } from "../block.ts";
import { at, instantiateBlock, probeWasm, type BlockModule, type WasmVariant } from "./module.ts";
import { copyPacked } from "../copy-packed.ts";
import { growTo, MOMENTS_BYTES, openOrFull, readMoments } from "./memory.ts";

/** Queries of one pass: QUERIES in tools/wasm/assembly/layout.ts. */
const QUERIES_AT_ONCE = 4;

/** Memory of one block at most, about: little enough that a compaction's copy is no burden. */
const BLOCK_BYTES = 64 * 1024 * 1024;

/** Narrow vectors would make long blocks, and scans that are not to be interrupted. */
const MAX_ROWS = 131_072;

const INPUT_BYTES = 256 * 1024;

/** Rows are read four at a time: what lies behind the last one must exist. */
const SPARE_ROWS = 4;

const strideOf = (dim: number): number => Math.ceil(dim / 16) * 16;

export interface WasmBlockOptions {
  /** Default: the fastest that this machine runs. */
  readonly variant?: WasmVariant | undefined;
  /** Rows of one block at most, a multiple of 32; tests make it small. */
  readonly capacity?: number | undefined;
}

/** Rows as 8-bit codes with a scale a row, in WebAssembly memory: dim + 16 bytes a row. */
export function wasmBlocks(dim: number, options: WasmBlockOptions = {}): BlockKind<PackedBlock> {
  const { variant = probeWasm() } = options;
  const fitting = Math.floor(BLOCK_BYTES / (strideOf(dim) + 16) / 32) * 32;
  const capacity = options.capacity ?? Math.max(32, Math.min(MAX_ROWS, fitting));
  return {
    name: `wasm-${variant}`,
    queriesAtOnce: QUERIES_AT_ONCE,
    create: () => createWasmBlock(dim, capacity, variant),
  };
}

function createWasmBlock(dim: number, capacity: number, variant: WasmVariant): PackedBlock {
  const stride = strideOf(dim);
  const inputRows = Math.max(1, Math.floor(INPUT_BYTES / (2 * dim)));
  const module = openOrFull(dim, () => {
    const opened = instantiateBlock(variant);
    opened.layOut(dim, capacity, inputRows);
    return opened;
  });
  let rows = 0;

  const reserve = (count: number): void =>
    growTo(module.memory, at(module.recordsAt) + (count + SPARE_ROWS) * at(module.recordBytes), dim);

  function recordsFrom(row: number, count: number): Uint8Array {
    const bytes = at(module.recordBytes);
    return new Uint8Array(module.memory.buffer, at(module.recordsAt) + row * bytes, count * bytes);
  }

  const block: PackedBlock = {
    get rows() {
      return rows;
    },
    capacity,
    get bytes() {
      return module.memory.buffer.byteLength;
    },
    append(bits) {
      const count = bits.length / dim;
      reserve(rows + count);
      for (let done = 0; done < count; done += inputRows) {
        const part = bits.subarray(done * dim, Math.min(count, done + inputRows) * dim);
        new Uint16Array(module.memory.buffer, at(module.inputAt), part.length).set(part);
        checkFinite(module.append(rows + done, part.length / dim) === -1, dim);
      }
      rows += count;
    },
    scan(scan) {
      reserve(scan.rows);
      const { buffer } = module.memory;
      const count = scan.queries.length / dim;
      for (let q = 0; q < count; q++) {
        const place = new Float32Array(buffer, at(module.queriesAt) + q * stride * 4, dim);
        place.set(scan.queries.subarray(q * dim, (q + 1) * dim));
        module.prepare(q);
      }
      if (scan.mask) new Uint32Array(buffer, at(module.maskAt), scan.mask.length).set(scan.mask);
      module.scan(scan.rows, count, scan.mask !== undefined);
      return Array.from({ length: count }, (_, q) => readAnswer(module, q, scan));
    },
    pack(named) {
      const bytes = at(module.recordBytes);
      const packed = new Uint8Array(named.length * bytes);
      named.forEach((row, i) => packed.set(recordsFrom(row, 1), i * bytes));
      return packed;
    },
    unpack(packed) {
      const count = packed.length / at(module.recordBytes);
      reserve(rows + count);
      recordsFrom(rows, count).set(packed);
      rows += count;
    },
    copy: (from, named) => copyPacked(from, block, named),
    cut(to) {
      rows = to;
    },
    // The memory goes with the last reference: a search under way ends as it began.
    close() {},
  };
  return block;
}

/** Copies what was found out of WebAssembly memory. */
function readAnswer(module: BlockModule, q: number, { rows, k, floors }: BlockScan): BlockAnswer {
  const found = module.select(q, rows, k, floors[q] ?? -Infinity);
  const { buffer } = module.memory;
  return {
    candidates: {
      rows: new Int32Array(buffer, at(module.foundAt), found).slice(),
      lower: new Float32Array(buffer, at(module.foundLowerAt), found).slice(),
      upper: new Float32Array(buffer, at(module.foundUpperAt), found).slice(),
    },
    moments: readMoments(buffer, at(module.momentsAt) + q * MOMENTS_BYTES),
  };
}
