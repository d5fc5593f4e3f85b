import {
  isSextantError,
  SextantError,
  type ImportProgress,
  type Passage,
  type Source,
  type Storage,
} from "../../contract/index.ts";
import type { Placed } from "./import-vectors.ts";
import { broken, type BundleCollection } from "./manifest.ts";
import type { Bundle } from "./open-bundle.ts";
import { parsed, parsePassage, parseSource, type BundledPassage } from "./records.ts";

const BATCH_PASSAGES = 128;

interface Target {
  readonly source: Source;
  readonly passageIds: (number | undefined)[];
  /** Of a source that was stored whole before: nothing is added to it, whatever became of it since. */
  readonly isWhole: boolean;
  /** What is not matched yet of a whole source, by content; read when its turn comes. */
  stored?: Map<string, Passage[]>;
}

/**
 * Stores the sources and passages of a collection: where they are now. What an import that was cut off stored is compared
 * and put right, what was stored whole is left as it is. Until all are there, no other indexing cuts the sources from their
 * text, where what was edited reads otherwise.
 *
 * Throws: `ingest/unreadable`; `storage/conflict` when a source that is half there was cut otherwise.
 */
export async function importPassages(
  storage: Storage,
  bundle: Bundle,
  collection: BundleCollection,
  collectionId: number,
  { signal, emit }: { readonly signal: AbortSignal; readonly emit: (progress: ImportProgress) => void },
): Promise<Placed> {
  const targets = new Map<number, Target>();
  let place = 0;
  for await (const line of bundle.lines(collection.sources)) {
    const { id, tags, ...source } = parsed(line, parseSource);
    const listed = collection.texts[place++];
    if (!listed) throw broken("a source has no text");
    const text = await bundle.text(listed);
    const { source: stored, unchanged } = await storage.addSource({
      collectionId,
      ...source,
      text,
      isImporting: true,
    });
    if (tags.length > 0) await storage.tagSource({ sourceId: stored.id, tags });
    targets.set(id, { source: stored, passageIds: [], isWhole: unchanged && stored.done === stored.total });
    signal.throwIfAborted();
  }

  let donePassages = 0;
  let batch: BundledPassage[] = [];
  const store = async (): Promise<void> => {
    const target = targets.get(batch[0]?.sourceId ?? -1);
    if (!target) throw broken("a passage has no source");
    if (target.isWhole) await match(storage, target, batch);
    else await append(storage, target, batch);
    donePassages += batch.length;
    batch = [];
    emit({ donePassages, collection: collection.name });
    signal.throwIfAborted();
  };
  for await (const line of bundle.lines(collection.passages)) {
    const passage = parsed(line, parsePassage);
    const before = batch[0]?.sourceId ?? passage.sourceId;
    if (batch.length === BATCH_PASSAGES || before !== passage.sourceId) await store();
    if (before !== passage.sourceId) delete targets.get(before)?.stored;
    batch.push(passage);
  }
  if (batch.length > 0) await store();
  const sourceIds = Array.from(targets.values(), ({ source }) => source.id);
  await storage.releaseSources({ sourceIds });
  return new Map(
    Array.from(targets, ([id, { source, passageIds }]) => [id, { sourceId: source.id, passageIds }]),
  );
}

/** Finds where passages are that were stored before: some may be gone, or say something else by now. */
async function match(storage: Storage, target: Target, batch: readonly BundledPassage[]): Promise<void> {
  target.stored ??= byContent(await readStored(storage, target, 0));
  for (const passage of batch) {
    const same = target.stored.get(contentOf(passage)) ?? [];
    const at = same.findIndex(({ startUtf16 }) => startUtf16 === passage.startUtf16);
    target.passageIds.push(same.splice(Math.max(0, at), 1)[0]?.id);
  }
}

function byContent(passages: readonly Passage[]): Map<string, Passage[]> {
  const found = new Map<string, Passage[]>();
  for (const passage of passages) {
    const same = found.get(contentOf(passage));
    if (same) same.push(passage);
    else found.set(contentOf(passage), [passage]);
  }
  return found;
}

function contentOf({ title, text }: Pick<BundledPassage, "title" | "text">): string {
  return JSON.stringify([title, text]);
}

/** Stores passages behind those that are there. Of those that should be the same the words are put right. */
async function append(storage: Storage, target: Target, batch: readonly BundledPassage[]): Promise<void> {
  const { source, passageIds } = target;
  let refused: unknown;
  for (let rest = batch; rest.length > 0;) {
    const first = passageIds.length;
    const stored =
      first < source.done || refused !== undefined
        ? await readStored(storage, target, first, rest.length)
        : [];
    if (refused !== undefined && stored.length === 0) throw refused;
    for (const [i, passage] of stored.entries()) await putRight(storage, source, passage, rest[i]);
    passageIds.push(...stored.map(({ id }) => id));
    rest = rest.slice(stored.length);
    refused = undefined;
    if (rest.length === 0) return;
    try {
      const added = { sourceId: source.id, firstOrdinal: passageIds.length, passages: rest, segments: [] };
      passageIds.push(...(await storage.appendPassages(added)).passageIds);
      return;
    } catch (error) {
      // Another import of the same file may have been quicker.
      if (!isSextantError(error, "storage/conflict")) throw error;
      refused = error;
    }
  }
}

async function putRight(
  storage: Storage,
  { name }: Source,
  stored: Passage,
  wanted: BundledPassage | undefined,
): Promise<void> {
  if (!wanted) return;
  const isThere =
    stored.title === wanted.title &&
    stored.startUtf16 === wanted.startUtf16 &&
    stored.endUtf16 === wanted.endUtf16;
  if (!isThere)
    throw new SextantError(
      "storage/conflict",
      `“${name}” is half imported, and cut otherwise than in this file: remove it and import the file again.`,
      { sourceId: stored.sourceId, ordinal: stored.ordinal },
    );
  if (stored.text === wanted.text && JSON.stringify(stored.record) === JSON.stringify(wanted.record)) return;
  const words = { text: wanted.text, record: wanted.record };
  await storage.editPassage({ passageId: stored.id, words, segments: [] });
}

/** Passages of a source from a place on. */
async function readStored(
  storage: Storage,
  { source: { id: sourceId, collectionId } }: Target,
  first: number,
  count = Infinity,
): Promise<Passage[]> {
  const found: Passage[] = [];
  for (;;) {
    const limit = Math.min(BATCH_PASSAGES, count - found.length);
    const offset = first + found.length;
    const { passages } = await storage.listPassages({ collectionId, sourceId, offset, limit });
    found.push(...passages);
    if (passages.length < BATCH_PASSAGES || found.length === count) return found;
  }
}
