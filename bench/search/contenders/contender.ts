import type { Workload } from "../workload.ts";

/** One chunk of the vectors in the form that a contender takes; made outside the measured time. */
export interface Chunk {
  readonly firstRow: number;
  /** f16 bits. */
  readonly bits: Uint16Array;
  /** The same as float32, for those that take it. */
  readonly values: Float32Array;
}

/** One contender with vectors in it. */
export interface Entry {
  add(chunk: Chunk): Promise<void> | void;
  /** After the last chunk. */
  finish?(): Promise<void> | void;
  /** Rows of the best `k`, best first. */
  search(query: Float32Array, k: number): Promise<readonly number[]> | readonly number[];
  /** Memory that it knows of; null where it does not tell. */
  bytes(): number | null;
  /** Bytes that one query reads, where that is the same for all. */
  readonly scannedBytes?: number;
  /** Workers that share them; 0 is the calling thread. */
  readonly workers?: number;
  close(): void;
}

/** One way to search. */
export interface Contender {
  readonly name: string;
  readonly version?: string;
  readonly takes: "f16" | "f32";
  /** Does not run without a browser. */
  readonly needsBrowser?: boolean;
  open(workload: Pick<Workload, "rows" | "dim">): Promise<Entry> | Entry;
}
