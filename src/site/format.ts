/**
 * `sextant.json`, the only file of a site's index whose name is always the same. Every other file's name holds the
 * digest of what is in it, so that an old entry never reads a new file. docs/formats/site-index.md describes all of them.
 */
export interface SiteEntry {
  readonly format: typeof FORMAT;
  /** The model that made the passages' vectors, by catalog id. */
  readonly model: string;
  /** By the pages' language; null where the model does not know it and words alone are searched. */
  readonly languages: Readonly<Record<string, LanguageEntry | null>>;
}

export interface LanguageEntry {
  readonly pages: number;
  readonly passages: number;
  /** Digest of the file that names all others of this language. */
  readonly head: string;
  /** Words that a tenth of the passages hold: they tell no page from another, and Pagefind's files of them are the largest. */
  readonly frequent: readonly string[];
}

/** What a language's head says before its vectors; files by their digests. */
export interface LanguageHead {
  /** Of the vectors as they stand here, after projection. */
  readonly dim: number;
  /** Where questions made into vectors by the full model are projected: f32[dim, modelDim]. */
  readonly axes: string;
  readonly modelDim: number;
  /** Query words, file `i` holding those whose `shardOf` is `i`; empty where no word is. */
  readonly words: readonly string[];
  readonly clusters: readonly string[];
  /** Passages of each page, in page order. */
  readonly pages: readonly number[];
  /** Passages in page order, and how many each file holds. */
  readonly texts: readonly string[];
  readonly textPassages: readonly number[];
}

export const FORMAT = 2;
export const ENTRY_FILE = "sextant.json";
const DIGEST_DIGITS = 12;
export const HASHED_NAME = /^(?:head|words|near|text|axes)-[0-9a-f]{12}\.bin$/;

/** Bytes by file name. */
export type SiteFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export type FileKind = "head" | "words" | "near" | "text" | "axes";

export function nameOf(kind: FileKind, digest: string): string {
  return `${kind}-${digest}.bin`;
}

export function shortDigest(sha256: string): string {
  return sha256.slice(0, DIGEST_DIGITS);
}

/** Words whose beginning is the same are in one file, so that a word and its stem cost one. */
const SHARD_LETTERS = 5;

/** Which of so many files a query word is in: FNV-1a over the UTF-8 bytes of its beginning. */
export function shardOf(word: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(word.slice(0, SHARD_LETTERS)))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % shards;
}

/** Reads an entry; null for anything else. */
export function parseEntry(text: string): SiteEntry | null {
  try {
    const entry = JSON.parse(text) as Partial<SiteEntry> | null;
    const whole =
      entry?.format === FORMAT &&
      typeof entry.languages === "object" &&
      (entry.languages as unknown) !== null;
    return whole ? (entry as SiteEntry) : null;
  } catch {
    return null;
  }
}

/**
 * The language of an index that a page in `language` is searched in: its own, without its region, else the largest.
 *
 * Source: as Pagefind 1.6 chooses (`findIndex` in pagefind.js).
 */
export function languageFor({ languages }: SiteEntry, language: string): string | null {
  const asked = language.toLowerCase();
  const primary = asked.split("-")[0] ?? "";
  for (const own of [asked, primary]) if (Object.hasOwn(languages, own)) return own;
  const bySize = Object.entries(languages).sort(([, a], [, b]) => (b?.pages ?? 0) - (a?.pages ?? 0));
  return bySize[0]?.[0] ?? null;
}
