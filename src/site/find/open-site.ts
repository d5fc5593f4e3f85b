import { SextantError } from "../../contract/index.ts";
import { featuresOf } from "../../base/word-features.ts";
import { ENTRY_FILE, parseEntry, shardOf, type SiteEntry } from "../format.ts";
import { parseTextShard, type ShownPassage } from "../text-shard.ts";
import { parseRows } from "../vector-bytes.ts";
import { parseWordShard, type WordShard } from "../word-shard.ts";

/** Reads a file of the index by its name. */
export type ReadFile = (name: string, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

export interface NearPassage {
  readonly row: number;
  readonly cosine: number;
}

export interface Nearest {
  /** Best first; at most `k`. */
  readonly hits: readonly NearPassage[];
  /** Passages that were compared, with the mean and deviation of their cosines. */
  readonly compared: number;
  readonly mean: number;
  readonly deviation: number;
  /** Words of the question that the site has never used, as the table splits them. */
  readonly unknownWords: readonly string[];
}

/** A site's passages found by meaning, read in small files. */
export interface Site {
  readonly entry: SiteEntry;
  /** The table's vector of a question; null where it knows none of its words. */
  encode(question: string, signal: AbortSignal): Promise<Float32Array | null>;
  nearest(query: Float32Array, k: number, signal: AbortSignal): Promise<Omit<Nearest, "unknownWords">>;
  search(question: string, k: number, signal: AbortSignal): Promise<Nearest>;
  passage(row: number, signal: AbortSignal): Promise<ShownPassage>;
}

/** Passages that a question is compared with, those of the nearest clusters: 96 bytes each. */
export const COMPARED_PASSAGES = 1600;
/** A question of more has its first ones looked up. */
const MOST_WORDS = 64;

/** Throws: `site/entry` where the entry is not one that this version reads. */
export async function openSite(readFile: ReadFile, signal: AbortSignal): Promise<Site> {
  const entry = parseEntry(new TextDecoder().decode(await readFile(ENTRY_FILE, signal)));
  if (entry === null)
    throw new SextantError(
      "site/entry",
      "The search index of this site was made by another version. Build it again with `sextant index`.",
    );
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, parse: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>): Promise<T> => {
    const known = kept.get(name) as Promise<T> | undefined;
    if (known) return known;
    // Not aborted with the question: the next one wants the same files.
    const reading = readFile(name, new AbortController().signal).then(parse);
    kept.set(name, reading);
    reading.catch(() => kept.delete(name));
    return reading;
  };
  const { dim } = entry;
  const wordsOf = (shard: number): Promise<WordShard | null> => {
    const file = entry.words[shard];
    return file ? once(file, parseWordShard) : Promise.resolve(null);
  };
  const placesOf = new WeakMap<WordShard, ReadonlyMap<string, number>>();
  const placeIn = (shard: WordShard, word: string): number | undefined => {
    const places = placesOf.get(shard) ?? new Map(shard.words.map((one, place) => [one, place]));
    placesOf.set(shard, places);
    return places.get(word);
  };

  const encodeWords = async (question: string) => {
    const words = featuresOf(question).slice(0, MOST_WORDS);
    const shards = await Promise.all(words.map((word) => wordsOf(shardOf(word))));
    const sum = new Float32Array(dim);
    const unknown: string[] = [];
    words.forEach((word, i) => {
      const shard = shards[i];
      const place = shard ? placeIn(shard, word) : undefined;
      if (!shard || place === undefined) unknown.push(word);
      else for (let k = 0; k < dim; k++) sum[k] = (sum[k] ?? 0) + (shard.vectors[place * dim + k] ?? 0);
    });
    const length = Math.hypot(...sum);
    return { vector: length > 0 ? sum.map((value) => value / length) : null, unknown };
  };

  const nearest = async (query: Float32Array, k: number, own: AbortSignal) => {
    const centres = await once(entry.centres, (bytes) => parseRows(bytes, 8));
    own.throwIfAborted();
    const order = entry.clusters
      .map(({ file, passages }, c) => ({ file, passages, cosine: dot(centres.values, c * dim, query) }))
      .sort((a, b) => b.cosine - a.cosine);
    let wanted = 0;
    const read = order.filter(({ passages }) => {
      const take = wanted < COMPARED_PASSAGES;
      wanted += passages;
      return take;
    });
    const clusters = await Promise.all(
      read.map(({ file, passages }) => once(file, (bytes) => parseCluster(bytes, passages))),
    );
    own.throwIfAborted();
    const all: NearPassage[] = [];
    for (const { numbers, values } of clusters)
      numbers.forEach((row, place) => all.push({ row, cosine: dot(values, place * dim, query) }));
    const mean = all.reduce((sum, { cosine }) => sum + cosine, 0) / Math.max(1, all.length);
    const square = all.reduce((sum, { cosine }) => sum + (cosine - mean) ** 2, 0) / Math.max(1, all.length);
    all.sort((a, b) => b.cosine - a.cosine || a.row - b.row);
    return { hits: all.slice(0, k), compared: all.length, mean, deviation: Math.sqrt(square) };
  };

  return {
    entry,
    nearest,
    encode: async (question) => (await encodeWords(question)).vector,
    async search(question, k, own) {
      const { vector, unknown } = await encodeWords(question);
      own.throwIfAborted();
      const found = vector ? await nearest(vector, k, own) : { hits: [], compared: 0, mean: 0, deviation: 0 };
      return { ...found, unknownWords: unknown };
    },
    async passage(row, own) {
      const shard = entry.texts.findLast(({ firstRow }) => firstRow <= row);
      const passage = shard && (await once(shard.file, parseTextShard))[row - shard.firstRow];
      own.throwIfAborted();
      if (!passage)
        throw new SextantError("site/file", `Passage ${row} is not in the index. Build it again.`);
      return passage;
    },
  };
}

function parseCluster(bytes: Uint8Array<ArrayBuffer>, passages: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = Array.from({ length: passages }, (_, place) => view.getUint32(4 * place, true));
  return { numbers, values: parseRows(bytes.subarray(4 * passages), 8).values };
}

function dot(rows: Float32Array, start: number, query: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < query.length; k++) sum += (rows[start + k] ?? 0) * (query[k] ?? 0);
  return sum;
}
