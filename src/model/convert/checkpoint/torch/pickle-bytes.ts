/** Takes a pickle's bytes from front to back. Throws: `RangeError` at its end, and for text that is no UTF-8. */
export interface PickleBytes {
  byte(): number;
  /** Unsigned, little-endian. */
  uint(width: 1 | 2 | 4): number;
  int32(): number;
  /** A length in 8 bytes; one that no file reaches fails like any other that is too large. */
  length64(): number;
  float64(): number;
  /** Two's complement, little-endian; rounded beyond 2^53. */
  long(width: number): number;
  text(width: number): string;
  line(): string;
}

export function createPickleBytes(bytes: Uint8Array<ArrayBuffer>): PickleBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let at = 0;
  const take = (width: number) => {
    if (width > bytes.length - at) throw new RangeError("ends too early");
    at += width;
    return at - width;
  };
  const decode = (start: number, end: number) => {
    try {
      return decoder.decode(bytes.subarray(start, end));
    } catch (cause) {
      throw new RangeError("holds text that is no UTF-8", { cause });
    }
  };
  return {
    byte: () => view.getUint8(take(1)),
    uint(width) {
      const start = take(width);
      return width === 1
        ? view.getUint8(start)
        : width === 2
          ? view.getUint16(start, true)
          : view.getUint32(start, true);
    },
    int32: () => view.getInt32(take(4), true),
    length64: () => Number(view.getBigUint64(take(8), true)),
    float64: () => view.getFloat64(take(8), false),
    long(width) {
      const start = take(width);
      let value = 0n;
      for (let i = width - 1; i >= 0; i--) value = (value << 8n) | BigInt(view.getUint8(start + i));
      return Number(BigInt.asIntN(8 * width, value));
    },
    text(width) {
      const start = take(width);
      return decode(start, start + width);
    },
    line() {
      const end = bytes.indexOf(0x0a, at);
      if (end === -1) throw new RangeError("ends too early");
      const start = take(end + 1 - at);
      return decode(start, end);
    },
  };
}
