import { fromHalf } from "../../base/half.ts";
import type { Storage } from "../../contract/index.ts";
import { itemPages } from "./item-pages.ts";
import type { PushSource } from "./push-corpus.ts";

/** What is pushed of a collection here: all of it, with vectors that are there already. */
export function collectionPushSource(
  storage: Storage,
  {
    collectionId,
    indexId,
    dim,
    total,
  }: {
    readonly collectionId: number;
    readonly indexId: number;
    readonly dim: number;
    readonly total: number;
  },
): PushSource {
  const passageIds = new Map<string, number>();
  return {
    total,
    async *batches(signal) {
      for await (const page of itemPages(storage, collectionId)) {
        signal.throwIfAborted();
        for (const { item, passageId } of page) passageIds.set(item.id, passageId);
        if (page.length > 0) yield page.map(({ item }) => item);
      }
    },
    async vectorsOf(items) {
      const ids = items.map(({ id }) => passageIds.get(id) ?? -1);
      const vectors = fromHalf(await storage.readVectors({ indexId, passageIds: ids }));
      return items.map((_, i) => vectors.subarray(i * dim, (i + 1) * dim));
    },
  };
}
