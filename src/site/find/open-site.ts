import { dot } from "../../base/dot.ts";
import { featuresOf } from "../../base/word-features.ts";
import { SextantError } from "../../contract/index.ts";
import {
  ENTRY_FILE,
  languageFor,
  nameOf,
  parseEntry,
  shardOf,
  type FileKind,
  type LanguageEntry,
} from "../format.ts";
import { parseHead } from "../head.ts";
import { parseNearShard } from "../near-shard.ts";
import { parseTextShard, type ShownPassage } from "../text-shard.ts";
import { parseWordShard, type WordShard } from "../word-shard.ts";

/** Reads a file of the index by its name. */
export type ReadFile = (name: string, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

export interface NearPassage {
  readonly row: number;
  /** Of its page, in page order. */
  readonly page: number;
  readonly cosine: number;
}

export interface Nearest {
  /** Best first; at most `k`. */
  readonly hits: readonly NearPassage[];
  /** Of the cosines of all passages that were compared. */
  readonly mean: number;
  readonly deviation: number;
}

/** A site's passages in one language found by meaning, read in small files. */
export interface Site {
  readonly model: string;
  readonly language: string;
  readonly entry: LanguageEntry;
  /** The table's vector of a question; null where the site has never used any of its words. */
  encode(question: string, signal: AbortSignal): Promise<Float32Array | null>;
  /** How far a word moves the vector of a question, by its longest part; 0 where the site has never used it. */
  weightOf(word: string): Promise<number>;
  /** Along this site's axes, a question's vector that the full model made. */
  project(vector: Float32Array, signal: AbortSignal): Promise<Float32Array>;
  nearest(query: Float32Array, k: number, signal: AbortSignal): Promise<Nearest>;
  passage(row: number, signal: AbortSignal): Promise<ShownPassage>;
}

/** Passages that a question is compared with, those of the nearest clusters: about 50 bytes each. */
export const COMPARED_PASSAGES = 1600;
/** A question of more has its first ones looked up. */
const MOST_WORDS = 64;

/**
 * Opens the part of an index that a page in a language is searched in; null where its model does not know that language.
 *
 * Throws: `site/entry` where the entry is not one that this version reads.
 */
export async function openSite(readFile: ReadFile, asked: string, signal: AbortSignal): Promise<Site | null> {
  const entry = parseEntry(new TextDecoder().decode(await readFile(ENTRY_FILE, signal)));
  if (entry === null)
    throw new SextantError(
      "site/entry",
      "The search index of this site was made by another version. Build it again with `sextant index`.",
    );
  const language = languageFor(entry, asked);
  const own = language === null ? null : entry.languages[language];
  return language === null || !own
    ? null
    : createSite(readFile, { model: entry.model, language, entry: own });
}

function createSite(readFile: ReadFile, about: Pick<Site, "model" | "language" | "entry">): Site {
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(
    kind: FileKind,
    digest: string,
    parse: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>,
  ): Promise<T> => {
    const name = nameOf(kind, digest);
    const known = kept.get(name) as Promise<T> | undefined;
    if (known) return known;
    // Not aborted with the question: the next one wants the same files.
    const reading = readFile(name, new AbortController().signal).then(async (bytes) => {
      try {
        return await parse(bytes);
      } catch (error) {
        throw damaged(name, error);
      }
    });
    kept.set(name, reading);
    reading.catch(() => kept.delete(name));
    return reading;
  };
  const readHead = async () => {
    const head = await once("head", about.entry.head, parseHead);
    return { ...head, firstRows: sums(head.pages), firstTexts: sums(head.textPassages) };
  };
  let opened: ReturnType<typeof readHead> | undefined;
  const head = (): ReturnType<typeof readHead> => {
    opened ??= readHead();
    opened.catch(() => (opened = undefined));
    return opened;
  };
  const placesOf = new WeakMap<WordShard, ReadonlyMap<string, number>>();
  const rowOf = (shard: WordShard, word: string, dim: number): Float32Array | null => {
    const places = placesOf.get(shard) ?? new Map(shard.words.map((one, place) => [one, place]));
    placesOf.set(shard, places);
    const place = places.get(word);
    return place === undefined ? null : shard.vectors.subarray(place * dim, (place + 1) * dim);
  };
  const rowsOf = async (text: string): Promise<readonly Float32Array[]> => {
    const { dim, common, words: files } = await head();
    const rows = featuresOf(text)
      .slice(0, MOST_WORDS)
      .map(async (word) => {
        const known = rowOf(common, word, dim);
        const file = files[shardOf(word, files.length)];
        return known ?? (file ? rowOf(await once("words", file, parseWordShard), word, dim) : null);
      });
    return (await Promise.all(rows)).filter((row) => row !== null);
  };

  return {
    ...about,
    async encode(question, signal) {
      const { dim } = await head();
      const rows = await rowsOf(question);
      signal.throwIfAborted();
      const sum = new Float32Array(dim);
      for (const row of rows) for (let k = 0; k < dim; k++) sum[k] = (sum[k] ?? 0) + (row[k] ?? 0);
      return unit(sum);
    },
    async weightOf(word) {
      return Math.max(0, ...(await rowsOf(word)).map((row) => Math.hypot(...row)));
    },
    async project(vector, signal) {
      const { dim, axes, modelDim } = await head();
      const columns = await once("axes", axes, (bytes) => new Float32Array(bytes.buffer));
      signal.throwIfAborted();
      return unit(Float32Array.from({ length: dim }, (_, k) => dot(columns, k * modelDim, vector))) ?? vector;
    },
    async nearest(query, k, signal) {
      const { dim, centres, clusters, firstRows } = await head();
      signal.throwIfAborted();
      const mostRead = Math.ceil((COMPARED_PASSAGES * clusters.length) / Math.max(1, about.entry.passages));
      const nearest = clusters
        .map((file, c) => ({ file, cosine: dot(centres, c * dim, query) }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, mostRead);
      const shards = await Promise.all(nearest.map(({ file }) => once("near", file, parseNearShard)));
      signal.throwIfAborted();
      const all: Omit<NearPassage, "page">[] = [];
      for (const { numbers, vectors } of shards)
        numbers.forEach((row, place) => all.push({ row, cosine: dot(vectors, place * dim, query) }));
      const mean = all.reduce((sum, { cosine }) => sum + cosine, 0) / Math.max(1, all.length);
      const square = all.reduce((sum, { cosine }) => sum + (cosine - mean) ** 2, 0) / Math.max(1, all.length);
      all.sort((a, b) => b.cosine - a.cosine || a.row - b.row);
      const hits = all.slice(0, k).map((hit) => ({ ...hit, page: placeOf(firstRows, hit.row) }));
      return { hits, mean, deviation: Math.sqrt(square) };
    },
    async passage(row, signal) {
      const { texts, firstTexts } = await head();
      const place = placeOf(firstTexts, row);
      const file = texts[place];
      const passage = file && (await once("text", file, parseTextShard))[row - (firstTexts[place] ?? 0)];
      signal.throwIfAborted();
      if (!passage)
        throw new SextantError("site/file", `Passage ${row} is not in the index. Build it again.`);
      return passage;
    },
  };
}

function damaged(name: string, cause: unknown): SextantError {
  return new SextantError("site/file", `${name} is damaged. Upload the index again.`, { name }, cause);
}

/** Where each begins, of lengths in a row. */
function sums(lengths: readonly number[]): readonly number[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return at - length;
  });
}

/** The last that begins at or before `row`. */
function placeOf(firsts: readonly number[], row: number): number {
  let low = 0;
  let high = firsts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((firsts[middle] ?? 0) <= row) low = middle;
    else high = middle;
  }
  return low;
}

function unit(vector: Float32Array): Float32Array | null {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : null;
}
