import { fromHalf } from "../base/half.ts";
import {
  SextantError,
  type Hit,
  type Kind,
  type QueryText,
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
  markWords,
  rankKeywords,
  rankSemantic,
  type RankedHit,
} from "../rank/index.ts";
import { instructionOf, queryTextOf, TASKS } from "../tasks/index.ts";
import type { Corpora, LoadedIndex } from "./corpora.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";
import type { EncoderPart } from "./parts.ts";
import { vectorKey } from "./vector-key.ts";

/** How many of each half's best are fused. */
const FUSION_DEPTH = 200;

/** How many of the best are told apart when near-duplicates are put back. */
const DIVERSITY_DEPTH = 50;

export interface SearchParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly corpora: Corpora;
}

/** Searches one collection under one task: exact scan and BM25, fused as asked. */
export async function searchCollection(
  { storage, host, corpora }: SearchParts,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<SearchResult> {
  const startedMs = performance.now();
  const { collectionId, mode, filter = {} } = request;
  const { encoder } = await host.current();
  const query = queryTextFor(encoder, request);
  const depth = Math.max(FUSION_DEPTH, request.limit);
  const hasVectors = encoder.info.dim > 0;
  if (!hasVectors && mode !== "keywords")
    throw new SextantError(
      "search/no-vectors",
      `${encoder.info.name} has no vectors: search by keywords, or choose a model that embeds.`,
    );

  const keywordHalf = async () => {
    const beganMs = performance.now();
    if (mode === "semantic") return { keywords: [], keywordsMs: 0 };
    const keywords = await storage.keywords({ collectionId, query: query.text, limit: depth, filter });
    return { keywords, keywordsMs: performance.now() - beganMs };
  };
  const queryVector = async () => {
    const beganMs = performance.now();
    if (mode === "keywords") return { vector: null, key: encoder.info.key, embedMs: 0 };
    const texts = [query.instruction + query.text];
    const options = { limitTokens: query.limitTokens, urgency: "now", signal } as const;
    const { vectors, key } = await host.encode(texts, options);
    return { vector: vectors, key, embedMs: performance.now() - beganMs };
  };
  const vectors = async () => {
    if (!hasVectors) return null;
    const key = vectorKey(encoder.info, request.policy);
    const model = { key, dim: encoder.info.dim };
    const { exactness } = request;
    return corpora.load({ collectionId, task: request.query.task, model, exactness });
  };
  const [loaded, { vector, key, embedMs }, { keywords, keywordsMs }] = await Promise.all([
    vectors(),
    queryVector(),
    keywordHalf(),
  ]);
  signal.throwIfAborted();
  // Another model was opened meanwhile: its vector does not belong to this index.
  if (key !== encoder.info.key) return searchCollection({ storage, host, corpora }, request, signal);

  const scanFromMs = performance.now();
  const semantic = vector && loaded && (await loaded.set.search(vector, depth, filter, signal));
  const scanMs = performance.now() - scanFromMs;
  if (vector) loaded?.noteQuery(vector);

  const fuseFromMs = performance.now();
  const ranked =
    !semantic || !loaded
      ? rankKeywords(keywords)
      : mode === "semantic"
        ? rankSemantic(semantic)
        : request.fusion === "reciprocal-rank"
          ? fuseReciprocalRank({ semantic, keywords })
          : fuseConvex({
              semantic,
              keywords,
              cosines: await cosinesOf(loaded.set, vector, keywords, semantic),
            });
  const { diversity = 0 } = request;
  const ordered =
    diversity > 0 && loaded ? await spread(storage, loaded.index.id, ranked, diversity) : ranked;
  const hits = await readHits(storage, collectionId, ordered.slice(0, request.limit), query.text);
  const endMs = performance.now();
  return {
    query,
    hits,
    candidates: semantic && semantic.moments,
    notIndexed: loaded
      ? Math.max(0, loaded.index.present + loaded.index.missing - loaded.set.size - loaded.notLoaded)
      : 0,
    notLoaded: loaded?.notLoaded ?? 0,
    exactness: semantic && loaded ? loaded.exactness : null,
    timings: { embedMs, scanMs, keywordsMs, fuseMs: endMs - fuseFromMs, totalMs: endMs - startedMs },
  };
}

function queryTextFor(encoder: EncoderPart, { query, policy }: SearchRequest): QueryText {
  const limit = limitFor(encoder.info, policy, "query");
  const countTokens = (text: string): number => encoder.countTokens([text])[0] ?? 0;
  const instruction = instructionOf(encoder.info.prefixes, query.task, "query");
  const draft = queryTextOf(query, { policy, limitTokens: limit, instruction, countTokens });
  const wanted = countTokens(instruction + draft.text) + 2;
  return {
    ...draft,
    instruction,
    lengthTokens: Math.min(wanted, limit),
    limitTokens: limit,
    truncated: wanted > limit,
  };
}

/** Puts near-duplicates among the best behind what is unlike them. */
async function spread(
  storage: Storage,
  indexId: number,
  ranked: readonly RankedHit[],
  diversity: number,
): Promise<RankedHit[]> {
  const best = ranked.slice(0, DIVERSITY_DEPTH);
  const passageIds = best.map(({ id }) => id);
  const vectors = fromHalf(await storage.readVectors({ indexId, passageIds }));
  return [...diversify({ ranked: best, vectors, diversity }), ...ranked.slice(DIVERSITY_DEPTH)];
}

/** Cosines of the passages that only the keyword half found. */
function cosinesOf(
  set: LoadedIndex["set"],
  vector: Float32Array,
  keywords: readonly { readonly passageId: number }[],
  { ids }: SemanticHits,
): Promise<Map<number, number>> {
  const near = new Set(ids);
  return set.score(
    vector,
    keywords.map(({ passageId }) => passageId).filter((id) => !near.has(id)),
  );
}

async function readHits(
  storage: Storage,
  collectionId: number,
  ranked: readonly RankedHit[],
  queryText: string,
): Promise<Hit[]> {
  const ids = ranked.map(({ id }) => id);
  const [passages, sources, telling] = await Promise.all([
    storage.readPassages({ ids }),
    storage.sources({ collectionId }),
    storage.tellingWords({ collectionId, query: queryText }),
  ]);
  const worthMarking = telling.join(" ");
  const continuations = await storage.continuations({ ids: passages.map(({ id }) => id) });
  const nameById = new Map(sources.map(({ id, name }) => [id, name]));
  const rankedById = new Map(ranked.map((hit) => [hit.id, hit]));
  return passages.flatMap((passage, i) => {
    const hit = rankedById.get(passage.id);
    if (!hit) return [];
    const { score, semantic, keywords } = hit;
    const marks = markWords(passage.text, worthMarking);
    const sourceName = nameById.get(passage.sourceId) ?? "";
    return [
      { passage, sourceName, score, semantic, keywords, marks, continuation: continuations[i] ?? null },
    ];
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
