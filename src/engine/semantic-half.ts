import { fromHalf } from "../base/half.ts";
import type {
  AngleHistogram,
  SearchFilter,
  SearchResult,
  SemanticHits,
  Storage,
  UsedExactness,
} from "../contract/index.ts";
import { angleHistogram, type SampledCosines } from "./angle-histogram.ts";
import type { Corpora, LoadedIndex, LoadRequest } from "./corpora.ts";

/** The vectors of some collections under one task, searched as if they were one. */
export interface SemanticHalf {
  search(
    vector: Float32Array,
    depth: number,
    filter: SearchFilter,
    signal: AbortSignal,
  ): Promise<SemanticHits>;
  /** Cosines of passages that have a vector. */
  score(vector: Float32Array, passageIds: readonly number[]): Promise<Map<number, number>>;
  /** f32[passages, dim] in their order; zeros for one without a vector. */
  vectorsOf(passageIds: readonly number[]): Promise<Float32Array>;
  /** Of unit vectors. */
  histogram(vector: Float32Array, others?: readonly SampledCosines[]): AngleHistogram | null;
  readonly notIndexed: number;
  readonly notLoaded: number;
  /** Of several, one that was not searched as asked. */
  readonly exactness: UsedExactness;
}

export async function openSemanticHalf(
  { storage, corpora }: { readonly storage: Storage; readonly corpora: Corpora },
  collectionIds: readonly number[],
  request: Omit<LoadRequest, "collectionId">,
): Promise<SemanticHalf> {
  const loaded = await Promise.all(
    collectionIds.map((collectionId) => corpora.load({ ...request, collectionId })),
  );
  const sum = (of: (one: LoadedIndex) => number): number => loaded.reduce((all, one) => all + of(one), 0);
  const asked: UsedExactness = { used: request.exactness ?? "exact", why: "asked" };

  return {
    async search(vector, depth, filter, signal) {
      const answers = await Promise.all(
        loaded.map(async ({ index: { collectionId }, set, noteQuery }) => {
          const rows = await rowFilter(storage, collectionId, filter);
          const found = await set.search(vector, depth, rows, signal);
          noteQuery(vector);
          return found;
        }),
      );
      return mergeHits(answers, depth);
    },
    async score(vector, passageIds) {
      const maps = await Promise.all(loaded.map(({ set }) => set.score(vector, passageIds)));
      return new Map(maps.flatMap((map) => [...map]));
    },
    async vectorsOf(passageIds) {
      const parts = await Promise.all(
        loaded.map(({ index }) => storage.readVectors({ indexId: index.id, passageIds })),
      );
      const vectors = new Float32Array(passageIds.length * request.model.dim);
      // A passage is in one of them, and zeros in the others.
      for (const part of parts)
        for (const [i, value] of fromHalf(part).entries()) vectors[i] = (vectors[i] ?? 0) + value;
      return vectors;
    },
    histogram: (vector, others = []) =>
      angleHistogram([
        ...loaded.map(({ sample, set }) => ({ cosines: sample.score(vector), population: set.size })),
        ...others,
      ]),
    notIndexed: sum(({ index, set, notLoaded }) =>
      Math.max(0, index.present + index.missing - set.size - notLoaded),
    ),
    notLoaded: sum(({ notLoaded }) => notLoaded),
    exactness: loaded.map(({ exactness }) => exactness).find(({ why }) => why !== "asked") ?? asked,
  };
}

/** Tags and times are known to storage; sources and places to the vectors' own columns. */
export async function rowFilter(storage: Storage, collectionId: number, filter: SearchFilter) {
  const { tags, fromMs, untilMs, ...own } = filter;
  if (tags === undefined && fromMs === undefined && untilMs === undefined) return own;
  return { ...own, passageIds: await storage.filterPassages({ collectionId, filter }) };
}

/** Order: score descending; of equal scores the lower id first. */
export function mergeHits(answers: readonly SemanticHits[], depth: number): SemanticHits {
  const [only] = answers;
  if (only && answers.length === 1) return only;
  const hits = answers
    .flatMap(({ ids, scores }) => Array.from(ids, (id, i) => ({ id, score: scores[i] ?? 0 })))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, depth);
  return {
    ids: Int32Array.from(hits, ({ id }) => id),
    scores: Float32Array.from(hits, ({ score }) => score),
    moments: mergeMoments(answers.map(({ moments }) => moments)),
  };
}

type Moments = NonNullable<SearchResult["candidates"]>;

function mergeMoments(parts: readonly Moments[]): Moments {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  if (count === 0) return { count: 0, mean: 0, deviation: 0 };
  const mean = parts.reduce((sum, part) => sum + part.count * part.mean, 0) / count;
  const variance =
    parts.reduce((sum, part) => sum + part.count * (part.deviation ** 2 + (part.mean - mean) ** 2), 0) /
    count;
  return { count, mean, deviation: Math.sqrt(variance) };
}
