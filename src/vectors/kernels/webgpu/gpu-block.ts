import { SextantError } from "../../../contract/index.ts";
import type { Block, BlockAnswer, BlockScan } from "../block.ts";
import { checkFinite } from "../check.ts";
import { storageBuffer, type Gpu, type Scratch } from "./buffers.ts";
import { GROUP_ROWS, paddedRows, type RowLayout } from "./layout.ts";
import type { Pipelines } from "./pipelines.ts";

/** Rows are uploaded in parts of at most so many bytes. */
const INPUT_BYTES = 4 * 1024 * 1024;

const EXPONENT = 0x7c00;

/** What blocks of one kernel share. */
export interface BlockSpace {
  readonly gpu: Gpu;
  readonly layout: RowLayout;
  readonly capacity: number;
  readonly pipelines: Pipelines;
  readonly scratch: Scratch;
  /** Scans this block as if there were no other. */
  scanAlone(block: GpuBlock, scan: BlockScan): Promise<readonly BlockAnswer[]>;
  /** A block takes or gives back bytes. Throws: `vectors/full` when they are too many. */
  account(bytes: number): void;
}

/** A block on a device. Its buffers outlive `close` while a search holds them. */
export interface GpuBlock extends Block {
  readonly records: GPUBuffer;
  /** At least so many bytes for bounds, and for one bit a row; both are written before they are read. */
  bounds(bytes: number): GPUBuffer;
  mask(bytes: number): GPUBuffer;
  hold(): void;
  letGo(): void;
}

export function createGpuBlock(space: BlockSpace): GpuBlock {
  const { gpu, layout, capacity, pipelines, scratch } = space;
  const { device, guard } = gpu;
  let rows = 0;
  let holders = 1;
  const buffers: { records: GPUBuffer | null; bounds: GPUBuffer | null; mask: GPUBuffer | null } = {
    records: null,
    bounds: null,
    mask: null,
  };

  /** A buffer of at least `bytes`; what is in it stays when `keep` says so. */
  function grow(name: keyof typeof buffers, bytes: number, keep: boolean): GPUBuffer {
    const before = buffers[name];
    if (before !== null && before.size >= bytes) return before;
    space.account(bytes - (before?.size ?? 0));
    const made = storageBuffer(gpu, bytes);
    buffers[name] = made;
    if (before !== null && keep)
      guard.attempt(() => {
        const commands = device.createCommandEncoder();
        commands.copyBufferToBuffer(before, 0, made, 0, before.size);
        device.queue.submit([commands.finish()]);
      });
    before?.destroy();
    return made;
  }

  /** Room for `count` rows: twice as many as before, so that growing copies each row about once. */
  function reserve(count: number): GPUBuffer {
    const wanted = Math.min(
      capacity,
      GROUP_ROWS * 2 ** Math.ceil(Math.log2(Math.max(1, count / GROUP_ROWS))),
    );
    return grow("records", wanted * layout.rowBytes, true);
  }

  function letGo(): void {
    holders--;
    if (holders > 0) return;
    for (const buffer of Object.values(buffers)) {
      if (buffer) space.account(-buffer.size);
      buffer?.destroy();
    }
    buffers.records = buffers.bounds = buffers.mask = null;
  }

  const block: GpuBlock = {
    get rows() {
      return rows;
    },
    capacity,
    get bytes() {
      return Object.values(buffers).reduce((sum, buffer) => sum + (buffer?.size ?? 0), 0);
    },
    get records() {
      return reserve(rows);
    },
    bounds: (bytes) => grow("bounds", bytes, false),
    mask: (bytes) => grow("mask", bytes, false),
    hold() {
      holders++;
    },
    letGo,
    append(bits) {
      checkFinite(
        bits.every((half) => (half & EXPONENT) !== EXPONENT),
        layout.dim,
      );
      const count = bits.length / layout.dim;
      if (count === 0) return;
      const records = reserve(rows + count);
      const inputRows = Math.max(1, Math.floor(INPUT_BYTES / (2 * layout.dim)));
      for (let done = 0; done < count; done += inputRows) {
        const part = Math.min(inputRows, count - done);
        const input = scratch.write("input", wholeWords(bits, done * layout.dim, part * layout.dim));
        const params = Uint32Array.of(layout.dim, layout.wide, rows + done, part);
        const uniform = scratch.write("append", params);
        run("append", [uniform, input, records], part);
      }
      rows += count;
    },
    scan: (scan) => space.scanAlone(block, scan),
    copy(from, named) {
      if (named.length === 0) return;
      const records = reserve(rows + named.length);
      const list = scratch.write("named", Uint32Array.from(named));
      const uniform = scratch.write("copy", Uint32Array.of(layout.wide, rows, named.length, 0));
      run("copy", [uniform, (from as GpuBlock).records, records, list], named.length);
      rows += named.length;
    },
    cut(to) {
      rows = to;
    },
    close: letGo,
  };

  function run(name: "append" | "copy", bindings: readonly GPUBuffer[], count: number): void {
    guard.attempt(() => {
      const commands = device.createCommandEncoder();
      const pass = commands.beginComputePass();
      pipelines.dispatch(pass, name, bindings, paddedRows(count) / GROUP_ROWS);
      pass.end();
      device.queue.submit([commands.finish()]);
    });
  }

  return block;
}

/** `length` values from `from` on, as a whole number of 32-bit words. */
function wholeWords(bits: Uint16Array, from: number, length: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 2));
  new Uint16Array(words.buffer).set(bits.subarray(from, from + length));
  return words;
}

export function fullError(bytes: number): SextantError {
  return new SextantError(
    "vectors/full",
    "The graphics processor has no room left to search this collection; choose WASM as the device, or split it.",
    { bytes },
  );
}
