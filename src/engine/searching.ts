import {
  SextantError,
  type Kind,
  type KeywordHit,
  type Mark,
  type SearchRequest,
  type SearchResult,
  type SemanticHits,
  type Storage,
  type TaskId,
} from "../contract/index.ts";
import {
  diversify,
  fuseConvex,
  fuseReciprocalRank,
  rankKeywords,
  rankSemantic,
  type ConvexInput,
  type RankedHit,
} from "../rank/index.ts";
import { TASKS } from "../tasks/index.ts";
import type { Adapting } from "./adaptation/adapting.ts";
import type { Corpora } from "./corpora.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { marksOf, pinnedFirst } from "./marked.ts";
import { queryTextFor } from "./query-text.ts";
import { readHits } from "./read-hits.ts";
import type { RemoteCorpora } from "./remote/remote-corpora.ts";
import { askServers, type RemoteQuery } from "./remote/remote-query.ts";
import { mergeHits, openSemanticHalf, type SemanticHalf } from "./semantic-half.ts";
import { startStopwatch } from "./stopwatch.ts";
import { vectorKey } from "./vector-key.ts";
import type { WordsOnly } from "./words-only.ts";

/** How many of each half's best are fused. */
const FUSION_DEPTH = 200;

/** How many of the best are told apart when near-duplicates are put back. */
const DIVERSITY_DEPTH = 50;

export interface SearchParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly corpora: Corpora;
  readonly wordsOnly: WordsOnly;
  readonly adapting: Pick<Adapting, "queryVectorOf">;
  readonly remotes: Pick<RemoteCorpora, "open" | "forget">;
}

