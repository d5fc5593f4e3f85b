import { createTurns } from "../base/turns.ts";
import type { Exactness, SextantError, Storage, VectorIndex } from "../contract/index.ts";
import {
  createShardedKernel,
  createVectorSet,
  type MakeKernel,
  type Shards,
  type VectorSet,
} from "../vectors/index.ts";
import { createVectorSample, type VectorSample } from "./vector-sample.ts";

const SEGMENTS_A_READ = 16;

/** The vectors of one index in memory, read from storage part by part. */
export interface CorpusEntry {
  readonly index: VectorIndex;
  readonly set: VectorSet;
  readonly sample: VectorSample;
  /** Everything that storage had at the last read is in. */
  readonly isWhole: boolean;
  /**
   * Reads what storage has beyond what is in memory: all of it when that is up to `firstRows`, else that much now and
   * the rest in the background, between other work on the set.
   */
  refresh(index: VectorIndex, firstRows: number): Promise<void>;
  removeSource(sourceId: number): Promise<void>;
  /** Shares the scan out once it is worth it: this thread goes on answering until the shards have all vectors. */
  share(shards: Shards): void;
  close(): void;
}

export interface CorpusEntryOptions {
  readonly exactness: Exactness;
  readonly shards: Shards | null;
  /** The background reading is through. */
  readonly onWhole: () => void;
  /** A GPU that the vectors had moved to failed. */
  readonly onGpuFault?: ((fault: SextantError) => void) | undefined;
}

export function openCorpusEntry(
  storage: Storage,
  first: VectorIndex,
  { exactness, shards, onWhole, onGpuFault }: CorpusEntryOptions,
): CorpusEntry {
  const indexId = first.id;
  const read = (ids: Int32Array) => storage.readVectors({ indexId, passageIds: [...ids] });
  const { dim } = first;
  const homeIn =
    ({ faces }: Shards): MakeKernel =>
    (exactRows) =>
      createShardedKernel(dim, exactness, faces, { exactRows });
  const set = createVectorSet(dim, {
    exactness,
    read,
    onFault: onGpuFault,
    ...(shards && { home: homeIn(shards) }),
  });
  let isShared = shards !== null;
  const sample = createVectorSample(dim);
  // One reader or remover at a time, so that a removed source cannot come back by a late read.
  const turns = createTurns();
  let index = first;
  let lastSegmentId = 0;
  let isWhole = false;
  let isClosed = false;
  let background: Promise<void> | null = null;

  /** Reads one page; whether there may be more. */
  async function readPage(): Promise<boolean> {
    const segments = await storage.readSegments({ indexId, afterId: lastSegmentId, limit: SEGMENTS_A_READ });
    if (isClosed) return false;
    for (const segment of segments) {
      sample.offer(segment, set.size);
      set.append(segment);
      lastSegmentId = segment.id;
    }
    return segments.length === SEGMENTS_A_READ;
  }

  async function readRest(): Promise<void> {
    try {
      while (await turns.take("later", readPage)) if (isClosed) return;
      if (isClosed) return;
      isWhole = true;
      onWhole();
    } catch {
      // The next `refresh` reads on from here, and has a caller to tell.
    } finally {
      background = null;
    }
  }

  return {
    get index() {
      return index;
    },
    set,
    sample,
    get isWhole() {
      return isWhole;
    },
    async refresh(now, firstRows) {
      index = now;
      if (background !== null) return;
      const until = now.present - set.size > firstRows ? set.size + firstRows : Infinity;
      isWhole = await turns.take("now", async () => {
        while (await readPage()) if (set.size >= until) return false;
        return true;
      });
      if (!isWhole) background ??= readRest();
    },
    async removeSource(sourceId) {
      await turns.take("now", () => {
        sample.removeSource(sourceId);
        return Promise.resolve(set.removeSource(sourceId));
      });
      void turns.take("later", () => Promise.resolve(set.compact()));
    },
    share(workers) {
      if (isShared) return;
      isShared = true;
      // Shards that have no room leave it where it is; those that are gone, and storage, tell the next search.
      set.settleIn(homeIn(workers)).catch(() => undefined);
    },
    close() {
      isClosed = true;
      set.close();
    },
  };
}
