import type { Policy, TaskId } from "./tasks.ts";

/** Which vectors are wanted as they are stored, to draw from. */
export interface StoredVectorsRequest {
  readonly collectionId: number;
  readonly task: TaskId;
  /** Default is `use`. */
  readonly policy?: Policy;
  /** Of one source only. */
  readonly sourceId?: number;
}

/** When passages are from, milliseconds since 1970: an exchange has a time of its own, others that of their source. */
export interface PassageTimes {
  readonly passageIds: Int32Array;
  /** f64, one a passage; NaN for what has no time. */
  readonly timesMs: Float64Array;
}

/**
 * Vectors of passages, and which passages these are.
 *
 * Shape: f16 bits[rows, dim] row-major; the other columns have one entry a row.
 * Order: as they were stored.
 */
export interface StoredVectors {
  readonly rows: number;
  readonly dim: number;
  readonly vectors: Uint16Array;
  readonly passageIds: Int32Array;
  readonly sourceIds: Int32Array;
  readonly ordinals: Int32Array;
}
