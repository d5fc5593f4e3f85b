import type { ExactRows } from "../../contract/index.ts";
import { createExactRows } from "./exact-rows.ts";

/** Where exact vectors are read when they are too many for memory: f16 bits[ids, dim] in the order of `ids`. */
export interface StoredRows {
  /** Passage ids by today's row numbers. The array is replaced, never changed, when rows are numbered anew. */
  readonly ids: () => Int32Array;
  readonly read: (ids: Int32Array) => Promise<Uint16Array>;
}

/** Exact vectors in memory up to `limitBytes`; when there are more, none is kept and storage is asked. */
export function createBoundedRows(dim: number, limitBytes: number, stored: StoredRows): ExactRows {
  let inMemory: ExactRows | null = createExactRows(dim);

  return {
    get bytes() {
      return inMemory?.bytes ?? 0;
    },
    append(bits) {
      inMemory?.append(bits);
      if (inMemory === null || inMemory.bytes <= limitBytes) return;
      // Readers at work keep what they read from.
      inMemory.close();
      inMemory = null;
    },
    reader() {
      if (inMemory !== null) return inMemory.reader();
      const ids = stored.ids();
      return (rows) => stored.read(rows.map((row) => ids[row] ?? -1));
    },
    keep: (rows) => inMemory?.keep(rows),
    close: () => inMemory?.close(),
  };
}
