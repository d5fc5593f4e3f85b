import type { LanguageHead } from "./format.ts";
import { gunzip, gzip } from "./gzip.ts";
import { formatRows, parseRows } from "./vector-bytes.ts";
import { packWords, unpackWords, type WordShard } from "./word-shard.ts";

export interface Head extends LanguageHead {
  /** f32[clusters, dim]. */
  readonly centres: Float32Array;
  /** The words that most passages hold: most questions have some. */
  readonly common: WordShard;
}

/** Gzip of: u32 bytes of JSON, the JSON, u32 bytes of centres, the centres in 8 bits, the common words. */
export async function formatHead({ centres, common, ...head }: Head): Promise<Uint8Array<ArrayBuffer>> {
  const json = new TextEncoder().encode(JSON.stringify(head satisfies LanguageHead));
  const rows = formatRows(centres, head.dim, 8);
  const words = packWords(common, head.dim);
  const bytes = new Uint8Array(8 + json.length + rows.length + words.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  view.setUint32(4 + json.length, rows.length, true);
  bytes.set(rows, 8 + json.length);
  bytes.set(words, 8 + json.length + rows.length);
  return gzip(bytes);
}

export async function parseHead(file: Uint8Array<ArrayBuffer>): Promise<Head> {
  const bytes = await gunzip(file);
  const view = new DataView(bytes.buffer);
  const jsonEnd = 4 + view.getUint32(0, true);
  const rowsEnd = jsonEnd + 4 + view.getUint32(jsonEnd, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, jsonEnd))) as LanguageHead;
  const centres = parseRows(bytes.subarray(jsonEnd + 4, rowsEnd), 8);
  return { ...head, centres, common: unpackWords(bytes.subarray(rowsEnd)) };
}
