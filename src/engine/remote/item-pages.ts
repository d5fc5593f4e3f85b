import type { CorpusItem, Passage, Source, Storage } from "../../contract/index.ts";
import { itemId } from "./item-id.ts";

const PAGE = 500;

/** A passage as it is named everywhere, made from where it lies here. */
export function toCorpusItem(passage: Passage, source: Source): CorpusItem {
  const { ordinal, title, text, startUtf16, endUtf16, record } = passage;
  const { name, format, digest, total, tags, dateMs } = source;
  return {
    id: itemId(digest, ordinal, passage),
    source: { name, format, digest, total, tags, dateMs },
    ordinal,
    passage: { title, text, startUtf16, endUtf16, record },
  };
}

export interface PlacedItem {
  readonly item: CorpusItem;
  readonly passageId: number;
  readonly isEdited: boolean;
}

/** The stored passages of a collection, page by page, by source and place. */
export async function* itemPages(
  storage: Storage,
  collectionId: number,
): AsyncGenerator<readonly PlacedItem[]> {
  const sources = new Map((await storage.sources({ collectionId })).map((source) => [source.id, source]));
  for (let offset = 0; ; offset += PAGE) {
    const { passages } = await storage.listPassages({ collectionId, offset, limit: PAGE });
    yield passages.flatMap((passage) => {
      const source = sources.get(passage.sourceId);
      const { id: passageId, isEdited = false } = passage;
      return source ? [{ item: toCorpusItem(passage, source), passageId, isEdited }] : [];
    });
    if (passages.length < PAGE) return;
  }
}
