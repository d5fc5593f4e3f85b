/** A fixed number of best rows per query, [queries, k]. Unused places hold row -1 and score -Infinity. */
export interface TopK {
  readonly k: number;
  readonly rows: Int32Array;
  readonly scores: Float32Array;
}

/** Mean and population deviation over every scored (not filtered) row, per query; 0 where nothing was scored. */
export interface ScoreMoments {
  readonly count: Int32Array;
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/**
 * Exact inner-product search over unit vectors, held by the kernel.
 *
 * Shape: vectors f32[rows, dim] row-major; queries f32[q, dim].
 * Order: scores descending; equal scores keep the lower row first, on every kernel.
 * Throws: `vectors/shape` when a length does not fit dim or a row does not exist, `vectors/nan` when a value is
 * not finite, `vectors/full` when memory ends. What throws changes nothing.
 */
export interface Kernel {
  readonly name: string;
  readonly dim: number;
  /** Rows ever appended, removed ones included: row numbers never move. */
  readonly rows: number;
  append(vectors: Float32Array): void;
  /** Removed rows are never returned again. */
  remove(rows: Iterable<number>): void;
  /** `allow` (one byte a row, 0 = leave out) narrows the candidates; rows past its end are left out. */
  search(
    queries: Float32Array,
    k: number,
    allow?: Uint8Array,
  ): { readonly top: TopK; readonly moments: ScoreMoments };
  /** Inner products of one query with the named rows, in their order; removed rows included. */
  score(query: Float32Array, rows: Int32Array): Float32Array;
  /** Gives the memory back; the kernel is empty afterwards. */
  close(): void;
}

/** The semantic half's answer to one query: best first, with the moments of every candidate's cosine. */
export interface SemanticHits {
  readonly ids: Int32Array;
  readonly scores: Float32Array;
  readonly moments: { readonly count: number; readonly mean: number; readonly deviation: number };
}
