import { dot } from "../../base/dot.ts";
import type {
  CorpusItem,
  CorpusStore,
  KeywordHit,
  RemoteSearch,
  SearchFilter,
  SemanticHits,
  Storage,
} from "../../contract/index.ts";
import type { Turns } from "../../base/turns.ts";
import type { SampledCosines } from "../angle-histogram.ts";
import { askedWords, scoreByWords } from "./found-words.ts";
import { createShelf } from "./shelf.ts";

/** Passages of each word that are looked at. */
const OF_EACH_WORD = 100;

/** A collection that lives on a server, opened for searching. */
export interface RemoteCorpus {
  readonly collectionId: number;
  readonly host: string;
  readonly store: CorpusStore;
  readonly turns: Turns;
  readonly passages: number;
  /** f32[dim] each, to draw the distribution from. */
  readonly sample: readonly Float32Array[];
}

export interface Asked {
  /** null asks for words alone. */
  readonly vector: Float32Array | null;
  /** Empty asks for meaning alone. */
  readonly text: string;
  readonly depth: number;
  readonly filter: SearchFilter;
}

/**
 * What one query found on servers. What is found has ids under zero until it is settled: only what is shown is fetched
 * and kept here.
 */
export interface RemoteQuery {
  readonly semantic: SemanticHits | null;
  readonly keywords: readonly KeywordHit[];
  /** Cosines of what only words found, where the server told them. */
  readonly cosines: ReadonlyMap<number, number>;
  readonly sampled: readonly SampledCosines[];
  readonly told: readonly RemoteSearch[];
  /** f32[dim] of each, in their order; zeros for an id that is not one of these. */
  vectorsOf(ids: readonly number[], dim: number): Promise<Float32Array>;
  /** Which of what was found these passages here are: ids under zero. Fetches nothing. */
  foundAs(passageIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** Fetches what these are parts of. Ids here by ids under zero. */
  settle(ids: readonly number[]): Promise<ReadonlyMap<number, number>>;
}

export async function askServers(
  storage: Storage,
  corpora: readonly RemoteCorpus[],
  { vector, text, depth, filter }: Asked,
  signal: AbortSignal,
): Promise<RemoteQuery> {
  const items: { readonly corpus: RemoteCorpus; readonly item: CorpusItem }[] = [];
  const places = new Map<string, number>();
  const idOf = (corpus: RemoteCorpus, item: CorpusItem): number => {
    const name = `${corpus.collectionId} ${item.id}`;
    const known = places.get(name);
    if (known !== undefined) return known;
    const id = -items.push({ corpus, item });
    places.set(name, id);
    return id;
  };
  const shelfOf = ({ collectionId, turns, store }: RemoteCorpus) =>
    createShelf({ storage, collectionId, turns }, store);
  const words = askedWords(text);
  const nearest: { readonly id: number; readonly score: number }[] = [];
  const keywords: KeywordHit[] = [];
  const cosines = new Map<number, number>();
  const told: RemoteSearch[] = [];

  await Promise.all(
    corpora.map(async (corpus) => {
      const { store, collectionId, host, passages } = corpus;
      const shelf = shelfOf(corpus);
      const narrowed = await shelf.filterOf(filter);
      const [near, found] = await Promise.all([
        vector
          ? store.nearest(
              { vector, limit: Math.min(depth, Math.max(1, passages)), filter: narrowed },
              { signal },
            )
          : [],
        words.length > 0
          ? store.containing(
              { words, limit: OF_EACH_WORD, near: vector ?? undefined, filter: narrowed },
              { signal },
            )
          : [],
      ]);
      for (const { item, score } of near) nearest.push({ id: idOf(corpus, item), score });
      const scores = scoreByWords(
        words,
        (found ?? []).map(({ item }) => `${item.passage.title} ${item.passage.text}`),
        {
          passages,
          limit: OF_EACH_WORD,
        },
      );
      for (const [i, { item, score }] of (found ?? []).entries()) {
        const passageId = idOf(corpus, item);
        keywords.push({ passageId, bm25: scores[i] ?? 0 });
        if (score !== null) cosines.set(passageId, score);
      }
      const by = text === "" ? "not-asked" : found === null ? "none" : "filter";
      told.push({ collectionId, host, keywords: by, passages });
    }),
  );
  const best = nearest.sort((a, b) => b.score - a.score || b.id - a.id).slice(0, depth);
  const sampled = vector
    ? corpora.map(({ sample, passages }) => ({
        cosines: Float32Array.from(sample, (one) => dot(one, 0, vector)),
        population: passages,
      }))
    : [];

  return {
    semantic: vector && {
      ids: Int32Array.from(best, ({ id }) => id),
      scores: Float32Array.from(best, ({ score }) => score),
      moments: momentsOf(sampled),
    },
    keywords: keywords.sort((a, b) => b.bm25 - a.bm25 || b.passageId - a.passageId).slice(0, depth),
    cosines,
    sampled,
    told,
    async vectorsOf(ids, dim) {
      const vectors = new Float32Array(ids.length * dim);
      for (const corpus of corpora) {
        const own = ids.filter((id) => items[-id - 1]?.corpus === corpus);
        const rows = await corpus.store.read(
          own.map((id) => items[-id - 1]?.item.id ?? ""),
          { signal },
        );
        for (const { item, vector: values } of rows)
          vectors.set(values, ids.indexOf(idOf(corpus, item)) * dim);
      }
      return vectors;
    },
    async foundAs(passageIds) {
      const found = new Set<number>();
      for (const corpus of corpora) {
        const own = items.flatMap((one) => (one.corpus === corpus ? [one.item] : []));
        const here = await shelfOf(corpus).foundAs(passageIds, own);
        for (const item of own) if (here.has(item.id)) found.add(idOf(corpus, item));
      }
      return found;
    },
    async settle(ids) {
      const settled = new Map<number, number>();
      for (const corpus of corpora) {
        const own = ids.flatMap((id) => {
          const one = items[-id - 1];
          return one?.corpus === corpus ? [{ id, item: one.item }] : [];
        });
        const here = await shelfOf(corpus).passageIdsOf(
          own.map(({ item }) => item),
          signal,
        );
        for (const { id, item } of own) {
          const passageId = here.get(item.id);
          if (passageId !== undefined) settled.set(id, passageId);
        }
      }
      return settled;
    },
  };
}

/** Of a sample, for as many as it stands for. */
function momentsOf(sampled: readonly SampledCosines[]): SemanticHits["moments"] {
  let [count, sum, squares] = [0, 0, 0];
  for (const { cosines, population } of sampled)
    for (const cosine of cosines) {
      const weight = Math.max(population, cosines.length) / cosines.length;
      count += weight;
      sum += weight * cosine;
      squares += weight * cosine * cosine;
    }
  if (count === 0) return { count: 0, mean: 0, deviation: 0 };
  const mean = sum / count;
  return { count: Math.round(count), mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
