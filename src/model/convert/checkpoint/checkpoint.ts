/** What a checkpoint says of one tensor. */
export interface TensorInfo {
  /** As published. */
  readonly name: string;
  /** As safetensors spells it: F32, BF16, I64, … */
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Rows [from, to) of a tensor's first axis. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The weights of a model as published, read piece by piece. */
export interface Checkpoint {
  /** In the order of the file. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The file it is read from. */
  readonly path: string;
  readonly sizeBytes: number;
  /**
   * Float32 values, row-major; all of them, or those of some rows. Reads no more of the file than it needs, and holds
   * no more than the result and a slice.
   *
   * Throws: `model/corrupt` when the tensor is missing, damaged, or holds a value that is not finite.
   */
  readFloat(name: string, rows?: RowRange): Promise<Float32Array>;
}

/** What each file format supplies; `createCheckpoint` makes a `Checkpoint` of it. */
export interface StoredTensors<T extends TensorInfo = TensorInfo> {
  readonly tensors: ReadonlyMap<string, T>;
  /** `rows` lie within the tensor. */
  read(tensor: T, rows: RowRange | undefined): Promise<Float32Array>;
}
