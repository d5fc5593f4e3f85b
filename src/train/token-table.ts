import { featuresOf } from "../base/word-features.ts";
import { createRoom, instantiateLearn, paddedTo16 } from "./learn-module.ts";

/** A query encoder that is a table: one vector a word of the collection, summed and normalised. */
export interface TokenTable {
  readonly dim: number;
  readonly rowByWord: ReadonlyMap<string, number>;
  /** f32[words, dim], row-major. */
  readonly vectors: Float32Array;
}

export interface TableSource {
  readonly texts: readonly string[];
  /** f32[texts, dim]; unit rows. */
  readonly vectors: Float32Array;
  readonly dim: number;
}

/** Vectors of a table at most; what is rarest beyond that has none. */
const TABLE_BYTES = 48 * 1024 * 1024;

/**
 * A first table from the passages alone: a word's vector is the mean of what its passages' vectors have beyond the mean
 * of all, scaled to the word's rarity.
 */
export async function createTokenTable(
  { texts, vectors, dim }: TableSource,
  breathe: () => Promise<void>,
): Promise<TokenTable> {
  const words: string[][] = [];
  const counts = new Map<string, number>();
  for (const text of texts) {
    const own = [...new Set(featuresOf(text))];
    words.push(own);
    for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
    await breathe();
  }
  const kept = await mostFrequent(counts, Math.floor(TABLE_BYTES / (4 * dim)), breathe);
  const rowByWord = new Map<string, number>();
  for (const [word] of kept) {
    rowByWord.set(word, rowByWord.size);
    await breathe();
  }
  const learn = instantiateLearn();
  const room = createRoom(learn);
  const padded = paddedTo16(dim);
  const rowBytes = 4 * padded;
  const tableAt = room.take(kept.length * padded);
  const passageAt = room.take(padded);
  const meanAt = room.take(padded);
  room.open();
  const memory = new Float32Array(learn.memory.buffer);
  for (const [text, own] of words.entries()) {
    memory.set(vectors.subarray(text * dim, (text + 1) * dim), passageAt / 4);
    learn.addScaled(meanAt, passageAt, 1 / texts.length, padded);
    for (const word of own) {
      const row = rowByWord.get(word);
      if (row !== undefined) learn.addScaled(tableAt + row * rowBytes, passageAt, 1, padded);
    }
    await breathe();
  }
  const table = new Float32Array(kept.length * dim);
  for (const [row, [, count]] of kept.entries()) {
    const from = tableAt + row * rowBytes;
    learn.addScaled(from, meanAt, -count, padded);
    const own = memory.subarray(from / 4, from / 4 + dim);
    scaleTo(own, Math.log(1 + texts.length / (1 + count)));
    table.set(own, row * dim);
    await breathe();
  }
  return { dim, rowByWord, vectors: table };
}

/** The words that most texts hold, from the most frequent down; of equal ones those that came first. */
async function mostFrequent(
  counts: ReadonlyMap<string, number>,
  most: number,
  breathe: () => Promise<void>,
): Promise<(readonly [word: string, count: number])[]> {
  const byCount = new Map<number, string[]>();
  for (const [word, count] of counts) {
    const own = byCount.get(count);
    if (own) own.push(word);
    else byCount.set(count, [word]);
    await breathe();
  }
  const kept: (readonly [string, number])[] = [];
  for (const count of [...byCount.keys()].sort((a, b) => b - a))
    for (const word of byCount.get(count) ?? []) {
      if (kept.length === most) return kept;
      kept.push([word, count]);
    }
  return kept;
}

/** Rows of the words of a text that the table knows, repeats included. */
export function rowsOf({ rowByWord }: Pick<TokenTable, "rowByWord">, text: string): Int32Array {
  return Int32Array.from(
    featuresOf(text)
      .map((word) => rowByWord.get(word) ?? -1)
      .filter((row) => row >= 0),
  );
}

/** Sums rows into `out` and makes it a unit vector. Returns the sum's length: 0 where no word is known. */
export function encodeRows(
  { vectors, dim }: Pick<TokenTable, "vectors" | "dim">,
  rows: Int32Array,
  out: Float32Array,
): number {
  out.fill(0);
  for (const row of rows)
    for (let k = 0; k < dim; k++) out[k] = (out[k] ?? 0) + (vectors[row * dim + k] ?? 0);
  return scaleTo(out, 1);
}

/** The derivative by the sum of rows, of one by its unit vector; in place. Source: d(u/|u|) = (I - q qᵀ) du / |u|. */
export function throughUnit(gradient: Float32Array, unit: Float32Array, length: number): void {
  if (length === 0) {
    gradient.fill(0);
    return;
  }
  let along = 0;
  for (let k = 0; k < unit.length; k++) along += (gradient[k] ?? 0) * (unit[k] ?? 0);
  for (let k = 0; k < unit.length; k++) gradient[k] = ((gradient[k] ?? 0) - along * (unit[k] ?? 0)) / length;
}

/** Scales a vector to a length and returns what its length was; zeros stay. */
export function scaleTo(vector: Float32Array, length: number): number {
  let square = 0;
  for (const value of vector) square += value * value;
  const before = Math.sqrt(square);
  if (before < 1e-12) {
    vector.fill(0);
    return 0;
  }
  const by = length / before;
  for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] ?? 0) * by;
  return before;
}

/** Takes over, in place, what an earlier table learned of the words that the collection still has. */
export async function extendTable(
  { dim, rowByWord, vectors }: TokenTable,
  before: TokenTable,
  breathe: () => Promise<void>,
): Promise<void> {
  for (const [word, row] of rowByWord) {
    const former = before.rowByWord.get(word);
    if (former !== undefined)
      vectors.set(before.vectors.subarray(former * dim, (former + 1) * dim), row * dim);
    await breathe();
  }
}
