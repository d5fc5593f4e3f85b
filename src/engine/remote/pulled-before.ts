import {
  TASK_IDS,
  type CorpusItem,
  type Passage,
  type PassageDraft,
  type Source,
  type Storage,
} from "../../contract/index.ts";
import { itemId } from "./item-id.ts";
import { itemPages, type PlacedItem } from "./item-pages.ts";
import { isPart, partOf } from "./cached-parts.ts";

const PAGE = 500;

/** What lies here of a source that a server may have too. */
export interface Here {
  /** One, or the parts that a long one is cached in. */
  readonly sources: Source[];
  /** Of its passages that the server has too; none of one in parts, which is fetched whole. */
  ids: string[];
}

/** What a collection has, by the digest that its sources have on a server. Cost: reads every passage once. */
export async function readHere(
  storage: Storage,
  collectionId: number,
  there: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Here>> {
  const here = new Map<string, Here>();
  for (const source of await storage.sources({ collectionId })) {
    const { digest } = partOf(source.digest);
    const own = here.get(digest) ?? { sources: [], ids: [] };
    own.sources.push(source);
    here.set(digest, own);
  }
  for await (const page of itemPages(storage, collectionId))
    for (const placed of page) {
      const { source, id } = placed.item;
      const name = placed.isEdited ? await originalId(storage, placed) : id;
      const found = [id, name].find((one) => there.has(one));
      if (found !== undefined) here.get(source.digest)?.ids.push(found);
    }
  for (const own of here.values()) if (own.sources.some(({ digest }) => isPart(digest))) own.ids = [];
  return here;
}

/** The id that an edited passage has where it was not edited. */
async function originalId(storage: Storage, { item, passageId }: PlacedItem): Promise<string> {
  const words = await storage.originalOf({ passageId });
  return itemId(item.source.digest, item.ordinal, { ...item.passage, ...words });
}

export interface Matched {
  readonly first: Source;
  readonly sourceIds: readonly number[];
  readonly kept: readonly { readonly passageId: number; readonly ordinal: number }[];
}

/**
 * Where the passages of sources here are among those of a server; null where one is not, and is the person's: then these
 * sources are not to be replaced. In a cache what was neither edited nor judged is nobody's.
 */
export async function matchHere(
  storage: Storage,
  collectionId: number,
  sources: readonly Source[],
  items: readonly CorpusItem[],
  isCache: boolean,
): Promise<Matched | null> {
  const [first] = sources;
  if (!first) return null;
  const places = new Map(items.map(({ passage }, ordinal) => [contentOf(passage), ordinal]));
  const kept = new Map<number, number>();
  const lost: Passage[] = [];
  for (const { id: sourceId } of sources)
    for await (const passage of passagesOf(storage, collectionId, sourceId)) {
      const words = passage.isEdited ? await storage.originalOf({ passageId: passage.id }) : null;
      const ordinal = places.get(contentOf({ ...passage, ...words })) ?? places.get(contentOf(passage));
      if (ordinal === undefined || kept.has(ordinal)) lost.push(passage);
      else kept.set(ordinal, passage.id);
    }
  if (lost.length > 0 && (!isCache || (await isAnyHeld(storage, collectionId, lost)))) return null;
  return {
    first,
    sourceIds: sources.map(({ id }) => id),
    kept: [...kept].map(([ordinal, passageId]) => ({ passageId, ordinal })),
  };
}

async function* passagesOf(
  storage: Storage,
  collectionId: number,
  sourceId: number,
): AsyncGenerator<Passage> {
  for (let offset = 0; ; offset += PAGE) {
    const { passages } = await storage.listPassages({ collectionId, sourceId, offset, limit: PAGE });
    yield* passages;
    if (passages.length < PAGE) return;
  }
}

/** Edited, marked or rewarded. */
async function isAnyHeld(
  storage: Storage,
  collectionId: number,
  passages: readonly Passage[],
): Promise<boolean> {
  if (passages.some(({ isEdited }) => isEdited)) return true;
  const held = new Set<number>();
  for (const task of TASK_IDS) {
    for (const { passageId } of await storage.marks({ collectionId, task })) held.add(passageId);
    for (const { rewards } of await storage.rewards({ collectionId, task }))
      for (const { passageId } of rewards) held.add(passageId);
  }
  return passages.some(({ id }) => held.has(id));
}

/** What is the same of a passage wherever it lies. */
function contentOf({ title, text, startUtf16, endUtf16, record }: PassageDraft): string {
  return JSON.stringify([title, text, startUtf16, endUtf16, record]);
}
