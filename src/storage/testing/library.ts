import type { Collection, PassageDraft, Storage, VectorIndex } from "../../contract/index.ts";
import { rows } from "./drafts.ts";

/** A storage with one collection and one index of two dimensions. */
export type Library = Awaited<ReturnType<typeof openLibrary>>;

export async function openLibrary(storage: Storage) {
  const collection: Collection = await storage.createCollection({ name: "notes", kind: "document" });
  const openIndex = (modelKey: string): Promise<VectorIndex> =>
    storage.openIndex({ collectionId: collection.id, task: "qa", modelKey, dim: 2 });

  /** A finished source; vectors are numbered from `from` on. */
  async function fill(name: string, passages: readonly PassageDraft[], from = 0) {
    const given = { name, format: "text/1", digest: `digest of ${name}`, text: `text of ${name}` };
    const input = { ...given, collectionId: collection.id, total: passages.length };
    const { source } = await storage.addSource(input);
    const segments = [{ indexId: index.id, vectors: rows(passages.length, 2, from) }];
    const batch = { sourceId: source.id, firstOrdinal: 0, passages, segments };
    return { source, input, ids: [...(await storage.appendPassages(batch)).passageIds] };
  }

  const find = async (query: string) => storage.keywords({ collectionIds: [collection.id], query, limit: 9 });

  const vectorsOf = async (passageIds: readonly number[]) => [
    ...(await storage.readVectors({ indexId: index.id, passageIds })),
  ];

  /** All that a search can meet, in the order that it is read in. */
  async function loaded(afterId = 0) {
    const segments = await storage.readSegments({ indexId: index.id, afterId, limit: 99 });
    return segments.map(({ id, passageIds, vectors }) => ({
      id,
      passageIds: [...passageIds],
      vectors: [...vectors],
    }));
  }
  const index = await openIndex("mini");

  return { collection, index, openIndex, fill, find, vectorsOf, loaded };
}
