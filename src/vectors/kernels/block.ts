import type { ExactRows } from "../../contract/index.ts";

/** What a search asks of one block. Queries f32[q, dim], of which there are at most `queriesAtOnce`. */
export interface BlockScan {
  readonly queries: Float32Array;
  /** The block's first rows, as many as it had when the search began. */
  readonly rows: number;
  /** Bits of these rows, undefined when all are in. */
  readonly mask: Uint32Array | undefined;
  readonly k: number;
  /** A score per query that `k` rows of other blocks are known to reach, or -Infinity. */
  readonly floors: Float32Array;
}

/** Rows that can be among the best, numbered within the block, with bounds of their scores: proved or likely ones. */
export interface Candidates {
  readonly rows: Int32Array;
  readonly lower: Float32Array;
  readonly upper: Float32Array;
}

/** Of the scores seen: their count, mean, and the sum of squared distances from the mean. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

export interface BlockAnswer {
  readonly candidates: Candidates;
  readonly moments: Moments;
}

/**
 * A fixed number of rows in memory of their own, read as codes. Blocks are added as a kernel grows and dropped as it
 * is compacted, so memory really comes back.
 */
export interface Block {
  readonly rows: number;
  /** Rows at most: a multiple of 32. */
  readonly capacity: number;
  readonly bytes: number;
  /** f16 bits[count, dim]; no more than fit. Throws: `vectors/nan`, `vectors/full`; then nothing was added. */
  append(bits: Uint16Array): void;
  /** Names, per query, the rows that can be among the best k: all of them, or the likely ones, as its kind says. */
  scan(scan: BlockScan): readonly BlockAnswer[] | Promise<readonly BlockAnswer[]>;
  /** Appends rows of another block of the same kind. */
  copy(from: Block, rows: Int32Array): void;
  /** Takes back what was appended behind the first `rows` rows. */
  cut(rows: number): void;
  close(): void;
}

/** A block whose rows can go to another memory, as the bytes that they are kept in. */
export interface PackedBlock extends Block {
  pack(rows: Int32Array): Uint8Array;
  /** Appends what `pack` of a block of the same kind gave. */
  unpack(packed: Uint8Array): void;
}

/** One block of a scan of all: rows are answered with `firstRow` added. */
export interface PlacedScan extends Pick<BlockScan, "rows" | "mask"> {
  readonly block: Block;
  readonly firstRow: number;
}

/** What a search asks of all its blocks together. */
export interface JointScan extends Pick<BlockScan, "queries" | "k"> {
  readonly scans: readonly PlacedScan[];
  readonly signal?: AbortSignal | undefined;
}

/** What kind of block a kernel is made of. */
export interface BlockKind<B extends Block = Block> {
  readonly name: string;
  readonly queriesAtOnce: number;
  /** Exact vectors that a search for k rows may read, where bounds are not proved; default is as many as it takes. */
  readonly mostReads?: (k: number) => number;
  /** A block behind `rowsBefore` rows of others. */
  create(rowsBefore: number): B;
  /** Scans all blocks at once, where one after the other would wait for each: one answer a query. */
  readonly scanAll?: (scan: JointScan) => Promise<readonly BlockAnswer[]>;
}

export interface KernelOptions {
  /** Default: in memory. */
  readonly exactRows?: ExactRows | undefined;
}
