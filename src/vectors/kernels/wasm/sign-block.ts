import { checkFinite } from "../check.ts";
import { copyPacked } from "../copy-packed.ts";
import type { BlockKind, PackedBlock } from "../block.ts";
import { growTo, openOrFull, readMoments } from "./memory.ts";
import { at, createInstantiator, probeWasm, type Address, type WasmVariant } from "./module.ts";
import { RELAXED_SIGNS, SIMD_SIGNS } from "./sign-bytes.ts";

/** Rows of a block at most: their estimates fit the second-level cache. */
const MAX_ROWS = 65_536;

/** Sums of table entries have 16 bits. */
const MAX_DIM = 4096;

const INPUT_BYTES = 256 * 1024;
const GROUP_ROWS = 16;
const FACTOR_BYTES = 4;

/**
 * How many deviations of its error an estimate may be off before its row is given up: by one bit a value, and by two.
 * `CERTAIN` is how many are taken off a row that others must reach.
 *
 * Source: recall in `npm run bench -- search`; see docs/decisions/0010-signs-first.md.
 */
const COARSE = 2.5;
const FINE = 2;
const CERTAIN = 0.5;

/** What tools/wasm/assembly/signs.ts exports. Addresses are set by `layOut`. */
interface SignModule {
  readonly memory: WebAssembly.Memory;
  readonly queryAt: Address;
  readonly maskAt: Address;
  readonly momentsAt: Address;
  readonly foundAt: Address;
  readonly foundLowerAt: Address;
  readonly foundUpperAt: Address;
  readonly inputAt: Address;
  readonly signsAt: Address;
  readonly factorsAt: Address;
  readonly detailsAt: Address;
  readonly detailBytes: Address;
  readonly stride: Address;
  layOut(dim: number, capacity: number, inputRows: number): void;
  drawRotation(): void;
  append(rows: number, count: number): number;
  prepare(): void;
  scan(rows: number, masked: boolean, deviations: number): void;
  select(rows: number, k: number, floor: number, most: number, below: number, above: number): number;
}

const instantiate = createInstantiator<SignModule>({ simd: SIMD_SIGNS, relaxed: RELAXED_SIGNS });

export interface SignBlockOptions {
  /** Default: the fastest that this machine runs. */
  readonly variant?: WasmVariant | undefined;
  /** Rows of one block at most, a multiple of 32; tests make it small. */
  readonly capacity?: number | undefined;
}

/** Whether rows of `dim` values can be searched by their signs. */
export const canSign = (dim: number): boolean => dim <= MAX_DIM;

/**
 * Rotated rows as one bit a value that every search reads, and another that is read of candidates only: dim / 4 + 12
 * bytes a row in WebAssembly memory. Bounds are likely ones, not proved.
 */
export function signBlocks(dim: number, options: SignBlockOptions = {}): BlockKind<PackedBlock> {
  const { variant = probeWasm(), capacity = MAX_ROWS } = options;
  return {
    name: `signs-${variant}`,
    queriesAtOnce: 4,
    mostReads: (k) => 1024 + 4 * k,
    create: () => createSignBlock(dim, capacity, variant),
  };
}

function createSignBlock(dim: number, capacity: number, variant: WasmVariant): PackedBlock {
  const inputRows = Math.max(1, Math.floor(INPUT_BYTES / (2 * dim)));
  const module = openOrFull(dim, () => {
    const opened = instantiate(variant);
    opened.layOut(dim, capacity, inputRows);
    growTo(opened.memory, at(opened.detailsAt), dim);
    opened.drawRotation();
    return opened;
  });
  let rows = 0;

  const reserve = (count: number): void =>
    growTo(module.memory, at(module.detailsAt) + count * at(module.detailBytes), dim);

  /** Where the parts of rows lie: signs, factors and details. */
  function parts() {
    const { buffer } = module.memory;
    return {
      signs: new Uint8Array(buffer, at(module.signsAt)),
      factors: new Uint8Array(buffer, at(module.factorsAt)),
      details: new Uint8Array(buffer, at(module.detailsAt)),
      signBytes: at(module.stride) / 8,
      detailBytes: at(module.detailBytes),
    };
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
    scan({ queries, rows: seen, mask, k, floors }) {
      const { buffer } = module.memory;
      if (mask) new Uint32Array(buffer, at(module.maskAt), mask.length).set(mask);
      return Array.from(floors, (floor, q) => {
        const place = new Float32Array(buffer, at(module.queryAt), at(module.stride));
        place.fill(0);
        place.set(queries.subarray(q * dim, (q + 1) * dim));
        module.prepare();
        module.scan(seen, mask !== undefined, COARSE);
        const most = 2048 + 8 * k;
        const found = module.select(seen, k, floor, most, CERTAIN, FINE);
        return {
          candidates: {
            rows: new Int32Array(buffer, at(module.foundAt), found).slice(),
            lower: new Float32Array(buffer, at(module.foundLowerAt), found).slice(),
            upper: new Float32Array(buffer, at(module.foundUpperAt), found).slice(),
          },
          moments: readMoments(buffer, at(module.momentsAt)),
        };
      });
    },
    pack(named) {
      const { signs, factors, details, signBytes, detailBytes } = parts();
      const rowBytes = signBytes + FACTOR_BYTES + detailBytes;
      const packed = new Uint8Array(named.length * rowBytes);
      named.forEach((row, i) => {
        const to = packed.subarray(i * rowBytes, (i + 1) * rowBytes);
        const from = placeOf(row, signBytes);
        for (let b = 0; b < signBytes; b++) to[b] = signs[from + b * GROUP_ROWS] ?? 0;
        to.set(factors.subarray(row * FACTOR_BYTES, (row + 1) * FACTOR_BYTES), signBytes);
        to.set(details.subarray(row * detailBytes, (row + 1) * detailBytes), signBytes + FACTOR_BYTES);
      });
      return packed;
    },
    unpack(packed) {
      const rowBytes = at(module.stride) / 8 + FACTOR_BYTES + at(module.detailBytes);
      const count = packed.length / rowBytes;
      reserve(rows + count);
      const { signs, factors, details, signBytes, detailBytes } = parts();
      for (let i = 0; i < count; i++, rows++) {
        const from = packed.subarray(i * rowBytes, (i + 1) * rowBytes);
        const to = placeOf(rows, signBytes);
        for (let b = 0; b < signBytes; b++) signs[to + b * GROUP_ROWS] = from[b] ?? 0;
        factors.set(from.subarray(signBytes, signBytes + FACTOR_BYTES), rows * FACTOR_BYTES);
        details.set(from.subarray(signBytes + FACTOR_BYTES), rows * detailBytes);
      }
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

/** First of a row's sign bytes, which lie in groups of 16 rows. */
const placeOf = (row: number, signBytes: number): number =>
  Math.floor(row / GROUP_ROWS) * GROUP_ROWS * signBytes + (row % GROUP_ROWS);
