/** A fixed number of best rows per query, [queries, k]. Unused places hold row -1 and score -Infinity. */
export interface TopK {
  readonly k: number;
  readonly rows: Int32Array;
  readonly scores: Float32Array;
}

/**
 * Mean and population deviation over every scored (not filtered) row, per query; 0 where nothing was scored.
 *
 * Units: inner products as the kernel's first pass sees them, so to within its codes' error (under 0.001 for unit
 * vectors in 8 bits); `fast` takes them from a sample.
 */
export interface ScoreMoments {
  readonly count: Int32Array;
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

export interface KernelSearch {
  /** One bit a row, bit `row & 31` of word `row >> 5`; rows whose bit is 0 or past the end are left out. */
  readonly allow?: Uint32Array | undefined;
  /** Looked at between blocks of rows; the search then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface KernelAnswer {
  readonly top: TopK;
  readonly moments: ScoreMoments;
}

/** How surely the best rows are found: `exact` proves it, `fast` finds at least 0.99 of them on measured sets. */
export type Exactness = "exact" | "fast";

/** Reads exact vectors where they are kept: f16 bits[rows, dim] in the order of `rows`. */
export type ReadRows = (rows: Int32Array) => Uint16Array | Promise<Uint16Array>;

/**
 * Where a kernel's exact vectors are: it keeps only codes of them, and asks for the few rows that decide.
 *
 * Rows are numbered as in the kernel, and follow the same calls.
 */
export interface ExactRows {
  /** f16 bits[count, dim]. The array is kept, not copied, by what holds it in memory. */
  append(bits: Uint16Array): void;
  /** Reads by today's row numbers, also after `keep` has given new ones. */
  reader(): ReadRows;
  /** Keeps these rows only, in this order, numbered anew from 0. */
  keep(rows: Int32Array): void;
  /** Bytes of memory. */
  readonly bytes: number;
  close(): void;
}

/**
 * Inner-product search over vectors whose codes the kernel holds.
 *
 * Shape: vectors f16 bits[rows, dim] row-major; queries f32[q, dim].
 * Order: scores descending; equal scores keep the lower row first, on every kernel.
 * Units: scores are float64 sums over the f16 vectors, rounded to float32: the same on every kernel.
 * Throws: `vectors/shape` when a length does not fit dim or a row does not exist, `vectors/nan` when a value is
 * not finite, `vectors/full` when memory ends. What throws changes nothing.
 */
export interface Kernel {
  readonly name: string;
  readonly dim: number;
  /** Rows there are, removed ones included: row numbers move only in `compact`. */
  readonly rows: number;
  /** Rows that were not removed. */
  readonly alive: number;
  /** Memory of codes and exact vectors; what the last `compact` gave up no longer counts. */
  readonly bytes: number;
  /** A search under way may or may not see them. */
  append(bits: Uint16Array): void;
  /** Removed rows are never returned again, also by searches under way. */
  remove(rows: Iterable<number>): void;
  search(queries: Float32Array, k: number, options?: KernelSearch): Promise<KernelAnswer>;
  /** Inner products of one query with the named rows, in their order; removed rows included. */
  score(query: Float32Array, rows: Int32Array): Promise<Float32Array>;
  /**
   * Gives the memory of removed rows back. The rows that stay keep their order and are numbered anew: the answer holds
   * their former numbers, or is null when nothing was removed, or it cannot be done now; ask again later. Searches under way answer in former numbers.
   *
   * Cost: copies every row's codes once, with one block's memory on top at most.
   */
  compact(): Int32Array | null;
  /** Gives the memory back; the kernel is empty afterwards. */
  close(): void;
}

/** The semantic half's answer to one query: best first, with the moments of every candidate's cosine. */
export interface SemanticHits {
  readonly ids: Int32Array;
  readonly scores: Float32Array;
  readonly moments: { readonly count: number; readonly mean: number; readonly deviation: number };
}
