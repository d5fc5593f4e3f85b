import type {
  CorpusFilter,
  CorpusItem,
  CorpusReader,
  CorpusSource,
  Passage,
  SearchFilter,
  SegmentVectors,
  Source,
  Storage,
} from "../../contract/index.ts";
import { sourceTextOf } from "./source-text.ts";

/** Passages of a source that are cached together; a longer source is cached in parts, each a source of its own here. */
export const PART_PASSAGES = 1_000;

const SEPARATOR = "~";
/** No digest has the mark, nor has what storage makes of one (`#`) for a passage that stands apart. */
const PART = /^([^#~]+)~([1-9]\d*)$/;

/** What of a collection on a server lies here: whole sources, or parts of long ones, of which something was found. */
export interface Shelf {
  /** Ids here of passages there, by item id; fetches the parts that are not here. */
  passageIdsOf(items: readonly CorpusItem[], signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** The same conditions, in the words of what lies there. */
  filterOf(filter: SearchFilter): Promise<CorpusFilter>;
}

/** A source's digest there, and from which place on. */
export function partOf(digest: string): { readonly digest: string; readonly fromOrdinal: number } {
  const [, whole = digest, part = "0"] = PART.exec(digest) ?? [];
  return { digest: whole, fromOrdinal: Number(part) * PART_PASSAGES };
}

export const isPart = (digest: string): boolean => PART.test(digest);

export function createShelf(
  { storage, collectionId }: { readonly storage: Storage; readonly collectionId: number },
  store: CorpusReader,
): Shelf {
  /** Stores the part that an item is in, as it is there now. */
  async function fetchPart(name: string, item: CorpusItem, signal: AbortSignal): Promise<number> {
    const { digest, fromOrdinal } = partOf(name);
    const part = { digest, fromOrdinal, beforeOrdinal: fromOrdinal + PART_PASSAGES };
    const items = await store.itemsOf(part, { signal });
    // It was found a moment ago, and is gone from its part: taken as it was found.
    const all = items.some(({ id }) => id === item.id)
      ? items
      : [...items, item].sort((a, b) => a.ordinal - b.ordinal);
    return storeSource(storage, collectionId, { ...item.source, digest: name }, all);
  }

  /** The id here of a passage in a source that lies here; most often it is where it was there. */
  async function idIn(sourceId: number, { ordinal, passage }: CorpusItem): Promise<number | undefined> {
    const isIt = (one: Passage): boolean =>
      one.text === passage.text && one.startUtf16 === passage.startUtf16 && one.title === passage.title;
    const at = { collectionId, sourceId, offset: ordinal % PART_PASSAGES, limit: 1 };
    const [expected] = (await storage.listPassages(at)).passages;
    if (expected && isIt(expected)) return expected.id;
    const { passages } = await storage.listPassages({ ...at, offset: 0, limit: PART_PASSAGES });
    return passages.find(isIt)?.id;
  }

  return {
    async passageIdsOf(items, signal) {
      const here = new Map<string, number | Promise<number>>(
        (await storage.sources({ collectionId }))
          .filter(({ done, total }) => done === total)
          .map(({ digest, id }) => [digest, id]),
      );
      const found = await Promise.all(
        items.map(async (item) => {
          const name = partName(item);
          const source = here.get(name) ?? fetchPart(name, item, signal);
          here.set(name, source);
          return [item.id, await idIn(await source, item)] as const;
        }),
      );
      return new Map(
        found.flatMap(([id, passageId]) => (passageId === undefined ? [] : [[id, passageId] as const])),
      );
    },
    async filterOf({ sourceIds, passageIds, tags, fromMs, untilMs, beforeOrdinal }) {
      const sources = sourceIds || passageIds ? await storage.sources({ collectionId }) : [];
      const byId = new Map(sources.map((source) => [source.id, source]));
      const wanted = sourceIds?.flatMap((id) => byId.get(id) ?? []);
      const single = passageIds
        ? (await storage.readPassages({ ids: [...passageIds] })).flatMap(({ sourceId, ordinal }) => {
            const source = byId.get(sourceId);
            if (!source || (sourceIds && !sourceIds.includes(sourceId))) return [];
            const { digest, fromOrdinal } = partOf(source.digest);
            return [{ digest, fromOrdinal: fromOrdinal + ordinal, beforeOrdinal: fromOrdinal + ordinal + 1 }];
          })
        : undefined;
      const parts = single ?? wanted?.map((source) => narrowedPart(source, beforeOrdinal));
      return {
        ...(parts && { sources: parts }),
        ...(tags && { tags }),
        ...(fromMs !== undefined && { fromMs }),
        ...(untilMs !== undefined && { untilMs }),
        // Within named sources the place is counted from where each part begins here.
        ...(beforeOrdinal !== undefined && !wanted && { beforeOrdinal }),
      };
    },
  };
}

/** In a long text one asks for what comes before a place of a part; what comes before the part is before it too. */
function narrowedPart(source: Source, beforeOrdinal: number | undefined) {
  const { digest, fromOrdinal } = partOf(source.digest);
  return { digest, ...(beforeOrdinal !== undefined && { beforeOrdinal: fromOrdinal + beforeOrdinal }) };
}

function partName({ source: { digest }, ordinal }: CorpusItem): string {
  const place = Math.floor(ordinal / PART_PASSAGES);
  return place === 0 ? digest : `${digest}${SEPARATOR}${place}`;
}

/** Stores a source whose passages came from a server, and its vectors where they came along; what is here stays. */
export async function storeSource(
  storage: Storage,
  collectionId: number,
  source: CorpusSource,
  items: readonly CorpusItem[],
  segments: readonly SegmentVectors[] = [],
): Promise<number> {
  const passages = items.map(({ passage }) => passage);
  const { name, format, digest, dateMs, tags } = source;
  const text = sourceTextOf(passages);
  const total = items.length;
  const added = await storage.addSource({ collectionId, name, format, digest, text, total, dateMs });
  const { id: sourceId, done } = added.source;
  if (!added.unchanged && tags.length > 0) await storage.tagSource({ sourceId, tags });
  // Where the tab was closed between the two steps, the passages are still to come.
  if (done === 0 && total > 0)
    await storage.appendPassages({ sourceId, firstOrdinal: 0, passages, segments });
  return sourceId;
}
