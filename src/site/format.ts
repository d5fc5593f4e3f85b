/**
 * `sextant.json`, the only file of a site's index whose name is always the same. Every other file's name holds the
 * digest of what is in it, so that an old entry never reads a new file. docs/formats/site-index.md describes all of them.
 */
export interface SiteEntry {
  readonly format: typeof FORMAT;
  /** The model that made the passages' vectors, by catalog id. */
  readonly model: string;
  /** Of the vectors as they stand here, after projection. */
  readonly dim: number;
  readonly passages: number;
  /** Where questions made into vectors by the full model are projected: f32[modelDim, dim]. */
  readonly axes: { readonly file: string; readonly modelDim: number };
  /** Query words, file `i` holding those whose `shardOf` is `i`; null where no word is. */
  readonly words: readonly (string | null)[];
  /** One vector a cluster, and clusters by number. */
  readonly centres: string;
  readonly clusters: readonly { readonly file: string; readonly passages: number }[];
  /** Passages in page order; `firstRow` ascends from 0. */
  readonly texts: readonly { readonly file: string; readonly firstRow: number }[];
}

export const FORMAT = 1;
export const ENTRY_FILE = "sextant.json";

/** Bytes by file name. */
export type SiteFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Files that query words are spread over; a question reads one for each of its words. */
export const WORD_SHARDS = 64;

/** Which file a query word is in: FNV-1a over its UTF-8 bytes. */
export function shardOf(word: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(word)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % WORD_SHARDS;
}

/** Reads an entry; null for anything else. */
export function parseEntry(text: string): SiteEntry | null {
  try {
    const entry = JSON.parse(text) as Partial<SiteEntry> | null;
    const whole =
      entry?.format === FORMAT &&
      Number.isInteger(entry.dim) &&
      Array.isArray(entry.words) &&
      Array.isArray(entry.clusters) &&
      Array.isArray(entry.texts);
    return whole ? (entry as SiteEntry) : null;
  } catch {
    return null;
  }
}
