import { SextantError } from "../../contract/index.ts";
import { clearBit, hasBit, rowsOf, setBit, sliceBits, wordsFor } from "./bitmap.ts";
import type { Block, BlockKind } from "./block.ts";

/** One block with the rows of it that were not removed. `firstRow` numbers its rows in the kernel. */
export interface Placed {
  readonly block: Block;
  readonly firstRow: number;
  readonly alive: Uint32Array;
  removed: number;
}

/** What a search goes by: rows that were there when it began. */
export interface View {
  readonly placed: Placed;
  readonly rows: number;
}

/** The blocks of a kernel, in the order of their rows. */
export interface BlockList {
  readonly rows: number;
  readonly removed: number;
  readonly bytes: number;
  /** The rows of now: later appends come behind them, and compaction makes other blocks. */
  view(): readonly View[];
  append(bits: Uint16Array): void;
  remove(row: number): void;
  /**
   * Copies what stays out of blocks that lost rows, one block at a time. Returns the former numbers of all rows there
   * are now, or null when nothing changed. Where there is no memory for a copy, the rest stays as it was.
   */
  compact(): Int32Array | null;
  close(): void;
}

export function createBlockList(dim: number, kind: BlockKind): BlockList {
  let placed: Placed[] = [];
  let rows = 0;

  function lastWithRoom(list: Placed[], firstRow: number): Placed {
    const last = list.at(-1);
    if (last !== undefined && last.block.rows < last.block.capacity) return last;
    const block = kind.create(firstRow);
    const fresh = { block, firstRow, alive: new Uint32Array(wordsFor(block.capacity)), removed: 0 };
    list.push(fresh);
    return fresh;
  }

  function setAlive({ block, alive }: Placed, count: number): void {
    for (let row = block.rows - count; row < block.rows; row++) setBit(alive, row);
  }

  /** Copies rows of one block behind the `count` rows of `list`. */
  function moveInto(list: Placed[], from: Block, named: Int32Array, count: number): void {
    for (let done = 0; done < named.length;) {
      const target = lastWithRoom(list, count + done);
      const part = Math.min(target.block.capacity - target.block.rows, named.length - done);
      target.block.copy(from, named.subarray(done, done + part));
      setAlive(target, part);
      done += part;
    }
  }

  /** Whether a block lost nothing and its rows would not fill up the one before it. */
  function fitsAsItIs({ block, removed }: Placed): boolean {
    const last = placed.at(-1);
    const room = last === undefined ? 0 : last.block.capacity - last.block.rows;
    return removed === 0 && (room < block.rows || last === undefined);
  }

  return {
    get rows() {
      return rows;
    },
    get removed() {
      return placed.reduce((sum, { removed }) => sum + removed, 0);
    },
    get bytes() {
      return placed.reduce((sum, { block, alive }) => sum + block.bytes + alive.byteLength, 0);
    },
    view: () => placed.map((entry) => ({ placed: entry, rows: entry.block.rows })),
    append(bits) {
      const count = bits.length / dim;
      const undo = checkpoint(placed);
      try {
        for (let done = 0; done < count;) {
          const target = lastWithRoom(placed, rows + done);
          const part = Math.min(target.block.capacity - target.block.rows, count - done);
          target.block.append(bits.subarray(done * dim, (done + part) * dim));
          setAlive(target, part);
          done += part;
        }
      } catch (error) {
        undo();
        throw error;
      }
      rows += count;
    },
    remove(row) {
      const at = placed.findLast(({ firstRow }) => firstRow <= row);
      if (at === undefined || !hasBit(at.alive, row - at.firstRow)) return;
      clearBit(at.alive, row - at.firstRow);
      at.removed++;
    },
    compact() {
      if (placed.every(({ removed }) => removed === 0)) return null;
      const old = placed;
      const kept: Int32Array[] = [];
      placed = [];
      rows = 0;
      for (let entry = old.shift(); entry !== undefined; entry = old.shift()) {
        const { block, firstRow, alive } = entry;
        const stay = rowsOf(alive, block.rows);
        const undo = checkpoint(placed);
        try {
          if (fitsAsItIs(entry)) placed.push({ ...entry, firstRow: rows });
          else {
            moveInto(placed, block, stay, rows);
            block.close();
          }
          kept.push(stay.map((row) => firstRow + row));
        } catch (error) {
          undo();
          if (!(error instanceof SextantError) || error.code !== "vectors/full") throw error;
          for (const rest of [entry, ...old.splice(0)]) {
            placed.push({ ...rest, firstRow: rows });
            kept.push(Int32Array.from({ length: rest.block.rows }, (_, row) => rest.firstRow + row));
            rows += rest.block.rows;
          }
          break;
        }
        rows += stay.length;
      }
      return concat(kept, rows);
    },
    close() {
      for (const { block } of placed) block.close();
      placed = [];
      rows = 0;
    },
  };
}

/** Remembers how long `list` and its blocks are; the answer cuts them back to that. */
function checkpoint(list: Placed[]): () => void {
  const ends = list.map(({ block }) => block.rows);
  return () => {
    for (const { block } of list.splice(ends.length)) block.close();
    for (const [i, { block }] of list.entries()) block.cut(ends[i] ?? 0);
  };
}

function concat(parts: readonly Int32Array[], length: number): Int32Array {
  const whole = new Int32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The bits of a block's first `rows` rows that are neither removed nor left out; undefined when that is none of them. */
export function maskOf(
  { alive, removed, firstRow }: Placed,
  rows: number,
  allow: Uint32Array | undefined,
): Uint32Array | undefined {
  if (allow === undefined) return removed === 0 ? undefined : alive.slice(0, wordsFor(rows));
  const mask = sliceBits(allow, firstRow, rows);
  for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] ?? 0) & (alive[i] ?? 0);
  return mask;
}