/** Searches collections under one task: exact scan and BM25, fused as asked. */
export async function searchCollections(
  parts: SearchParts,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<SearchResult> {
  const { storage, host } = parts;
  const { time, timings } = startStopwatch();
  const { mode, filter = {}, query: asked, exactness, diversity = 0 } = request;
  const collectionIds = [...new Set(request.collectionIds)];
  const { encoder } = await host.current();
  const { info } = encoder;
  const query = await time("tokenize", () => queryTextFor(encoder, request));
  const depth = Math.max(FUSION_DEPTH, request.limit);
  const hasVectors = info.dim > 0;
  if (!hasVectors && mode !== "keywords")
    throw new SextantError(
      "search/no-vectors",
      `${info.name} has no vectors: search by keywords, or choose a model that embeds.`,
    );
  const wordsOnly = mode === "hybrid" ? await parts.wordsOnly.among(collectionIds, query.text, info) : [];
  const opening = { mode, task: asked.task, policy: request.policy, model: info };
  const remote = await parts.remotes.open(collectionIds, opening, signal);
  const localIds = collectionIds.filter((id) => !remote.some(({ collectionId }) => collectionId === id));
  const isKnown = (id: number): boolean => !wordsOnly.some(({ collectionId }) => collectionId === id);
  const withVectors = localIds.filter(isKnown);

  const keywordHalf = async (): Promise<readonly KeywordHit[]> => {
    if (mode === "semantic" || localIds.length === 0) return [];
    const words = { collectionIds: localIds, query: query.text, limit: depth, filter };
    return time("keywords", () => storage.keywords(words));
  };
  const queryVector = async () => {
    if (mode === "keywords" || !collectionIds.some(isKnown))
      return { vector: null, encodedBy: null, key: info.key };
    const texts = [query.instruction + query.text];
    const options = { limitTokens: query.limitTokens, urgency: "now", signal } as const;
    const { vectors, key } = await time("embed", () => host.encode(texts, options));
    if (request.instruction !== undefined) return { vector: vectors, encodedBy: "full" as const, key };
    const adapted = await time("adapt", () =>
      parts.adapting.queryVectorOf({
        collectionIds,
        task: asked.task,
        text: query.text,
        policy: request.policy,
        modelKey: key,
        full: vectors,
        choice: request.adaptation,
      }),
    );
    return { ...adapted, key };
  };
  const semanticHalf = async () => {
    if (!hasVectors) return null;
    const model = { key: vectorKey(info, request.policy), dim: info.dim };
    return time("load", () => openSemanticHalf(parts, withVectors, { task: asked.task, model, exactness }));
  };
  const askRemote = async (): Promise<RemoteQuery | null> => {
    if (remote.length === 0) return null;
    const text = mode === "semantic" ? "" : query.text;
    const known = remote.every(({ collectionId }) => isKnown(collectionId));
    const question = { vector: known ? vector : null, text, depth, filter };
    return time("remote", () => askServers(storage, remote, question, signal)).catch((error: unknown) => {
      // Whatever is wrong with it, the next search looks anew what it is.
      for (const { collectionId } of remote) parts.remotes.forget(collectionId);
      throw error;
    });
  };
  const [half, { vector, encodedBy, key }, localKeywords, marks] = await Promise.all([
    semanticHalf(),
    queryVector(),
    keywordHalf(),
    marksOf(storage, collectionIds, asked.task, query.text),
  ]);
  signal.throwIfAborted();
  // Another model was opened meanwhile: its vector does not belong to this index.
  if (key !== info.key) return searchCollections(parts, request, signal);

  const there = await askRemote();
  const near = vector && half && (await time("scan", () => half.search(vector, depth, filter, signal)));
  const semantic = near && there?.semantic ? mergeHits([near, there.semantic], depth) : near;
  const keywords = there
    ? [...localKeywords, ...there.keywords].sort((a, b) => b.bm25 - a.bm25)
    : localKeywords;
  const cosines =
    semantic && vector && half && isConvex(request)
      ? await time("rescore", () =>
          half.score(
            vector,
            onlyIn(keywords, semantic).filter((id) => id > 0),
          ),
        )
      : new Map<number, number>();
  for (const [id, cosine] of there?.cosines ?? []) cosines.set(id, cosine);
  const ordered = await time("fuse", () => {
    const ranked = semantic
      ? fuse(request, { semantic, keywords, cosines, isMeasured: encodedBy !== "full" })
      : rankKeywords(keywords);
    return diversity > 0 && half ? spread(half, ranked, diversity, there) : ranked;
  });
  const best = there ? await time("remote", () => settled(ordered, there, marks, request)) : ordered;
  const shown = pinnedFirst(best, marks).slice(0, request.limit);
  const reading = time("read", () => readHits(storage, collectionIds, shown, { text: query.text, marks }));
  // While storage reads.
  const histogram =
    semantic && vector && half && info.similarity === "cosine"
      ? half.histogram(vector, there?.sampled)
      : null;
  const hits = await reading;
  return {
    query,
    hits,
    encodedBy: semantic && encodedBy,
    wordsOnly,
    ...(there && { remote: there.told }),
    candidates: semantic && semantic.moments,
    histogram,
    notIndexed: half?.notIndexed ?? 0,
    notLoaded: half?.notLoaded ?? 0,
    exactness: semantic && half ? half.exactness : null,
    timings: timings(),
  };
}

function isConvex({ mode, fusion }: SearchRequest): boolean {
  return mode === "hybrid" && fusion === "convex";
}

/** Passages that only the words found. */
function onlyIn(keywords: readonly KeywordHit[], { ids }: SemanticHits): number[] {
  const near = new Set(ids);
  return keywords.map(({ passageId }) => passageId).filter((id) => !near.has(id));
}

function fuse(request: SearchRequest, input: ConvexInput): RankedHit[] {
  if (request.mode === "semantic") return rankSemantic(input.semantic);
  return isConvex(request) ? fuseConvex(input) : fuseReciprocalRank(input);
}

/** Puts near-duplicates among the best behind what is unlike them. */
async function spread(
  half: SemanticHalf,
  ranked: readonly RankedHit[],
  diversity: number,
  there: RemoteQuery | null,
): Promise<RankedHit[]> {
  const best = ranked.slice(0, DIVERSITY_DEPTH);
  const ids = best.map(({ id }) => id);
  const vectors = await half.vectorsOf(ids);
  const others = await there?.vectorsOf(ids, vectors.length / Math.max(1, ids.length));
  // A passage is in one of them, and zeros in the other.
  for (const [i, value] of others?.entries() ?? []) vectors[i] = (vectors[i] ?? 0) + value;
  return [...diversify({ ranked: best, vectors, diversity }), ...ranked.slice(DIVERSITY_DEPTH)];
}

/**
 * Gives the best of what was found on servers its place here, what is pinned among it; what cannot be read there any more
 * is left out.
 */
async function settled(
  ranked: readonly RankedHit[],
  there: RemoteQuery,
  marks: ReadonlyMap<number, Mark>,
  { limit, filter }: Pick<SearchRequest, "limit" | "filter">,
): Promise<RankedHit[]> {
  const excluded = filter?.excludeId === undefined ? null : await there.foundAs([filter.excludeId]);
  const wanted = excluded ? ranked.filter(({ id }) => !excluded.has(id)) : ranked;
  const pinned = [...marks].flatMap(([id, mark]) => (mark === "pinned" ? [id] : []));
  const found = pinned.length > 0 ? await there.foundAs(pinned) : new Set<number>();
  const isPinned = ({ id }: RankedHit): boolean => found.has(id) || marks.get(id) === "pinned";
  const first = [...wanted.filter(isPinned), ...wanted.filter((hit) => !isPinned(hit))].slice(0, limit);
  const ids = await there.settle(first.flatMap(({ id }) => (id < 0 ? [id] : [])));
  return first.flatMap((hit) => {
    const id = hit.id < 0 ? ids.get(hit.id) : hit.id;
    return id === undefined ? [] : [{ ...hit, id }];
  });
}

/** Refuses a search of a collection under a task that looks for another kind of passage. */
export function requireKind(kind: Kind, task: TaskId): void {
  const wanted = TASKS[task].kind;
  if (kind === wanted) return;
  throw new SextantError(
    "search/wrong-index",
    `The task “${task}” searches passages of kind “${wanted}”, this collection holds “${kind}”: choose another collection.`,
    { task, wanted, kind },
  );
}
