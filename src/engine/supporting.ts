import {
  citedSentences,
  closestOfUnrelated,
  cutoffOf,
  passageSentences,
  supportOf,
  type PassageSentence,
  type Rows,
} from "../answer/index.ts";
import type { AnswerCheck, CheckRequest, Cutoff, ModelInfo, Passage, Storage } from "../contract/index.ts";
import { guessLanguage } from "../rank/index.ts";
import { instructionOf } from "../tasks/index.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";

/** Compares an answer with its sources, and knows what closeness means in a collection. */
export interface Supporting {
  check(request: CheckRequest, signal: AbortSignal): Promise<AnswerCheck>;
}

/** Passages that a collection's cut-off is measured on, and sentences of each. */
const SAMPLE = 40;
const SENTENCES = 4;

/** Sentences of fewer tokens, such as “Yes.”, say nothing that could be compared. */
const LEAST_TOKENS = 4;

/** An answer is compared as far as here. */
const MOST_SENTENCES = 300;

/** Claims about anything else, for collections that are too small to hold passages from elsewhere. */
const ELSEWHERE = [
  "The ferry to the island leaves at nine in the morning and comes back at six.",
  "She planted two rows of carrots behind the old greenhouse last spring.",
  "The council voted against the new parking rules by seven votes to five.",
  "Most volcanoes of that chain have been quiet for more than ten thousand years.",
  "He repaired the accordion with a piece of leather and some glue.",
  "The recipe asks for three eggs, a pinch of salt and a cup of flour.",
  "Their second album sold twice as many copies as the first one.",
  "The goalkeeper was injured and missed the last four matches of the season.",
  "A loan of that size is paid back within fifteen years at a fixed rate.",
  "The bridge was closed for the winter because of ice on its cables.",
  "Her grandmother kept bees on the roof of a hotel for thirty years.",
  "The comet will be seen without a telescope until the end of the month.",
  "A tailor measured the sleeves twice before he cut the velvet.",
  "Turn left after the petrol station and follow the river for a mile.",
  "The museum lends its oldest map to nobody since the fire.",
  "Two nurses work on that ward at night and four during the day.",
  "The tenor caught a cold, so the opera was sung by his brother.",
  "Prices of copper fell for the third week in a row.",
  "The goats are milked at five and led to the upper meadow afterwards.",
  "He won the chess tournament without losing a single game.",
  "The library stays open on Sundays during the examinations.",
  "A crack ran along the hull just above the waterline.",
  "The treaty was signed in a railway carriage by three ministers.",
  "Wet clay has to rest before it is put on the potter’s wheel.",
  "The puppy chewed both slippers and the corner of a carpet.",
  "Snow had blocked the pass, and the bus turned back.",
  "She paints her nails green on the first day of every term.",
  "The judge postponed the trial because a witness was abroad.",
  "Old radios hum when their capacitors dry out.",
  "The desert fox hears insects that crawl under the sand.",
];

