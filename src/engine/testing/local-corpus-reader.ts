import { fromHalf } from "../../base/half.ts";
import type {
  CorpusFilter,
  CorpusItem,
  CorpusMake,
  CorpusReader,
  SearchFilter,
  Storage,
} from "../../contract/index.ts";
import type { Corpora } from "../corpora.ts";
import { itemPages, toCorpusItem } from "../remote/item-pages.ts";
import { rowFilter } from "../semantic-half.ts";

type Place = Pick<CorpusItem, "source" | "ordinal">;

export interface LocalCorpus {
  readonly storage: Storage;
  readonly corpora: Corpora;
  readonly collectionId: number;
  readonly make: CorpusMake;
}

/**
 * A local collection as it stands now, in the words that it shares with a remote one: what a server's answers are compared
 * with. Cost: reads every passage once.
 */
export async function openLocalCorpus({
  storage,
  corpora,
  collectionId,
  make,
}: LocalCorpus): Promise<CorpusReader> {
  const { task, modelKey, dim } = make;
  const { id: indexId } = await storage.openIndex({ collectionId, task, modelKey, dim });
  const sources = await storage.sources({ collectionId });
  const places = new Map<
    string,
    { readonly passageId: number; readonly item: Pick<CorpusItem, "source" | "ordinal"> }
  >();
  for await (const page of itemPages(storage, collectionId))
    for (const { item, passageId } of page)
      places.set(item.id, { passageId, item: { source: item.source, ordinal: item.ordinal } });

  const itemsOf = async (passageIds: readonly number[]): Promise<readonly CorpusItem[]> => {
    const passages = await storage.readPassages({ ids: passageIds });
    return passages.flatMap((passage) => {
      const source = sources.find(({ id }) => id === passage.sourceId);
      return source ? [toCorpusItem(passage, source)] : [];
    });
  };

  /** Storage knows sources by id, and no place that a part of one begins at. */
  const narrowed = ({ sources: parts, ...rest }: CorpusFilter = {}): SearchFilter => {
    if (!parts) return rest;
    const isIn = ({ source, ordinal }: Place): boolean =>
      parts.some(
        ({ digest, fromOrdinal = 0, beforeOrdinal = Infinity }) =>
          source.digest === digest && ordinal >= fromOrdinal && ordinal < beforeOrdinal,
      );
    const passageIds = [...places.values()]
      .filter(({ item }) => isIn(item))
      .map(({ passageId }) => passageId);
    return { ...rest, passageIds };
  };

  return {
    make,
    async count({ signal } = {}) {
      signal?.throwIfAborted();
      return places.size;
    },
    async *ids({ signal } = {}) {
      signal?.throwIfAborted();
      yield [...places.keys()];
    },
    async present(ids, { signal } = {}) {
      signal?.throwIfAborted();
      return new Set(ids.filter((id) => places.has(id)));
    },
    async read(ids, { signal } = {}) {
      const passageIds = ids.flatMap((id) => places.get(id)?.passageId ?? []);
      const items = await itemsOf(passageIds);
      const vectors = fromHalf(await storage.readVectors({ indexId, passageIds }));
      signal?.throwIfAborted();
      return items.map((item, i) => ({ item, vector: vectors.slice(i * dim, (i + 1) * dim) }));
    },
    async nearest({ vector, limit, filter }, { signal } = {}) {
      const { set } = await corpora.load({ collectionId, task, model: { key: modelKey, dim } });
      const rows = await rowFilter(storage, collectionId, narrowed(filter));
      const hits = await set.search(vector, limit, rows, signal);
      const items = await itemsOf([...hits.ids]);
      return items.map((item, i) => ({ item, score: hits.scores[i] ?? 0 }));
    },
    async containing({ words, limit, filter }, { signal } = {}) {
      const found = new Set<number>();
      for (const word of words) {
        const asked = { collectionIds: [collectionId], query: word, limit, filter: narrowed(filter) };
        for (const { passageId } of await storage.keywords(asked)) found.add(passageId);
        signal?.throwIfAborted();
      }
      return (await itemsOf([...found])).map((item) => ({ item, score: null }));
    },
    async itemsOf({ digest, fromOrdinal, beforeOrdinal }, { signal } = {}) {
      signal?.throwIfAborted();
      const isIn = ({ source, ordinal }: Place): boolean =>
        source.digest === digest && ordinal >= fromOrdinal && ordinal < beforeOrdinal;
      const own = [...places.values()].filter(({ item }) => isIn(item));
      return itemsOf(own.map(({ passageId }) => passageId));
    },
    async sample(limit, { signal } = {}) {
      signal?.throwIfAborted();
      const ids = [...places.values()].map(({ passageId }) => passageId);
      const step = Math.max(1, ids.length / limit);
      const passageIds = Array.from(
        { length: Math.min(limit, ids.length) },
        (_, i) => ids[Math.floor(i * step)] ?? -1,
      );
      const vectors = fromHalf(await storage.readVectors({ indexId, passageIds }));
      return passageIds.map((_, i) => vectors.slice(i * dim, (i + 1) * dim));
    },
  };
}
