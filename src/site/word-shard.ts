import { gunzip, gzip } from "./gzip.ts";
import { formatRows, parseRows } from "./vector-bytes.ts";

/** Words and their vectors. A word's row is its place in `words`. */
export interface WordShard {
  readonly words: readonly string[];
  /** f32[words, dim]. */
  readonly vectors: Float32Array;
}

/** u32 bytes of text, the words by lines in UTF-8, then their rows in 4 bits. */
export function packWords({ words, vectors }: WordShard, dim: number): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(words.join("\n"));
  const rows = formatRows(vectors, dim, 4);
  const bytes = new Uint8Array(4 + text.length + rows.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(rows, 4 + text.length);
  return bytes;
}

export function unpackWords(bytes: Uint8Array<ArrayBuffer>): WordShard {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  return { words: text.split("\n"), vectors: parseRows(bytes.subarray(4 + length), 4) };
}

export function formatWordShard(shard: WordShard, dim: number): Promise<Uint8Array<ArrayBuffer>> {
  return gzip(packWords(shard, dim));
}

export async function parseWordShard(file: Uint8Array<ArrayBuffer>): Promise<WordShard> {
  return unpackWords(await gunzip(file));
}
