import { gunzip, gzip } from "./gzip.ts";
import { formatRows, parseRows } from "./vector-bytes.ts";

/** Words and their vectors. A word's row is its place in `words`. */
export interface WordShard {
  readonly words: readonly string[];
  /** f32[words, dim]. */
  readonly vectors: Float32Array;
}

/** Gzip of: u32 bytes of text, the words by lines in UTF-8, then their rows in 4 bits. */
export async function formatWordShard(
  { words, vectors }: WordShard,
  dim: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(words.join("\n"));
  const rows = formatRows(vectors, dim, 4);
  const bytes = new Uint8Array(4 + text.length + rows.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(rows, 4 + text.length);
  return gzip(bytes);
}

export async function parseWordShard(file: Uint8Array<ArrayBuffer>): Promise<WordShard> {
  const bytes = await gunzip(file);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const words = new TextDecoder().decode(bytes.subarray(4, 4 + length)).split("\n");
  return { words, vectors: parseRows(bytes.subarray(4 + length), 4).values };
}
