import type { Block, PackedBlock } from "./block.ts";

/** Rows that are packed at once: little memory on top of the copy. */
const ROWS_AT_ONCE = 1024;

/** Appends rows of a block to another of the same kind. */
export function copyPacked(from: Block, to: PackedBlock, rows: Int32Array): void {
  const source = from as PackedBlock;
  for (let done = 0; done < rows.length; done += ROWS_AT_ONCE)
    to.unpack(source.pack(rows.subarray(done, done + ROWS_AT_ONCE)));
}
