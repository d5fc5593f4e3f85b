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
}

export function createRemoteCorpora(links: Links): RemoteCorpora {
  const opened = new Map<number, { readonly untilMs: number; readonly corpus: RemoteCorpus }>();

  async function corpusOf(link: RemoteLink, signal: AbortSignal): Promise<RemoteCorpus> {
    const { collectionId, remoteName, server } = link;
    const known = opened.get(collectionId);
    if (known && known.untilMs > Date.now()) return known.corpus;
    const chroma = openChroma(links.accessTo(server));
    const store = known?.corpus.store ?? (await chroma.open(remoteName, signal));
    const [passages, sample] = await Promise.all([store.count({ signal }), store.sample(SAMPLE, { signal })]);
    const corpus = { collectionId, host: chroma.host, store, passages, sample };
    opened.set(collectionId, { untilMs: Date.now() + FRESH_MS, corpus });
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
  };
}

/** What is only found there cannot be put into here. */
export function livesElsewhere(link: RemoteLink): SextantError {
  return new SextantError(
    "engine/invalid-input",
    `This collection lives on ${new URL(link.server.url).host}: pull a copy of it to add to it here, or add to it where it was pushed from.`,
    { collectionId: link.collectionId },
  );
}
