import { toHalf } from "../../base/half.ts";
import type { Turns } from "../../base/turns.ts";
import {
  SextantError,
  type CorpusRow,
  type CorpusSource,
  type CorpusStore,
  type PullProgress,
  type Storage,
  type VectorIndex,
} from "../../contract/index.ts";
import { digestOfIds, itemId } from "./item-id.ts";
import { matchHere, readHere } from "./pulled-before.ts";
import { keepPulledSource } from "./keep-pulled-source.ts";
import { sourceTextOf } from "./source-text.ts";

const BATCH = 256;

export interface PullTarget {
  readonly storage: Storage;
  readonly collectionId: number;
  /** Where its vectors go; null where the open model is another. */
  readonly index: Pick<VectorIndex, "id"> | null;
  /** What lies here came from there by searching: of that, nothing is kept that is not there any more. */
  readonly isCache: boolean;
  /** Each source is stored in a turn of its own, between those of searches. */
  readonly turns: Turns;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

export interface Pulled {
  readonly passages: number;
  readonly received: number;
  readonly vectors: number;
  /** Sources that are here in other words than there, and stay so. */
  readonly kept: number;
}

/**
 * Makes a local collection hold what a store has, source by source. Resumable: passages that are here are not fetched
 * again. Every passage is compared with its own id, and all ids with the seal of the last whole push.
 *
 * What the person has here is never replaced: a source here that has passages which the store's lacks stays as it is; of
 * one that only grows, marks, rewards and edits go along. Each source changes in one step.
 *
 * Throws: `remote/miscount`, `remote/unreadable`, `remote/*`, `storage/full`.
 */
export async function pullCorpus(
  store: Pick<CorpusStore, "ids" | "count" | "read" | "make" | "sealed">,
  { storage, collectionId, index, isCache, turns, signal, onProgress }: PullTarget,
): Promise<Pulled> {
  const there: string[] = [];
  for await (const page of store.ids({ signal })) there.push(...page);
  requireWhole(there, await store.count({ signal }), store.sealed);

  const here = await readHere(storage, collectionId, new Set(there));
  const present = new Set([...here.values()].flatMap(({ ids }) => ids));
  const missing = there.filter((id) => !present.has(id));

  /** Rows of sources of which some are still to come, by digest and cut. */
  const begun = new Map<string, CorpusRow[]>();
  const stored = new Set<string>();
  const kept = new Set<string>();
  let done = there.length - missing.length;
  let received = 0;
  let vectors = 0;

  /** Whether they are here now. */
  async function keep(fresh: readonly CorpusRow[], source: CorpusSource): Promise<boolean> {
    // Of a text that was cut in two ways one is kept here.
    if (stored.has(source.digest) || kept.has(source.digest)) return false;
    const own = here.get(source.digest);
    const rows = [...fresh, ...(own ? await store.read(own.ids, { signal }) : [])];
    rows.sort((a, b) => a.item.ordinal - b.item.ordinal);
    const items = rows.map(({ item }) => item);
    const segments = index ? [{ indexId: index.id, vectors: vectorsOf(rows, store.make.dim) }] : [];
    const matched = own && (await matchHere(storage, collectionId, own.sources, items, isCache));
    if (matched === null) return false;
    if (matched) {
      const { first, ...replaced } = matched;
      const passages = items.map(({ passage }) => passage);
      const { name, tags } = first;
      const renewed = { ...source, name, tags, text: sourceTextOf(passages) };
      await storage.replaceSources({ ...replaced, source: renewed, passages, segments });
    } else await keepPulledSource(storage, collectionId, source, items, segments);
    vectors += segments.length * rows.length;
    return true;
  }
  async function settle(fresh: readonly CorpusRow[]): Promise<void> {
    const [first] = fresh;
    if (!first) return;
    const { source } = first.item;
    const isHere = await turns.take("later", () => keep(fresh, source), signal);
    (isHere ? stored : kept).add(source.digest);
    if (isHere) received += fresh.length;
    done += fresh.length;
    onProgress?.({ donePassages: done, totalPassages: there.length });
  }

  for (let from = 0; from < missing.length; from += BATCH) {
    const wanted = missing.slice(from, from + BATCH);
    const rows = await store.read(wanted, { signal });
    if (rows.length !== wanted.length) throw miscount(wanted.length, rows.length);
    for (const row of rows) {
      const { id, source, ordinal, passage } = row.item;
      if (itemId(source.digest, ordinal, passage) !== id) throw changed(id);
      const cut = `${source.digest} ${source.format} ${source.total}`;
      const own = begun.get(cut) ?? [];
      own.push(row);
      begun.set(cut, own);
      const before = here.get(source.digest);
      const known = before?.sources[0]?.format === source.format ? before.ids.length : 0;
      if (own.length + known < source.total) continue;
      begun.delete(cut);
      await settle(own);
    }
    signal.throwIfAborted();
  }
  // Of these the server has some passages only, or others than here.
  for (const rows of begun.values()) await settle(rows);
  return { passages: there.length, received, vectors, kept: kept.size };
}

/**
 * Compares what is handed out with the server's count and with what the last whole push left. Where more is there now,
 * another push is under way or was cut off; where less is, or others, something was lost.
 */
function requireWhole(ids: readonly string[], count: number, sealed: CorpusStore["sealed"]): void {
  if (count !== ids.length) throw miscount(count, ids.length);
  if (sealed === null || ids.length > sealed.passages) return;
  if (ids.length < sealed.passages || sealed.digest !== digestOfIds([...ids].sort()))
    throw miscount(sealed.passages, ids.length);
}

/** f16 bits[rows, dim]. */
function vectorsOf(rows: readonly CorpusRow[], dim: number): Uint16Array {
  const bits = new Uint16Array(rows.length * dim);
  for (const [i, { vector }] of rows.entries()) bits.set(toHalf(vector), i * dim);
  return bits;
}

function miscount(expected: number, found: number): SextantError {
  return new SextantError(
    "remote/miscount",
    `The server ought to have ${expected} passages and hands out ${found}, or others than were pushed. Push the collection again from where it came.`,
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
