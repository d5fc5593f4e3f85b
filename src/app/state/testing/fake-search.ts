import {
  SextantError,
  type Contribution,
  type FeedbackMark,
  type Hit,
  type ModelInfo,
  type Passage,
  type SearchRequest,
  type SearchResult,
  type Source,
} from "../../../contract/index.ts";
import { isOf, queryWords, wordsOf } from "./fake-records.ts";

interface FakeMaterial {
  readonly sources: readonly { readonly source: Source; readonly text: string }[];
  readonly passages: readonly Passage[];
  readonly judged: readonly FeedbackMark[];
  readonly model: () => ModelInfo;
}

/** Search for tests: a cosine is the share of the query's words that a passage has. */
export function createFakeSearch({ sources, passages, judged, model }: FakeMaterial) {
  function hitsOf(request: SearchRequest): { readonly hits: Hit[]; readonly cosines: number[] } {
    const { filter = {}, mode } = request;
    if (model().dim === 0 && mode !== "keywords")
      throw new SextantError("search/no-vectors", "BM25 has no vectors: search by keywords.");
    const asking = queryWords(request.query);
    const asked = new Set(wordsOf(asking));
    const candidates = passages.filter(
      (passage) =>
        request.collectionIds.includes(passage.collectionId) &&
        (filter.sourceIds?.includes(passage.sourceId) ?? true) &&
        (filter.passageIds?.includes(passage.id) ?? true) &&
        isOf(sources.find(({ source }) => source.id === passage.sourceId)?.source, filter) &&
        passage.ordinal < (filter.beforeOrdinal ?? Number.POSITIVE_INFINITY) &&
        passage.id !== filter.excludeId,
    );
    const scored = candidates.map((passage) => {
      const marks: [number, number][] = [];
      for (const match of passage.text.matchAll(/[\p{L}\p{N}]+/gu))
        if (asked.has(match[0].toLowerCase())) marks.push([match.index, match.index + match[0].length]);
      const shared = new Set(marks.map(([from, to]) => passage.text.slice(from, to).toLowerCase())).size;
      return { passage, marks, shared, cosine: 0.35 + 0.55 * (shared / Math.max(1, asked.size)) };
    });
    const part = (raw: number, rank: number, share: number): Contribution => ({ raw, rank, share });
    const kept = scored.filter(({ shared }) => mode === "semantic" || shared > 0);
    const hits = kept
      .toSorted((a, b) => b.shared - a.shared || a.passage.id - b.passage.id)
      .slice(0, request.limit)
      .map(({ passage, marks, shared, cosine }, place): Hit => {
        const semantic = mode === "keywords" ? null : part(cosine, place + 1, cosine - 0.4);
        const keywords =
          mode === "semantic" || shared === 0 ? null : part(shared * 1.7, place + 1, shared / 8);
        return {
          passage,
          sourceName: sources.find(({ source }) => source.id === passage.sourceId)?.source.name ?? "",
          score: (semantic?.share ?? 0) + (keywords?.share ?? 0),
          semantic,
          keywords,
          marks: mode === "semantic" ? [] : marks,
          snippet: { start: 0, end: passage.text.length },
          mark:
            judged.find(({ query, passageId }) => query === asking && passageId === passage.id)?.mark ?? null,
          spread: request.diversity === undefined ? null : { rankByScore: place + 1, likeness: 0 },
          continuation:
            passages.find(
              (one) => one.sourceId === passage.sourceId && one.ordinal === passage.ordinal + 1,
            ) ?? null,
        };
      });
    return { hits, cosines: scored.map(({ cosine }) => cosine) };
  }

  return (request: SearchRequest): SearchResult => {
    const { hits, cosines } = hitsOf(request);
    const count = cosines.length;
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, count);
    const variance = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) / Math.max(1, count);
    const text = queryWords(request.query);
    return {
      query: {
        text,
        instruction: "Represent this query for retrieving relevant documents: ",
        lengthTokens: wordsOf(text).length + 12,
        limitTokens: 256,
        turnsKept: request.query.task === "convsearch" ? request.query.turns.length : 0,
        turnsCut: 0,
        truncated: false,
      },
      hits,
      encodedBy: request.mode === "keywords" ? null : "full",
      wordsOnly: [],
      candidates:
        request.mode === "keywords" || count === 0 ? null : { count, mean, deviation: Math.sqrt(variance) },
      histogram: null,
      notIndexed: 0,
      notLoaded: 0,
      exactness: request.mode === "keywords" ? null : { used: "exact", why: "asked" },
      timings: {
        totalMs: 10.7,
        steps: [
          { step: "embed", fromMs: 0.2, tookMs: 9.1 },
          { step: "keywords", fromMs: 0.2, tookMs: 0.6 },
          { step: "scan", fromMs: 9.3, tookMs: 0.8 },
          { step: "fuse", fromMs: 10.1, tookMs: 0.2 },
        ],
      },
    };
  };
}
