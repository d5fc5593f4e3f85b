import { toHalf } from "../../base/half.ts";
import {
  SextantError,
  type CorpusRow,
  type CorpusStore,
  type PullProgress,
  type Storage,
  type VectorIndex,
} from "../../contract/index.ts";
import { digestOfIds, itemId } from "./item-id.ts";
import { itemPages } from "./local-corpus.ts";
import { isPart, partOf, storeSource } from "./shelf.ts";

const BATCH = 256;

export interface PullTarget {
  readonly storage: Storage;
  readonly collectionId: number;
  /** Where its vectors go; null where the open model is another. */
  readonly index: Pick<VectorIndex, "id"> | null;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

/**
 * Makes a local collection hold what a store has, source by source. Resumable: passages that are here are not fetched
 * again. Every passage is compared with its own id, and all ids with the seal of the last whole push.
 *
 * Throws: `remote/miscount`, `remote/unreadable`, `remote/*`, `storage/full`.
 */
export async function pullCorpus(
  store: CorpusStore,
  { storage, collectionId, index, signal, onProgress }: PullTarget,
): Promise<{ passages: number; received: number; vectors: number }> {
  const there: string[] = [];
  for await (const page of store.ids({ signal })) there.push(...page);
  const count = await store.count({ signal });
  const { sealed } = store;
  const isWhole =
    sealed === null || sealed.passages !== there.length || sealed.digest === digestOfIds([...there].sort());
  if (count !== there.length || !isWhole) throw miscount(count, there.length);

  await removeParts(storage, collectionId);
  const here = new Set<string>();
  const idsBySource = new Map<string, string[]>();
  for await (const page of itemPages(storage, collectionId))
    for (const { item } of page) {
      here.add(item.id);
      const { digest } = item.source;
      idsBySource.set(digest, [...(idsBySource.get(digest) ?? []), item.id]);
    }
  const missing = there.filter((id) => !here.has(id));

  /** Rows of sources of which some are still to come, by digest. */
  const begun = new Map<string, CorpusRow[]>();
  let received = 0;
  let vectors = 0;
  const keep = async (fresh: CorpusRow[]): Promise<void> => {
    const [first] = fresh;
    if (!first) return;
    // The server had a part of this source when it came first; now it has more.
    const before = idsBySource.get(first.item.source.digest) ?? [];
    const rows = [...fresh, ...(await store.read(before, { signal }))];
    if (before.length > 0) await removeSources(storage, collectionId, [first.item.source.digest]);
    rows.sort((a, b) => a.item.ordinal - b.item.ordinal);
    const bits = new Uint16Array(rows.length * store.make.dim);
    for (const [i, { vector }] of rows.entries()) bits.set(toHalf(vector), i * store.make.dim);
    const segment = index ? { indexId: index.id, vectors: bits } : undefined;
    const items = rows.map(({ item }) => item);
    await storeSource(storage, collectionId, first.item.source, items, segment);
    received += fresh.length;
    if (segment) vectors += rows.length;
    onProgress?.({ donePassages: there.length - missing.length + received, totalPassages: there.length });
  };
  for (let from = 0; from < missing.length; from += BATCH) {
    const wanted = missing.slice(from, from + BATCH);
    const rows = await store.read(wanted, { signal });
    if (rows.length !== wanted.length) throw miscount(wanted.length, rows.length);
    for (const row of rows) {
      const { id, source, ordinal, passage } = row.item;
      if (itemId(source.digest, ordinal, passage) !== id) throw changed(id);
      const own = begun.get(source.digest) ?? [];
      own.push(row);
      begun.set(source.digest, own);
      if (own.length < source.total) continue;
      begun.delete(source.digest);
      await keep(own);
    }
    signal.throwIfAborted();
  }
  // Of these the server has some passages only.
  for (const rows of begun.values()) await keep(rows);
  return { passages: there.length, received, vectors };
}

/** A long source that was cached in parts comes as one now. */
async function removeParts(storage: Storage, collectionId: number): Promise<void> {
  const digests = (await storage.sources({ collectionId })).map(({ digest }) => digest);
  const parts = digests.filter(isPart);
  await removeSources(storage, collectionId, [...parts, ...parts.map((part) => partOf(part).digest)]);
}

async function removeSources(
  storage: Storage,
  collectionId: number,
  digests: readonly string[],
): Promise<void> {
  const sources = (await storage.sources({ collectionId })).filter(({ digest }) => digests.includes(digest));
  if (sources.length === 0) return;
  const { id } = await storage.removeSources({ sourceIds: sources.map((one) => one.id), keptUntilMs: 0 });
  await storage.freeRemovals({ removalIds: [id] });
}

function miscount(expected: number, found: number): SextantError {
  return new SextantError(
    "remote/miscount",
    `The server says it has ${expected} passages and hands out ${found}, or others than were pushed. Push the collection again from where it came.`,
    { expected, found },
  );
}

function changed(id: string): SextantError {
  return new SextantError(
    "remote/unreadable",
    `A passage on the server (${id}) is not what was pushed under its name. Push the collection again from where it came.`,
    { id },
  );
}
