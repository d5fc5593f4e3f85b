import { dot } from "../base/dot.ts";
import type { PassageSentences, SentencesRequest, Storage } from "../contract/index.ts";
import { markWords } from "../rank/index.ts";
import { instructionOf } from "../tasks/index.ts";
import type { Corpora } from "./corpora.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";
import { sentencesOfPassage } from "./passage-sentences.ts";
import { queryTextFor } from "./query-text.ts";
import { vectorKey } from "./vector-key.ts";

/** Sentences of all passages together; what is beyond has no score. */
const MOST_SENTENCES = 400;

export interface SentenceParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly corpora: Corpora;
}

/**
 * Scores the sentences of passages against a query as the model encodes it, in one batch behind every search.
 *
 * Units: deviations are those of the collection's sampled passages under the same query.
 */
export async function scoreSentences(
  parts: SentenceParts,
  request: SentencesRequest,
  signal: AbortSignal,
): Promise<readonly PassageSentences[]> {
  const { storage, host, corpora } = parts;
  const { query, policy } = request;
  const { encoder } = await host.current();
  const { info } = encoder;
  if (info.dim === 0) return [];
  const passages = await storage.readPassages({ ids: request.passageIds });
  const sentences = passages
    .flatMap(({ text }, passage) =>
      sentencesOfPassage(text).map((span) => ({ ...span, passage, text: text.slice(span.start, span.end) })),
    )
    .slice(0, MOST_SENTENCES);
  if (sentences.length === 0) return [];

  const asked = queryTextFor(encoder, { query, policy });
  const keyInstruction = instructionOf(info.prefixes, query.task, "key");
  const texts = [asked.instruction + asked.text, ...sentences.map(({ text }) => keyInstruction + text)];
  const limitTokens = Math.max(asked.limitTokens, limitFor(info, policy, "key"));
  const { vectors, key } = await host.encode(texts, { limitTokens, urgency: "later", signal });
  signal.throwIfAborted();
  if (key !== info.key) return scoreSentences(parts, request, signal);
  const vectorAt = (row: number) => vectors.subarray(row * info.dim, (row + 1) * info.dim);

  const collectionIds = new Set(passages.map(({ collectionId }) => collectionId));
  const telling = await Promise.all(
    [...collectionIds].map((collectionId) => storage.tellingWords({ collectionId, query: asked.text })),
  );
  const words = [...new Set(telling.flat())];
  const model = { key: vectorKey(info, policy), dim: info.dim };
  const usual = new Map<number, { readonly mean: number; readonly deviation: number }>();
  for (const collectionId of collectionIds) {
    const { sample } = await corpora.load({ collectionId, task: query.task, model });
    usual.set(collectionId, momentsOf(sample.score(vectorAt(0))));
  }
  return passages.map(({ id, collectionId }, place) => ({
    passageId: id,
    sentences: sentences.flatMap(({ passage, start, end, text }, i) => {
      if (passage !== place) return [];
      const raw = dot(vectorAt(0), 0, vectorAt(i + 1));
      const { mean = 0, deviation = 0 } = usual.get(collectionId) ?? {};
      const standard = deviation > 0 ? (raw - mean) / deviation : 0;
      return [{ start, end, raw, standard, words: partOf(words, text) }];
    }),
  }));
}

/** The part of words that is in a sentence, 0 to 1. */
function partOf(words: readonly string[], sentence: string): number {
  const found = words.filter((word) => markWords(sentence, word).length > 0);
  return found.length / Math.max(1, words.length);
}

function momentsOf(scores: Float32Array): { readonly mean: number; readonly deviation: number } {
  const count = Math.max(1, scores.length);
  const mean = scores.reduce((sum, score) => sum + score, 0) / count;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / count;
  return { mean, deviation: Math.sqrt(variance) };
}
