import { sha256 } from "../../base/hash.ts";
import { ENTRY_FILE, FORMAT, shardOf, WORD_SHARDS, type SiteEntry, type SiteFiles } from "../format.ts";
import type { SitePassage } from "../pages/cut-passages.ts";
import { formatTextShard } from "../text-shard.ts";
import { formatRows } from "../vector-bytes.ts";
import { formatWordShard } from "../word-shard.ts";
import { clustersOf } from "./clusters.ts";
import type { Axes } from "./principal-axes.ts";

export interface SiteParts {
  readonly model: string;
  /** In page order. */
  readonly passages: readonly SitePassage[];
  /** Their unit vectors along the axes, f32[passages, axes.toDim]. */
  readonly vectors: Float32Array;
  readonly axes: Axes;
  /** The query table that these passages taught. */
  readonly rowByWord: ReadonlyMap<string, number>;
  readonly wordVectors: Float32Array;
}

/** Text of one file before compression: a hit's excerpt costs about a third of it. */
const TEXT_UTF16 = 24_000;

/** Writes a site's index. The same parts give the same bytes. */
export async function writeSite(parts: SiteParts): Promise<SiteFiles> {
  const { passages, vectors, axes } = parts;
  const dim = axes.toDim;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const put = async (kind: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
    const name = `${kind}-${(await sha256(bytes)).slice(0, 16)}.bin`;
    files.set(name, bytes);
    return name;
  };

  const { centres, members } = clustersOf(vectors, dim);
  const clusters = [];
  for (const own of members)
    clusters.push({ file: await put("near", clusterBytes(own, vectors, dim)), passages: own.length });
  const texts = [];
  for (const { firstRow, part } of textParts(passages))
    texts.push({ file: await put("text", await formatTextShard(part)), firstRow });
  const words = [];
  for (const shard of wordShards(parts, dim))
    words.push(shard.words.length === 0 ? null : await put("words", await formatWordShard(shard, dim)));

  const entry: SiteEntry = {
    format: FORMAT,
    model: parts.model,
    dim,
    passages: passages.length,
    axes: { file: await put("axes", new Uint8Array(axes.columns.slice().buffer)), modelDim: axes.fromDim },
    words,
    centres: await put("centres", formatRows(centres, dim, 8)),
    clusters,
    texts,
  };
  files.set(ENTRY_FILE, new TextEncoder().encode(JSON.stringify(entry)));
  return files;
}

/** Passages' numbers, u32, and their rows in 8 bits. */
function clusterBytes(
  members: readonly number[],
  vectors: Float32Array,
  dim: number,
): Uint8Array<ArrayBuffer> {
  const own = new Float32Array(members.length * dim);
  members.forEach((row, place) => own.set(vectors.subarray(row * dim, (row + 1) * dim), place * dim));
  const rows = formatRows(own, dim, 8);
  const bytes = new Uint8Array(4 * members.length + rows.length);
  const view = new DataView(bytes.buffer);
  members.forEach((row, place) => view.setUint32(4 * place, row, true));
  bytes.set(rows, 4 * members.length);
  return bytes;
}

/** Whole pages, as many as fit; a page that is larger stands in several. */
function textParts(passages: readonly SitePassage[]): { firstRow: number; part: readonly SitePassage[] }[] {
  const parts: { firstRow: number; part: SitePassage[] }[] = [];
  let size = Infinity;
  passages.forEach((passage, row) => {
    if (size > TEXT_UTF16) {
      parts.push({ firstRow: row, part: [] });
      size = 0;
    }
    parts.at(-1)?.part.push(passage);
    size += passage.text.length;
  });
  return parts;
}

function wordShards(
  { rowByWord, wordVectors }: SiteParts,
  dim: number,
): { words: string[]; vectors: Float32Array }[] {
  const shards: string[][] = Array.from({ length: WORD_SHARDS }, () => []);
  for (const word of rowByWord.keys()) shards[shardOf(word)]?.push(word);
  return shards.map((own) => {
    const words = own.sort();
    const vectors = new Float32Array(words.length * dim);
    words.forEach((word, place) => {
      const row = rowByWord.get(word) ?? 0;
      vectors.set(wordVectors.subarray(row * dim, (row + 1) * dim), place * dim);
    });
    return { words, vectors };
  });
}
