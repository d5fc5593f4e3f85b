import { sha256 } from "../../base/hash.ts";
import { featuresOf } from "../../base/word-features.ts";
import {
  ENTRY_FILE,
  FORMAT,
  nameOf,
  shardOf,
  shortDigest,
  type FileKind,
  type LanguageEntry,
  type SiteEntry,
  type SiteFiles,
} from "../format.ts";
import { formatHead } from "../head.ts";
import { formatNearShard } from "../near-shard.ts";
import type { SitePassage } from "../pages/cut-passages.ts";
import { formatTextShard, keptText } from "../text-shard.ts";
import { formatWordShard, type WordShard } from "../word-shard.ts";
import { clustersOf } from "./clusters.ts";
import type { Axes } from "./principal-axes.ts";

export interface SiteParts {
  readonly model: string;
  /** By language; null where the model does not know it. */
  readonly languages: ReadonlyMap<string, LanguageParts | null>;
}

/** The pages of one language. */
export interface LanguageParts {
  /** In page order. */
  readonly passages: readonly SitePassage[];
  /** Their unit vectors along the axes, f32[passages, axes.toDim]. */
  readonly vectors: Float32Array;
  readonly axes: Axes;
  /** The query table that these passages taught; the words that most passages hold come first. */
  readonly rowByWord: ReadonlyMap<string, number>;
  readonly wordVectors: Float32Array;
}

/** Text of one file before compression, about 4 kB after it: a first question shows parts of eight. */
const TEXT_UTF16 = 10_000;
/** Words of one file, about 4 kB; and those that every question reads, half of what it asks for. */
const SHARD_WORDS = 90;
const MOST_SHARDS = 512;
/** On smaller sites Pagefind's files are small. */
const FREQUENT_FROM = 1000;
const FREQUENT_PART = 0.1;
const COMMON_WORDS = 200;

type Put = (kind: FileKind, bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Writes a site's index. The same parts give the same bytes. */
export async function writeSite({ model, languages }: SiteParts): Promise<SiteFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const put: Put = async (kind, bytes) => {
    const digest = shortDigest(await sha256(bytes));
    files.set(nameOf(kind, digest), bytes);
    return digest;
  };
  const entries: [string, LanguageEntry | null][] = [];
  for (const [language, parts] of [...languages].sort(([a], [b]) => (a < b ? -1 : 1)))
    entries.push([language, parts && (await writeLanguage(parts, put))]);
  const entry: SiteEntry = { format: FORMAT, model, languages: Object.fromEntries(entries) };
  files.set(ENTRY_FILE, new TextEncoder().encode(JSON.stringify(entry)));
  return files;
}

async function writeLanguage(parts: LanguageParts, put: Put): Promise<LanguageEntry> {
  const { passages, vectors, axes } = parts;
  const dim = axes.toDim;
  const { centres, members } = clustersOf(vectors, dim);
  const clusters = [];
  for (const numbers of members)
    clusters.push(
      await put("near", await formatNearShard({ numbers, vectors: rowsOf(vectors, numbers, dim) }, dim)),
    );
  const texts = [];
  const textPassages = [];
  for (const part of textParts(passages)) {
    texts.push(await put("text", await formatTextShard(part)));
    textPassages.push(part.length);
  }
  const { common, shards } = wordShards(parts, dim);
  const words = [];
  for (const shard of shards)
    words.push(shard.words.length === 0 ? "" : await put("words", await formatWordShard(shard, dim)));
  const pages = passagesByPage(passages);
  const axesFile = await put("axes", new Uint8Array(axes.rows.slice().buffer));
  const head = await formatHead({
    dim,
    axes: axesFile,
    modelDim: axes.fromDim,
    words,
    clusters,
    pages,
    texts,
    textPassages,
    centres,
    common,
  });
  const about = { pages: pages.length, passages: passages.length, frequent: frequentWords(passages) };
  return { ...about, head: await put("head", head) };
}

/** Only of sites on which they are worth leaving out. */
function frequentWords(passages: readonly SitePassage[]): string[] {
  if (passages.length < FREQUENT_FROM) return [];
  const counts = new Map<string, number>();
  for (const { text } of passages)
    for (const word of new Set(featuresOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const least = passages.length * FREQUENT_PART;
  return [...counts].flatMap(([word, count]) => (count >= least && !word.endsWith("~") ? [word] : [])).sort();
}

function rowsOf(vectors: Float32Array, rows: readonly number[], dim: number): Float32Array {
  const own = new Float32Array(rows.length * dim);
  rows.forEach((row, place) => own.set(vectors.subarray(row * dim, (row + 1) * dim), place * dim));
  return own;
}

function passagesByPage(passages: readonly SitePassage[]): number[] {
  const counts: number[] = [];
  let above: string | undefined;
  for (const { path } of passages) {
    if (path !== above) counts.push(0);
    counts.push((counts.pop() ?? 0) + 1);
    above = path;
  }
  return counts;
}

/** As many passages as fit; pages are not held together. */
function textParts(passages: readonly SitePassage[]): (readonly SitePassage[])[] {
  const parts: SitePassage[][] = [];
  let size = Infinity;
  for (const passage of passages) {
    if (size > TEXT_UTF16) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(passage);
    size += keptText(passage.text).length;
  }
  return parts;
}

function wordShards({ rowByWord, wordVectors }: LanguageParts, dim: number) {
  const shardOfWords = (words: readonly string[]): WordShard => ({
    words,
    vectors: rowsOf(
      wordVectors,
      words.map((word) => rowByWord.get(word) ?? 0),
      dim,
    ),
  });
  const all = [...rowByWord.keys()];
  const rest = all.slice(COMMON_WORDS);
  const count = Math.min(MOST_SHARDS, Math.ceil(rest.length / SHARD_WORDS));
  const shards: string[][] = Array.from({ length: count }, () => []);
  for (const word of rest) shards[shardOf(word, count)]?.push(word);
  return {
    common: shardOfWords(all.slice(0, COMMON_WORDS).sort()),
    shards: shards.map((words) => shardOfWords(words.sort())),
  };
}
