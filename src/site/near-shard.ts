import { gunzip, gzip } from "./gzip.ts";
import { formatRows, parseRows } from "./vector-bytes.ts";

/** A cluster's passages: their numbers, and their vectors f32[passages, dim]. */
export interface NearShard {
  readonly numbers: readonly number[];
  readonly vectors: Float32Array;
}

/** Gzip of: u32 passages, their numbers in u32, their rows in 4 bits. */
export function formatNearShard(
  { numbers, vectors }: NearShard,
  dim: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const rows = formatRows(vectors, dim, 4);
  const bytes = new Uint8Array(4 + 4 * numbers.length + rows.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, numbers.length, true);
  numbers.forEach((row, place) => view.setUint32(4 + 4 * place, row, true));
  bytes.set(rows, 4 + 4 * numbers.length);
  return gzip(bytes);
}

export async function parseNearShard(file: Uint8Array<ArrayBuffer>): Promise<NearShard> {
  const bytes = await gunzip(file);
  const view = new DataView(bytes.buffer);
  const count = view.getUint32(0, true);
  const numbers = Array.from({ length: count }, (_, place) => view.getUint32(4 + 4 * place, true));
  return { numbers, vectors: parseRows(bytes.subarray(4 + 4 * count), 4) };
}
