import type { SearchRequest, Storage } from "../contract/index.ts";
import type { Corpora } from "./corpora.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { vectorKey } from "./vector-key.ts";

export interface ReadAheadParts {
  readonly storage: Pick<Storage, "indexes">;
  readonly host: Pick<EncoderHost, "coming">;
  readonly corpora: Pick<Corpora, "load">;
}

/**
 * Reads the vectors that a search will want while its model is being opened: after a start or a takeover it would wait for
 * one after the other. Nothing is made for it; what is missing or fails is the search's to tell.
 */
export async function readAhead(
  { storage, host, corpora }: ReadAheadParts,
  { collectionIds, query: { task }, mode, policy, exactness }: SearchRequest,
): Promise<void> {
  if (mode === "keywords") return;
  const model = await host.coming();
  if (!model) return;
  const key = vectorKey(model, policy);
  for (const collectionId of collectionIds) {
    const indexes = await storage.indexes({ collectionId });
    const isThere = indexes.some((one) => one.task === task && one.modelKey === key && one.present > 0);
    if (isThere) await corpora.load({ collectionId, task, model: { key, dim: model.dim }, exactness });
  }
}
