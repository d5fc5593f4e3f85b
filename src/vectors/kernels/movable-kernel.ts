import {
  isSextantError,
  type SextantError,
  type ExactRows,
  type Kernel,
  type KernelSearch,
} from "../../contract/index.ts";
import { checkBits, checkFinite, checkQuery, checkRow } from "./check.ts";
import { dotExact } from "./dot.ts";
import { createExactRows } from "./exact-rows.ts";

/** Rows that are read and put into another kernel at once, between other work. */
const ROWS_A_STEP = 2048;

const EXPONENT = 0x7c00;

export type MakeKernel = (exactRows: ExactRows) => Kernel;

export interface MovableOptions {
  /** The kernel to begin with, and to come back to: it runs everywhere. */
  readonly home: MakeKernel;
  /** Default: in memory. */
  readonly exactRows?: ExactRows | undefined;
  /** The kernel that was moved to failed: searches wait until all rows are home again. */
  readonly onFault?: ((fault: SextantError) => void) | undefined;
}

/** A kernel whose rows can go to a device, and come back when the device fails. Exact vectors stay where they are. */
export interface MovableKernel extends Kernel {
  readonly isHome: boolean;
  /**
   * Fills another kernel while this one goes on answering, then answers from it. A compaction meanwhile is put off.
   *
   * Throws: what the other kernel throws; then nothing has moved.
   */
  moveTo(make: MakeKernel): Promise<void>;
  /**
   * Makes another kernel the home: fills it while this one goes on answering, or when it comes back from a device.
   *
   * Throws: what the other kernel throws; then nothing has moved.
   */
  settleIn(home: MakeKernel): Promise<void>;
  /** Comes back before the device goes, or where it went on purpose. */
  moveHome(): Promise<void>;
}

export function createMovableKernel(dim: number, options: MovableOptions): MovableKernel {
  const { onFault } = options;
  let { home } = options;
  const exactRows = options.exactRows ?? createExactRows(dim);
  // A kernel reads exact vectors; they are added, kept and closed here, once.
  const lent: ExactRows = {
    append() {},
    keep() {},
    close() {},
    bytes: 0,
    reader: () => exactRows.reader(),
  };
  const removed = new Set<number>();
  let current = home(lent);
  let isHome = true;
  let rows = 0;
  let fault: SextantError | null = null;
  let filling = 0;
  let comingHome: Promise<void> | null = null;
  let compactions = 0;
  let closings = 0;

  /** The rows behind those that `next` has, as f16 bits. */
  async function readBehind(next: Kernel): Promise<Uint16Array> {
    const count = Math.min(ROWS_A_STEP, rows - next.rows);
    return exactRows.reader()(Int32Array.from({ length: count }, (_, i) => next.rows + i));
  }

  /** Makes `next` the kernel in use when it has every row and has answered once, if it is still wanted then. */
  async function fill(make: MakeKernel, becomesHome: boolean, isWanted = () => true): Promise<void> {
    const began = closings;
    const next = make(lent);
    filling++;
    try {
      do {
        while (next.rows < rows) {
          next.append(await readBehind(next));
          if (closings !== began || !isWanted()) return next.close();
        }
        await next.search(new Float32Array(dim), 0);
        if (closings !== began || !isWanted()) return next.close();
      } while (next.rows < rows);
      next.remove(removed);
      current.close();
      current = next;
      isHome = becomesHome;
      fault = null;
    } catch (error) {
      next.close();
      throw error;
    } finally {
      filling--;
    }
  }

  function comeHome(why: SextantError): Promise<void> {
    if (fault === null) onFault?.(why);
    fault = why;
    comingHome ??= fill(home, true).finally(() => (comingHome = null));
    return comingHome;
  }

  const isFault = (error: unknown): error is SextantError =>
    !isHome && isSextantError(error) && error.code.startsWith("gpu/");

  async function search(queries: Float32Array, k: number, asked?: KernelSearch) {
    const began = compactions;
    for (;;) {
      if (fault) await comeHome(fault);
      const used = current;
      try {
        const answer = await used.search(queries, k, asked);
        // A kernel that was left meanwhile does not know what was removed since.
        if (used === current || compactions !== began) return answer;
      } catch (error) {
        if (!isSextantError(error) || !error.code.startsWith("gpu/")) throw error;
        if (used === current && isHome) throw error;
        if (used === current) await comeHome(error);
        // Rows have other numbers now than the caller's.
        if (compactions !== began) throw error;
      }
    }
  }

  return {
    get name() {
      return current.name;
    },
    dim,
    get isHome() {
      return isHome;
    },
    get rows() {
      return rows;
    },
    get alive() {
      return rows - removed.size;
    },
    get bytes() {
      return current.bytes + exactRows.bytes;
    },
    append(bits) {
      const count = checkBits(bits, dim);
      try {
        if (fault === null) current.append(bits);
      } catch (error) {
        if (!isFault(error)) throw error;
        // Whoever searches next waits for it and is told of its failure.
        comeHome(error).catch(() => undefined);
      }
      if (fault !== null)
        checkFinite(
          bits.every((half) => (half & EXPONENT) !== EXPONENT),
          dim,
        );
      exactRows.append(bits);
      rows += count;
    },
    remove(named) {
      const gone = [...named];
      for (const row of gone) checkRow(row, rows);
      if (fault === null) current.remove(gone);
      for (const row of gone) removed.add(row);
    },
    search,
    async score(query, named) {
      checkQuery(query, dim);
      for (const row of named) checkRow(row, rows);
      return dotExact(query, await exactRows.reader()(named));
    },
    compact() {
      if (filling > 0 || fault !== null) return null;
      const kept = current.compact();
      if (kept === null) return null;
      exactRows.keep(kept);
      compactions++;
      rows = kept.length;
      const still = [...kept].flatMap((former, row) => (removed.has(former) ? [row] : []));
      removed.clear();
      for (const row of still) removed.add(row);
      return kept;
    },
    async moveTo(make) {
      if (fault) await comeHome(fault);
      await fill(make, false);
    },
    async settleIn(make) {
      const before = home;
      home = make;
      if (!isHome) return;
      try {
        await fill(make, true, () => isHome && home === make);
      } catch (error) {
        if (home === make) home = before;
        throw error;
      }
    },
    async moveHome() {
      if (!isHome) await fill(home, true);
    },
    close() {
      closings++;
      current.close();
      if (!isHome) current = home(lent);
      isHome = true;
      exactRows.close();
      removed.clear();
      rows = 0;
      fault = null;
    },
  };
}
