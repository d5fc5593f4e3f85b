import { createTurns, type Turns } from "../../base/turns.ts";
import {
  SextantError,
  type ModelInfo,
  type Policy,
  type RemoteLink,
  type SearchRequest,
  type TaskId,
} from "../../contract/index.ts";
import { openChroma, requireSameMake } from "../../remote/index.ts";
import { vectorKey } from "../vector-key.ts";
import type { Links } from "./links.ts";
import type { RemoteCorpus } from "./remote-query.ts";

/** Vectors that the distribution of all cosines is judged by. */
const SAMPLE = 256;
/** How long a count and a sample stand for the collection. */
const FRESH_MS = 60_000;

/** Opens collections that live on servers, and keeps them open. */
export interface RemoteCorpora {
  /** Those of the collections that live on a server. Throws: `remote/other-model`, `remote/*`. */
  open(
    collectionIds: readonly number[],
    request: Pick<SearchRequest, "mode"> & {
      readonly task: TaskId;
      readonly policy: Policy;
      readonly model: ModelInfo;
    },
    signal: AbortSignal,
  ): Promise<readonly RemoteCorpus[]>;
  forget(collectionId: number): void;
  /** Of all that stores passages of a collection that has a place on a server. */
  turnsOf(collectionId: number): Turns;
}

export function createRemoteCorpora(links: Links): RemoteCorpora {
  interface Opened {
    readonly untilMs: number;
    readonly corpus: RemoteCorpus;
    readonly key: string | undefined;
  }
  const opened = new Map<number, Opened>();
  const turns = new Map<number, Turns>();

  function turnsOf(collectionId: number): Turns {
    const known = turns.get(collectionId) ?? createTurns();
    turns.set(collectionId, known);
    return known;
  }

  async function corpusOf(link: RemoteLink, signal: AbortSignal): Promise<RemoteCorpus> {
    const { collectionId, remoteName, server } = link;
    const access = links.accessTo(server);
    const before = opened.get(collectionId);
    const known = before?.key === access.key ? before : undefined;
    if (known && known.untilMs > Date.now()) return known.corpus;
    const chroma = openChroma(access);
    const store = known?.corpus.store ?? (await chroma.open(remoteName, signal));
    const [passages, sample] = await Promise.all([store.count({ signal }), store.sample(SAMPLE, { signal })]);
    const { host } = chroma;
    const corpus = { collectionId, host, store, turns: turnsOf(collectionId), passages, sample };
    opened.set(collectionId, { untilMs: Date.now() + FRESH_MS, corpus, key: access.key });
    return corpus;
  }

  return {
    async open(collectionIds, { mode, task, policy, model }, signal) {
      const found = await Promise.all(collectionIds.map((id) => links.of(id)));
      const remote = found.filter((link) => link?.mode === "remote").filter((link) => link !== null);
      return Promise.all(
        remote.map(async (link) => {
          const corpus = await corpusOf(link, signal).catch((error: unknown) => {
            opened.delete(link.collectionId);
            throw error;
          });
          const { make } = corpus.store;
          if (mode !== "keywords") {
            const wanted = { task, kind: make.kind, modelKey: vectorKey(model, policy), dim: model.dim };
            requireSameMake(make, wanted, link.remoteName);
          }
          return corpus;
        }),
      );
    },
    forget: (collectionId) => void opened.delete(collectionId),
    turnsOf,
  };
}

/** What is only found there can be neither added to nor taken from here. */
export function livesElsewhere(link: RemoteLink): SextantError {
  return new SextantError(
    "engine/invalid-input",
    `This collection lives on ${new URL(link.server.url).host}: pull a copy of it to change it here, or change it where it was pushed from.`,
    { collectionId: link.collectionId },
  );
}
