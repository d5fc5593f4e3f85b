/** How many words hold one bit a row. Bit `row & 31` of word `row >> 5` is the row's. */
export const wordsFor = (rows: number): number => (rows + 31) >>> 5;

export function setBit(words: Uint32Array, row: number): void {
  words[row >>> 5] = (words[row >>> 5] ?? 0) | (1 << (row & 31));
}

export function clearBit(words: Uint32Array, row: number): void {
  words[row >>> 5] = (words[row >>> 5] ?? 0) & ~(1 << (row & 31));
}

export const hasBit = (words: Uint32Array, row: number): boolean =>
  (((words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;

/** A bitmap of which the first `rows` rows are in. */
export function allBits(rows: number): Uint32Array {
  const words = new Uint32Array(wordsFor(rows)).fill(0xffffffff);
  if ((rows & 31) !== 0) words[words.length - 1] = 2 ** (rows & 31) - 1;
  return words;
}

/** Bits `from` to `from + rows` as a bitmap of their own; past the end nothing is in. */
export function sliceBits(words: Uint32Array, from: number, rows: number): Uint32Array {
  const part = new Uint32Array(wordsFor(rows));
  const shift = from & 31;
  const first = from >>> 5;
  for (let i = 0; i < part.length; i++) {
    const low = (words[first + i] ?? 0) >>> shift;
    part[i] = shift === 0 ? low : low | ((words[first + i + 1] ?? 0) << (32 - shift));
  }
  return part;
}

/** Those of the first `rows` rows that are in, ascending. */
export function rowsOf(words: Uint32Array, rows: number): Int32Array {
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (hasBit(words, row)) found[count++] = row;
  return found.slice(0, count);
}
