/** Bytes that need not be in memory as a whole: a file, a part of one, or an array. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** A copy of [start, end); shorter only where the source ends. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Takes bytes one after the other, such as a file that is being written. */
export interface ByteSink {
  /** Bytes taken so far. */
  readonly sizeBytes: number;
  write(bytes: Uint8Array): Promise<void>;
  /** Everything written is kept once it resolves. */
  close(): Promise<void>;
}

export function arraySource(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
  };
}

/** Reads a `Blob`, a `File`, or anything that can be sliced like one. */
export function blobSource(blob: {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}): ByteSource {
  return {
    sizeBytes: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}
