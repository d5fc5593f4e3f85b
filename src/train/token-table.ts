import { featuresOf } from "../base/word-features.ts";

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
  const most = Math.floor(TABLE_BYTES / (4 * dim));
  const kept = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most);
  const rowByWord = new Map(kept.map(([word], row) => [word, row]));
  const table = new Float32Array(kept.length * dim);
  const mean = new Float32Array(dim);
  for (let i = 0; i < vectors.length; i++)
    mean[i % dim] = (mean[i % dim] ?? 0) + (vectors[i] ?? 0) / texts.length;
  for (const [text, own] of words.entries()) {
    for (const word of own) {
      const row = rowByWord.get(word);
      if (row === undefined) continue;
      for (let k = 0; k < dim; k++)
        table[row * dim + k] = (table[row * dim + k] ?? 0) + (vectors[text * dim + k] ?? 0) - (mean[k] ?? 0);
    }
    await breathe();
  }
  kept.forEach(([, count], row) => {
    scaleTo(table.subarray(row * dim, (row + 1) * dim), Math.log(1 + texts.length / (1 + count)));
  });
  return { dim, rowByWord, vectors: table };
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

/** Takes over what an earlier table learned of the words that the collection still has; new words start from `first`. */
export function extendTable(first: TokenTable, before: TokenTable): TokenTable {
  const { dim, rowByWord } = first;
  const vectors = first.vectors.slice();
  for (const [word, row] of rowByWord) {
    const former = before.rowByWord.get(word);
    if (former !== undefined)
      vectors.set(before.vectors.subarray(former * dim, (former + 1) * dim), row * dim);
  }
  return { dim, rowByWord, vectors };
}
