/** Appends opcodes of pickle protocol 2; every call gives the same object back. */
export interface Pickle {
  global(module: string, name: string): Pickle;
  text(value: string): Pickle;
  int(value: number): Pickle;
  boolean(value: boolean): Pickle;
  /** A tuple of integers. */
  ints(values: readonly number[]): Pickle;
  mark(): Pickle;
  tuple(): Pickle;
  emptyTuple(): Pickle;
  emptyDict(): Pickle;
  reduce(): Pickle;
  build(): Pickle;
  persistentId(): Pickle;
  setItems(): Pickle;
  raw(...bytes: number[]): Pickle;
  stop(): Uint8Array<ArrayBuffer>;
}

/**
 * Writes pickles as torch lays them out, and hostile ones.
 *
 * Source: cpython/Lib/pickletools.py.
 */
export function createPickle(): Pickle {
  const encoder = new TextEncoder();
  const bytes: number[] = [0x80, 2];
  const pickle: Pickle = {
    raw(...more) {
      for (const byte of more) bytes.push(byte);
      return pickle;
    },
    global: (module, name) => pickle.raw(0x63, ...encoder.encode(`${module}\n${name}\n`)),
    text(value) {
      const utf8 = encoder.encode(value);
      return pickle.raw(0x58, ...littleEndian(utf8.length), ...utf8);
    },
    int(value) {
      if (value === (value & 0xff)) return pickle.raw(0x4b, value);
      if (value === (value | 0)) return pickle.raw(0x4a, ...littleEndian(value));
      const long = new Uint8Array(new BigInt64Array([BigInt(value)]).buffer);
      return pickle.raw(0x8a, 8, ...long);
    },
    boolean: (value) => pickle.raw(value ? 0x88 : 0x89),
    ints(values) {
      pickle.mark();
      for (const value of values) pickle.int(value);
      return pickle.tuple();
    },
    mark: () => pickle.raw(0x28),
    tuple: () => pickle.raw(0x74),
    emptyTuple: () => pickle.raw(0x29),
    emptyDict: () => pickle.raw(0x7d),
    reduce: () => pickle.raw(0x52),
    build: () => pickle.raw(0x62),
    persistentId: () => pickle.raw(0x51),
    setItems: () => pickle.raw(0x75),
    stop: () => Uint8Array.from([...bytes, 0x2e]),
  };
  return pickle;
}

const littleEndian = (value: number) => [
  value & 0xff,
  (value >>> 8) & 0xff,
  (value >>> 16) & 0xff,
  (value >>> 24) & 0xff,
];
