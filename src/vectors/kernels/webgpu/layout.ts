/** Rows that lie together, and lanes of a workgroup that reads them: one lane a row, neighbours in memory side by side. */
export const GROUP_ROWS = 64;

/** Queries of one pass over the rows: as many as the WASM kernel's, so that batches compare. Unmeasured on a real GPU. */
export const QUERIES = 4;

/** 32-bit words that `select` and `collect` say of one query: found, bar, and count, mean and squares of its scores. */
export const HEAD_WORDS = 8;

/** Words of one candidate: row, lower and upper bound, and one unused. */
export const FOUND_WORDS = 4;

/**
 * How rows lie in a block's buffer: by groups of 64, of each group first the 16 first codes of every row, then the next
 * 16, and so on; last a vec4 of scale, residual norm, norm and 0 for every row.
 */
export interface RowLayout {
  readonly dim: number;
  /** Codes of a row in vec4s of 16. */
  readonly wide: number;
  readonly rowBytes: number;
}

export function layOutRows(dim: number): RowLayout {
  const wide = Math.ceil(dim / 16);
  return { dim, wide, rowBytes: (wide + 1) * 16 };
}

/** Rows in whole groups. */
export const paddedRows = (rows: number): number => Math.ceil(rows / GROUP_ROWS) * GROUP_ROWS;
