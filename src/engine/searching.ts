import {
  SextantError,
  type Kind,
  type KeywordHit,
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
  rankKeywords,
  rankSemantic,
  type RankedHit,
} from "../rank/index.ts";
import { instructionOf, queryTextOf, TASKS } from "../tasks/index.ts";
import type { Adapting } from "./adapting.ts";
import type { Corpora } from "./corpora.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";
import type { EncoderPart } from "./parts.ts";
import { readHits } from "./read-hits.ts";
import { openSemanticHalf, type SemanticHalf } from "./semantic-half.ts";
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
}

/** Searches collections under one task: exact scan and BM25, fused as asked. */
export async function searchCollections(
  parts: SearchParts,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<SearchResult> {
  const { storage, host } = parts;
  const startedMs = performance.now();
  const { mode, filter = {}, query: asked, exactness, diversity = 0 } = request;
  const collectionIds = [...new Set(request.collectionIds)];
  const { encoder } = await host.current();
  const { info } = encoder;
  const query = queryTextFor(encoder, request);
  const depth = Math.max(FUSION_DEPTH, request.limit);
  const hasVectors = info.dim > 0;
  if (!hasVectors && mode !== "keywords")
    throw new SextantError(
      "search/no-vectors",
      `${info.name} has no vectors: search by keywords, or choose a model that embeds.`,
    );
  const wordsOnly = mode === "hybrid" ? await parts.wordsOnly.among(collectionIds, query.text, info) : [];
  const withVectors = collectionIds.filter(
    (id) => !wordsOnly.some(({ collectionId }) => collectionId === id),
  );

  const keywordHalf = async () => {
    const beganMs = performance.now();
    const words = { collectionIds, query: query.text, limit: depth, filter };
    const keywords = mode === "semantic" ? [] : await storage.keywords(words);
    return { keywords, keywordsMs: performance.now() - beganMs };
  };
  const queryVector = async () => {
    const beganMs = performance.now();
    if (mode === "keywords" || withVectors.length === 0) return { vector: null, key: info.key, embedMs: 0 };
    const texts = [query.instruction + query.text];
    const options = { limitTokens: query.limitTokens, urgency: "now", signal } as const;
    const { vectors, key } = await host.encode(texts, options);
    if (request.instruction !== undefined)
      return { vector: vectors, key, embedMs: performance.now() - beganMs };
    const vector = await parts.adapting.queryVectorOf({
      collectionIds,
      task: asked.task,
      text: query.text,
      policy: request.policy,
      modelKey: key,
      full: vectors,
    });
    return { vector, key, embedMs: performance.now() - beganMs };
  };
  const semanticHalf = async () => {
    if (!hasVectors) return null;
    const model = { key: vectorKey(info, request.policy), dim: info.dim };
    return openSemanticHalf(parts, withVectors, { task: asked.task, model, exactness });
  };
  const [half, { vector, key, embedMs }, { keywords, keywordsMs }] = await Promise.all([
    semanticHalf(),
    queryVector(),
    keywordHalf(),
  ]);
  signal.throwIfAborted();
  // Another model was opened meanwhile: its vector does not belong to this index.
  if (key !== info.key) return searchCollections(parts, request, signal);

  const scanFromMs = performance.now();
  const semantic = vector && half && (await half.search(vector, depth, filter, signal));
  const scanMs = performance.now() - scanFromMs;

  const fuseFromMs = performance.now();
  const ranked =
    semantic && half ? await fuse(request, { semantic, keywords, half, vector }) : rankKeywords(keywords);
  const ordered = diversity > 0 && half ? await spread(half, ranked, diversity) : ranked;
  const hits = await readHits(storage, collectionIds, ordered.slice(0, request.limit), query.text);
  const endMs = performance.now();
  return {
    query,
    hits,
    wordsOnly,
    candidates: semantic && semantic.moments,
    notIndexed: half?.notIndexed ?? 0,
    notLoaded: half?.notLoaded ?? 0,
    exactness: semantic && half ? half.exactness : null,
    timings: { embedMs, scanMs, keywordsMs, fuseMs: endMs - fuseFromMs, totalMs: endMs - startedMs },
  };
}

function queryTextFor(encoder: EncoderPart, { query, policy, instruction: put }: SearchRequest): QueryText {
  const limit = limitFor(encoder.info, policy, "query");
  const countTokens = (text: string): number => encoder.countTokens([text])[0] ?? 0;
  const instruction = put === "none" ? "" : instructionOf(encoder.info.prefixes, put ?? query.task, "query");
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

interface Halves {
  readonly semantic: SemanticHits;
  readonly keywords: readonly KeywordHit[];
  readonly half: SemanticHalf;
  readonly vector: Float32Array;
}

async function fuse(
  { mode, fusion }: SearchRequest,
  { semantic, keywords, half, vector }: Halves,
): Promise<RankedHit[]> {
  if (mode === "semantic") return rankSemantic(semantic);
  if (fusion === "reciprocal-rank") return fuseReciprocalRank({ semantic, keywords });
  const near = new Set(semantic.ids);
  const others = keywords.map(({ passageId }) => passageId).filter((id) => !near.has(id));
  return fuseConvex({ semantic, keywords, cosines: await half.score(vector, others) });
}

/** Puts near-duplicates among the best behind what is unlike them. */
async function spread(
  half: SemanticHalf,
  ranked: readonly RankedHit[],
  diversity: number,
): Promise<RankedHit[]> {
  const best = ranked.slice(0, DIVERSITY_DEPTH);
  const vectors = await half.vectorsOf(best.map(({ id }) => id));
  return [...diversify({ ranked: best, vectors, diversity }), ...ranked.slice(DIVERSITY_DEPTH)];
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
