import {
  SextantError,
  type CorpusItem,
  type CorpusSeal,
  type CorpusStore,
  type PushProgress,
} from "../../contract/index.ts";
import { digestOfIds } from "./item-id.ts";

/** What is pushed: items in batches, and vectors of those that the server lacks. */
export interface PushSource {
  readonly total: number;
  batches(signal: AbortSignal): AsyncIterable<readonly CorpusItem[]>;
  /** In the order of `items`. */
  vectorsOf(items: readonly CorpusItem[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}

export interface PushOptions {
  readonly signal: AbortSignal;
  /** Removes what is there and not in the source. Only for a whole source. */
  readonly deletes?: boolean;
  /** Whether something that is there and not in the source stays all the same. Only asked where it would be removed. */
  readonly keeps?: (item: CorpusItem) => boolean;
  /** `part`: the source is one share of a job, and what else is there is others'. */
  readonly scope: "whole" | "part";
  /** Batches on their way at once. */
  readonly lanes?: number;
  readonly onProgress?: (progress: PushProgress) => void;
}

export interface Pushed {
  readonly passages: number;
  readonly sent: number;
  readonly others: number;
  readonly removed: number;
}

const LANES = 2;
/** Of those that might stay; a row brings its vector along. */
const ITEMS_A_READ = 500;

/**
 * Makes a store hold what a source has. Whatever stops it, the next run sends only what is not there: ids are content
 * digests, and a batch is asked for before it is embedded. At the end every id and the count are compared.
 *
 * Throws: `remote/*`; `remote/miscount` where the store does not have what it took.
 */
export async function pushCorpus(
  source: PushSource,
  store: CorpusStore,
  options: PushOptions,
): Promise<Pushed> {
  const { signal, scope, lanes = LANES, onProgress } = options;
  const startedMs = performance.now();
  const own = new Set<string>();
  const chunkers = new Set(store.make.chunkers);
  let donePassages = 0;
  let sent = 0;

  async function pushBatch(items: readonly CorpusItem[]): Promise<void> {
    const present = await store.present(
      items.map(({ id }) => id),
      { signal },
    );
    const missing = items.filter(({ id }) => !present.has(id));
    if (missing.length > 0) {
      const vectors = await source.vectorsOf(missing, signal);
      const rows = missing.map((item, i) => ({ item, vector: vectors[i] ?? new Float32Array() }));
      await store.put(rows, { signal });
      sent += missing.length;
    }
    donePassages += items.length;
    const seconds = (performance.now() - startedMs) / 1000;
    onProgress?.({
      donePassages,
      totalPassages: Math.max(source.total, donePassages),
      passagesPerSecond: seconds > 0 ? donePassages / seconds : 0,
    });
  }

  const underWay = new Set<Promise<void>>();
  try {
    for await (const items of source.batches(signal)) {
      signal.throwIfAborted();
      for (const { id, source: cut } of items) {
        own.add(id);
        chunkers.add(cut.format.split("?")[0] ?? cut.format);
      }
      while (underWay.size >= lanes) await Promise.race(underWay);
      const batch = pushBatch(items).finally(() => underWay.delete(batch));
      underWay.add(batch);
      // Awaited below, where it is thrown.
      batch.catch(() => undefined);
    }
    await Promise.all(underWay);
  } catch (error) {
    await Promise.allSettled(underWay);
    throw error;
  }
  const ids = [...own].sort();
  if (scope === "part") {
    const present = await store.present(ids, { signal });
    requireAll(ids.length, present.size, signal);
    return { passages: ids.length, sent, others: 0, removed: 0 };
  }
  const { others, removed, seal } = await settle(store, own, ids, options);
  await store.seal({ ...seal, chunkers: [...chunkers].sort() }, { signal });
  return { passages: ids.length, sent, others, removed };
}

/** Compares what is there with what ought to be, id by id, and the store's own count with both. */
async function settle(
  store: CorpusStore,
  own: ReadonlySet<string>,
  ids: readonly string[],
  { deletes = false, keeps, signal }: PushOptions,
): Promise<{ others: number; removed: number; seal: Omit<CorpusSeal, "chunkers"> }> {
  const there: string[] = [];
  for await (const page of store.ids({ signal })) there.push(...page);
  const others = there.filter((id) => !own.has(id));
  requireAll(ids.length, there.length - others.length, signal);
  const spared = new Set<string>();
  if (deletes && keeps)
    for (let from = 0; from < others.length; from += ITEMS_A_READ)
      for (const { item } of await store.read(others.slice(from, from + ITEMS_A_READ), { signal }))
        if (keeps(item)) spared.add(item.id);
  const removable = deletes ? others.filter((id) => !spared.has(id)) : [];
  if (removable.length > 0) await store.remove(removable, { signal });
  const gone = new Set(removable);
  const kept = there.filter((id) => !gone.has(id)).sort();
  const count = await store.count({ signal });
  if (count !== kept.length)
    throw new SextantError(
      "remote/miscount",
      `The server counts ${count} passages and ought to have ${kept.length}. Push again; if that repeats, do not rely on this server.`,
      { count, expected: kept.length },
    );
  const seal = { passages: kept.length, digest: digestOfIds(kept) };
  return { others: others.length, removed: removable.length, seal };
}

function requireAll(expected: number, found: number, signal: AbortSignal): void {
  signal.throwIfAborted();
  if (found === expected) return;
  throw new SextantError(
    "remote/miscount",
    `The server took ${expected} passages and has ${found} of them. Push again: only the missing ones are sent.`,
    { expected, found },
  );
}
