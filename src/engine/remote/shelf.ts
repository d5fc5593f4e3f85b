import type { Turns } from "../../base/turns.ts";
import type {
  CorpusFilter,
  CorpusItem,
  CorpusReader,
  Passage,
  SearchFilter,
  Source,
  Storage,
} from "../../contract/index.ts";
import { PART_PASSAGES, partName, partOf } from "./cached-parts.ts";
import { matchHere } from "./pulled-before.ts";
import { sourceTextOf } from "./source-text.ts";
import { keepPulledSource } from "./keep-pulled-source.ts";

/** What of a collection on a server lies here: whole sources, or parts of long ones, of which something was found. */
export interface Shelf {
  /** Ids here of passages there, by item id; fetches the parts that are not here. */
  passageIdsOf(items: readonly CorpusItem[], signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** Which of these items passages here are: ids here by item id. Fetches nothing. */
  foundAs(passageIds: readonly number[], items: readonly CorpusItem[]): Promise<ReadonlyMap<string, number>>;
  /** The same conditions, in the words of what lies there. */
  filterOf(filter: SearchFilter): Promise<CorpusFilter>;
}

export interface ShelfPlace {
  readonly storage: Storage;
  readonly collectionId: number;
  /** Of all that stores passages of this collection here: overlapping searches would store the same twice. */
  readonly turns: Turns;
}

export function createShelf(
  { storage, collectionId, turns }: ShelfPlace,
  store: Pick<CorpusReader, "itemsOf">,
): Shelf {
  /** The part that an item is in, as it is there now. */
  async function askPart(
    name: string,
    item: CorpusItem,
    signal: AbortSignal,
    most = PART_PASSAGES,
  ): Promise<CorpusItem[]> {
    const { digest, fromOrdinal } = partOf(name);
    const part = { digest, fromOrdinal, beforeOrdinal: fromOrdinal + most };
    const items = await store.itemsOf(part, { signal });
    // It was found a moment ago, and is gone from its part: taken as it was found.
    if (items.some(({ id }) => id === item.id)) return [...items];
    return [...items, item].sort((a, b) => a.ordinal - b.ordinal);
  }

  /** A part that was cached while its source was being pushed, or before it was cut anew. */
  async function renewPart(source: Source, item: CorpusItem, signal: AbortSignal): Promise<Source> {
    const items = await askPart(source.digest, item, signal, Math.max(PART_PASSAGES, source.total));
    const matched = await matchHere(storage, collectionId, [source], items, true);
    if (!matched) return source;
    const passages = items.map((one) => one.passage);
    const { sourceIds, kept } = matched;
    const { name, tags, digest } = source;
    const renewed = { ...item.source, name, tags, digest, text: sourceTextOf(passages) };
    return storage.replaceSources({ sourceIds, kept, source: renewed, passages, segments: [] });
  }

  /** The id here of a passage in a source that lies here; most often it is where it was there. */
  async function idIn(
    { id: sourceId, digest, total }: Source,
    { ordinal, passage }: CorpusItem,
  ): Promise<number | undefined> {
    const isIt = (one: Passage): boolean => isSame(one, passage);
    const offset = ordinal - partOf(digest).fromOrdinal;
    const [expected] = (await storage.listPassages({ collectionId, sourceId, offset, limit: 1 })).passages;
    if (expected && isIt(expected)) return expected.id;
    const { passages } = await storage.listPassages({ collectionId, sourceId, offset: 0, limit: total });
    return passages.find(isIt)?.id;
  }

  async function passageIdsOf(items: readonly CorpusItem[], signal: AbortSignal) {
    const here = new Map<string, Source>(
      (await storage.sources({ collectionId }))
        .filter(({ done, total }) => done === total)
        .map((source) => [source.digest, source]),
    );
    const nameOf = (item: CorpusItem): string => {
      const { digest, total } = item.source;
      const whole = here.get(digest);
      return whole && whole.total >= total ? digest : partName(item);
    };
    const named = items.map((item) => ({ item, name: nameOf(item) }));
    const missing = new Map(
      named.flatMap(({ item, name }) => (here.has(name) ? [] : [[name, item] as const])),
    );
    const asked = await Promise.all(
      [...missing].map(async ([name, item]) => ({ name, item, part: await askPart(name, item, signal) })),
    );
    for (const { name, item, part } of asked)
      here.set(name, await keepPulledSource(storage, collectionId, { ...item.source, digest: name }, part));

    const found = new Map<string, number>();
    for (const { item, name } of named) {
      const source = here.get(name);
      if (!source) continue;
      let passageId = await idIn(source, item);
      if (passageId === undefined) {
        const renewed = await renewPart(source, item, signal);
        here.set(name, renewed);
        passageId = await idIn(renewed, item);
      }
      if (passageId !== undefined) found.set(item.id, passageId);
    }
    return found;
  }

  return {
    passageIdsOf: (items, signal) => turns.take("now", () => passageIdsOf(items, signal), signal),
    async foundAs(passageIds, items) {
      const passages = await storage.readPassages({ ids: passageIds });
      const own = passages.filter((passage) => passage.collectionId === collectionId);
      if (own.length === 0) return new Map();
      const digests = new Map(
        (await storage.sources({ collectionId })).map(({ id, digest }) => [id, partOf(digest).digest]),
      );
      return new Map(
        own.flatMap((one) => {
          const digest = digests.get(one.sourceId);
          const item = items.find(({ source, passage }) => source.digest === digest && isSame(one, passage));
          return item ? [[item.id, one.id] as const] : [];
        }),
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

/** A passage here and one there; what the person wrote over it is still that passage. */
function isSame(here: Passage, there: CorpusItem["passage"]): boolean {
  return (
    here.startUtf16 === there.startUtf16 &&
    here.title === there.title &&
    (here.text === there.text || here.isEdited === true)
  );
}

/** In a long text one asks for what comes before a place of a part; what comes before the part is before it too. */
function narrowedPart(source: Source, beforeOrdinal: number | undefined) {
  const { digest, fromOrdinal } = partOf(source.digest);
  return { digest, ...(beforeOrdinal !== undefined && { beforeOrdinal: fromOrdinal + beforeOrdinal }) };
}
