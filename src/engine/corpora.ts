import type { Exactness, Storage, TaskId, UsedExactness, VectorIndex } from "../contract/index.ts";
import { startShards, type Shards, type VectorSet } from "../vectors/index.ts";
import { openCorpusEntry, type CorpusEntry } from "./corpus-entry.ts";
import { createFastGuard, type FastGuard } from "./fast-guard.ts";
import { createGpuPlacement, type GpuPlacementOptions } from "./gpu-placement.ts";
import type { VectorSample } from "./vector-sample.ts";

/** Passages whose vectors are read before the first answer: 31 MB at 768 dimensions. */
const FIRST_ROWS = 20_000;

/**
 * Where 8-bit codes are fewer bytes than this, scanning them all is as quick when 200 passages are wanted, which is
 * what fusion takes: then reading rows exactly costs more than the scan.
 */
const FAST_FROM_BYTES = 8 * 1024 * 1024;

/** Bytes of a scan above which two workers share it: a message to them and back costs as much as scanning a few MB. */
const SHARE_FROM_BYTES = 32 * 1024 * 1024;

const SHARDS = 2;

/** Node has no workers of this kind. */
const startTwo = (): Shards | null =>
  typeof Worker === "undefined" || navigator.hardwareConcurrency < SHARDS ? null : startShards(SHARDS);

/** The vectors of one index in memory, derived from storage. */
export interface LoadedIndex {
  readonly index: VectorIndex;
  readonly set: VectorSet;
  readonly sample: VectorSample;
  /** Passages whose vectors are stored but not in memory yet. */
  readonly notLoaded: number;
  readonly exactness: UsedExactness;
  /** Keeps a question for the comparison of fast with exact answers. */
  noteQuery(query: Float32Array): void;
}

export interface LoadRequest {
  readonly collectionId: number;
  readonly task: TaskId;
  readonly model: { readonly key: string; readonly dim: number };
  /** Default is `exact`. */
  readonly exactness?: Exactness | undefined;
}

/** Keeps the search matrices of the collections in use, in step with storage. */
export interface Corpora {
  /** Loads what storage has beyond what is in memory; of much, the first part before and the rest after it resolves. */
  load(request: LoadRequest): Promise<LoadedIndex>;
  forgetSource(sourceId: number): Promise<void>;
  forgetCollection(collectionId: number): void;
  close(): void;
}

export interface CorporaOptions {
  /** What was not in memory at a first answer is there now. */
  readonly onLoaded?: (index: VectorIndex) => void;
  /** Tests make it small. */
  readonly firstRows?: number;
  readonly fastFromBytes?: number;
  readonly shareFromBytes?: number;
  /** Default: two workers, where there are such and two cores. */
  readonly startShards?: () => Shards | null;
  /** How long nothing was loaded before fast answers are compared; default 2 s. */
  readonly idleMs?: number;
  /** Where large exact searches may be computed; without it never on a GPU. */
  readonly gpu?: GpuPlacementOptions;
}

export function createCorpora(storage: Storage, options: CorporaOptions = {}): Corpora {
  const { onLoaded, firstRows = FIRST_ROWS, fastFromBytes = FAST_FROM_BYTES, idleMs = 2000 } = options;
  const { shareFromBytes = SHARE_FROM_BYTES, gpu } = options;
  const placement = gpu && createGpuPlacement(gpu);
  const entries = new Map<string, CorpusEntry>();
  const guards = new Map<number, FastGuard>();
  let shards: Shards | null = null;
  let canShare = true;

  /** Workers for a large scan, null for a small one. */
  function shardsFor({ present, dim }: VectorIndex, exactness: Exactness): Shards | null {
    const scanned = present * (exactness === "exact" ? dim : dim / 8);
    if (scanned < shareFromBytes || !canShare) return null;
    if (shards === null) {
      shards = options.startShards ? options.startShards() : startTwo();
      // What they held is read again, and searched in this thread from then on.
      void shards?.lost.then(() => {
        canShare = false;
        closeShards();
        for (const name of entries.keys()) drop(name);
      });
    }
    return shards;
  }

  function closeShards(): void {
    shards?.close();
    shards = null;
  }

  function entryOf(index: VectorIndex, exactness: Exactness): CorpusEntry {
    const name = `${exactness} ${index.id}`;
    const found = entries.get(name);
    if (found) return found;
    const entry = openCorpusEntry(storage, index, {
      exactness,
      shards: shardsFor(index, exactness),
      onWhole: () => onLoaded?.(entry.index),
      onGpuFault: gpu?.onFault,
    });
    entries.set(name, entry);
    return entry;
  }

  function guardOf(index: VectorIndex): FastGuard {
    let guard = guards.get(index.id);
    if (!guard) guards.set(index.id, (guard = createFastGuard(storage, index, idleMs)));
    return guard;
  }

  function choose(asked: Exactness, { id, present, dim }: VectorIndex): UsedExactness {
    if (asked === "exact") return { used: "exact", why: "asked" };
    if (present * dim < fastFromBytes) return { used: "exact", why: "small" };
    if (guards.get(id)?.isInexact) return { used: "exact", why: "inexact" };
    return { used: "fast", why: "asked" };
  }

  function drop(name: string): void {
    entries.get(name)?.close();
    entries.delete(name);
  }

  return {
    async load({ collectionId, task, model, exactness = "exact" }) {
      const index = await storage.openIndex({ collectionId, task, modelKey: model.key, dim: model.dim });
      const used = choose(exactness, index);
      // What fast answers were made from is no longer asked.
      if (used.why === "inexact") drop(`fast ${index.id}`);
      const entry = entryOf(index, used.used);
      await entry.refresh(index, firstRows);
      const { set } = entry;
      const workers = shardsFor(index, used.used);
      if (workers) entry.share(workers);
      if (used.used === "exact") await placement?.place(set);
      return {
        index,
        set,
        sample: entry.sample,
        notLoaded: entry.isWhole ? 0 : Math.max(0, index.present - set.size),
        exactness: used,
        noteQuery: (query) => {
          if (used.used === "fast" && entry.isWhole) guardOf(index).note(query, set);
        },
      };
    },
    async forgetSource(sourceId) {
      await Promise.all([...entries.values()].map((entry) => entry.removeSource(sourceId)));
    },
    forgetCollection(collectionId) {
      for (const [name, { index }] of entries) {
        if (index.collectionId !== collectionId) continue;
        guards.get(index.id)?.close();
        guards.delete(index.id);
        drop(name);
      }
    },
    close() {
      for (const guard of guards.values()) guard.close();
      for (const entry of entries.values()) entry.close();
      closeShards();
      entries.clear();
      guards.clear();
    },
  };
}
