import { fromHalf, toHalf } from "../base/half.ts";
import { applyLinear, type LinearAdapter } from "./linear-adapter.ts";
import { encodeRows, rowsOf, scaleTo, type TokenTable } from "./token-table.ts";

/** What was learned of a collection. The table is kept even where the full encoder won: later training goes on from it. */
export interface Adapter {
  readonly table: TokenTable;
  readonly linear: LinearAdapter | null;
  readonly winner: "full" | "table" | "linear";
  /** Part of the winner in a query's vector, 0 to 1. */
  readonly part: number;
}

/**
 * A query's vector: the full encoder's with the winner's mixed in, a unit vector. A text of words that the table does not
 * know is the full encoder's.
 */
export function adaptVector(
  { table, linear, winner, part }: Adapter,
  text: string,
  full: Float32Array,
): Float32Array {
  if (winner === "full" || part === 0) return full;
  const own = new Float32Array(full.length);
  if (winner === "linear" && linear) applyLinear(linear, full, own);
  else if (encodeRows(table, rowsOf(table, text), own) === 0) return full;
  return mixed(full, own, part);
}

export function mixed(full: Float32Array, own: Float32Array, part: number): Float32Array {
  const vector = full.map((value, k) => (1 - part) * value + part * (own[k] ?? 0));
  return scaleTo(vector, 1) === 0 ? full : vector;
}

interface Head {
  readonly format: 1;
  readonly dim: number;
  readonly rank: number;
  readonly winner: Adapter["winner"];
  readonly part: number;
  /** In the order of their rows. */
  readonly words: readonly string[];
}

/**
 * An adapter as bytes: the length of a JSON head in 4 bytes (little endian), the head, padding to 2 bytes, then f16 values:
 * the table, and the linear adapter's two factors. f16 changes a vector's direction by less than 1e-3.
 */
export async function formatAdapter(
  { table, linear, winner, part }: Adapter,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<Uint8Array<ArrayBuffer>> {
  const { dim, rowByWord } = table;
  const head: Head = { format: 1, dim, rank: linear?.rank ?? 0, winner, part, words: [...rowByWord.keys()] };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const parts = [table.vectors, ...(linear ? [linear.down, linear.up] : [])];
  const from = 4 + text.length + (text.length % 2);
  const bytes = new Uint8Array(from + 2 * parts.reduce((sum, { length }) => sum + length, 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = from;
  for (const values of parts)
    for (let first = 0; first < values.length; first += SLICE) {
      const halves = toHalf(values.subarray(first, first + SLICE));
      bytes.set(new Uint8Array(halves.buffer), at);
      at += 2 * halves.length;
      await breathe();
    }
  return bytes;
}

/** Values that are rounded in one go: about 2 ms. */
const SLICE = 2 ** 18;

/** Reads what `formatAdapter` wrote; null where the bytes are something else, so that the collection learns anew. */
export function parseAdapter(bytes: Uint8Array): Adapter | null {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Head;
    const { dim, rank, winner, part, words } = head;
    const from = 4 + length + (length % 2);
    if (head.format !== 1 || bytes.length !== from + 2 * dim * (words.length + 2 * rank)) return null;
    const values = fromHalf(new Uint16Array(bytes.slice(from).buffer));
    if (!values.every(Number.isFinite)) return null;
    const table = {
      dim,
      rowByWord: new Map(words.map((word, row) => [word, row])),
      vectors: values.slice(0, words.length * dim),
    };
    const down = words.length * dim;
    const up = down + rank * dim;
    const linear = rank === 0 ? null : { dim, rank, down: values.slice(down, up), up: values.slice(up) };
    return { table, linear, winner, part };
  } catch {
    return null;
  }
}