export function createSupporting({
  storage,
  host,
}: {
  readonly storage: Storage;
  readonly host: EncoderHost;
}): Supporting {
  const cutoffs = new Map<string, Promise<Cutoff | null>>();

  async function embed(
    info: ModelInfo,
    texts: readonly string[],
    urgency: "now" | "later",
    signal?: AbortSignal,
  ): Promise<Rows> {
    const instruction = instructionOf(info.prefixes, "qa", "key");
    const limitTokens = limitFor(info, "use", "key");
    const { vectors, key } = await host.encode(
      texts.map((text) => instruction + text),
      { limitTokens, urgency, ...(signal && { signal }) },
    );
    if (key !== info.key) throw new Exchanged();
    return { dim: info.dim, vectors };
  }

  async function sampleOf(collectionIds: readonly number[]): Promise<Passage[]> {
    const found: Passage[] = [];
    for (const collectionId of collectionIds) {
      const { total } = await storage.listPassages({ collectionId, offset: 0, limit: 1 });
      const count = Math.min(total, Math.ceil(SAMPLE / collectionIds.length));
      for (let i = 0; i < count; i++) {
        const offset = Math.floor(((i + 0.5) * total) / count);
        found.push(...(await storage.listPassages({ collectionId, offset, limit: 1 })).passages);
      }
    }
    return found;
  }

  /** How close a collection's passages come to sentences from elsewhere in it. */
  async function measure(collectionIds: readonly number[], info: ModelInfo): Promise<Cutoff | null> {
    const sample = await sampleOf(collectionIds);
    const manySources = new Set(sample.map(({ sourceId }) => sourceId)).size > 1;
    const sentences = sample.flatMap(({ text }, passage) =>
      passageSentences([text])
        .slice(0, SENTENCES)
        .map((sentence) => ({ ...sentence, passage })),
    );
    const own = sample.map((_, passage) => longestOf(sentences.filter((one) => one.passage === passage)));
    const claims = [...own.map((sentence) => sentence?.text ?? ""), ...ELSEWHERE];
    const rows = await embed(info, [...claims, ...sentences.map(({ text }) => text)], "later");
    const cut = claims.length * info.dim;
    return cutoffOf(
      closestOfUnrelated({
        claims: { dim: info.dim, vectors: rows.vectors.subarray(0, cut) },
        sentences,
        keys: { dim: info.dim, vectors: rows.vectors.subarray(cut) },
        isUnrelated(claim, passage) {
          if (claim >= own.length) return true;
          if (own[claim] === undefined || claim === passage) return false;
          return !manySources || sample[claim]?.sourceId !== sample[passage]?.sourceId;
        },
      }),
    );
  }

  async function cutoffFor(
    collectionIds: readonly number[],
    info: ModelInfo,
    signal: AbortSignal,
  ): Promise<Cutoff | null> {
    const sizes = await Promise.all(
      collectionIds.map((collectionId) => storage.listPassages({ collectionId, offset: 0, limit: 1 })),
    );
    // What doubles in size may have become another collection.
    const steps = sizes.map(({ total }) => Math.ceil(Math.log2(total + 1)));
    const name = JSON.stringify([info.key, collectionIds, steps]);
    const known = cutoffs.get(name) ?? measure(collectionIds, info);
    cutoffs.set(name, known);
    known.catch(() => cutoffs.delete(name));
    const cutoff = await known;
    signal.throwIfAborted();
    return cutoff;
  }

  async function compare(
    { text, passageIds }: CheckRequest,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): Promise<AnswerCheck> {
    const { encoder } = await host.current();
    const { info } = encoder;
    const cited = citedSentences(text, passageIds.length);
    const unchecked: AnswerCheck = {
      sentences: cited.map((sentence) => ({ ...sentence, closest: null, isClose: null })),
      cutoff: null,
    };
    const here = new Map(passages.map((passage) => [passage.id, passage.text]));
    const sentences = passageSentences(passageIds.map((id) => here.get(id) ?? ""));
    if (info.dim === 0 || sentences.length === 0 || !reads(info, text)) return unchecked;
    const enough = encoder
      .countTokens(cited.slice(0, MOST_SENTENCES).map((sentence) => sentence.text))
      .map((tokens) => tokens >= LEAST_TOKENS);
    const compared = cited.filter((_, i) => enough[i]);
    if (compared.length === 0) return unchecked;
    const collectionIds = [...new Set(passages.map(({ collectionId }) => collectionId))];
    collectionIds.sort((a, b) => a - b);
    const cutoff = await cutoffFor(collectionIds, info, signal);
    const textOf = (one: { readonly text: string }): string => one.text;
    const claims = await embed(info, compared.map(textOf), "now", signal);
    const keys = await embed(info, sentences.map(textOf), "now", signal);
    const checked = supportOf({ cited: compared, claims, sentences, keys, cutoff });
    const byStart = new Map(checked.map((sentence) => [sentence.start, sentence]));
    return { cutoff, sentences: unchecked.sentences.map((one) => byStart.get(one.start) ?? one) };
  }

  return {
    async check(request, signal) {
      const passages = await storage.readPassages({ ids: [...new Set(request.passageIds)] });
      for (;;) {
        try {
          return await compare(request, passages, signal);
        } catch (error) {
          if (!(error instanceof Exchanged)) throw error;
        }
      }
    },
  };
}

/** The sentence that says most: “Thank you.” is said everywhere. */
function longestOf(sentences: readonly PassageSentence[]): PassageSentence | undefined {
  return sentences.toSorted((a, b) => b.text.length - a.text.length)[0];
}

/** Another model was opened in the middle: vectors of two models have nothing in common. */
class Exchanged extends Error {}

function reads({ languages }: ModelInfo, text: string): boolean {
  if (languages.length === 0 || languages.includes("any")) return true;
  const guess = guessLanguage(text);
  return guess === null || guess.codes.some((code) => languages.includes(code));
}
