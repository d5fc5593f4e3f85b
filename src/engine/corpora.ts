import { createTurns, type Turns } from "../base/turns.ts";
import type { Storage, TaskId, VectorIndex } from "../contract/index.ts";
import { createVectorSet, type VectorSet } from "../vectors/index.ts";

const SEGMENTS_A_READ = 16;

/** The vectors of one index in memory, derived from storage. */
export interface LoadedIndex {
  readonly index: VectorIndex;
  readonly set: VectorSet;
}

interface Entry {
  readonly collectionId: number;
  readonly set: VectorSet;
  /** One reader or remover at a time, so that a removed source cannot come back by a late read. */
  readonly turns: Turns;
  lastSegmentId: number;
}

/** Keeps the search matrices of the collections in use, in step with storage. */
export interface Corpora {
  /** Loads what storage has beyond what is in memory. */
  load(collectionId: number, task: TaskId, model: { key: string; dim: number }): Promise<LoadedIndex>;
  forgetSource(sourceId: number): Promise<void>;
  forgetCollection(collectionId: number): void;
  close(): void;
}

export function createCorpora(storage: Storage): Corpora {
  const entries = new Map<number, Entry>();

  const refresh = async (entry: Entry, indexId: number): Promise<void> => {
    for (;;) {
      const afterId = entry.lastSegmentId;
      const segments = await storage.readSegments({ indexId, afterId, limit: SEGMENTS_A_READ });
      for (const segment of segments) {
        entry.set.append(segment);
        entry.lastSegmentId = segment.id;
      }
      if (segments.length < SEGMENTS_A_READ) return;
    }
  };

  return {
    async load(collectionId, task, model) {
      const index = await storage.openIndex({ collectionId, task, modelKey: model.key, dim: model.dim });
      let entry = entries.get(index.id);
      if (!entry) {
        entry = { collectionId, set: createVectorSet(model.dim), turns: createTurns(), lastSegmentId: 0 };
        entries.set(index.id, entry);
      }
      const loaded = entry;
      await loaded.turns.take("now", () => refresh(loaded, index.id));
      return { index, set: loaded.set };
    },
    async forgetSource(sourceId) {
      const removals = [...entries.values()].map((entry) =>
        entry.turns.take("now", () => Promise.resolve(entry.set.removeSource(sourceId))),
      );
      await Promise.all(removals);
      for (const entry of entries.values())
        void entry.turns.take("later", () => Promise.resolve(entry.set.compact()));
    },
    forgetCollection(collectionId) {
      for (const [id, entry] of entries) {
        if (entry.collectionId !== collectionId) continue;
        entries.delete(id);
        entry.set.close();
      }
    },
    close() {
      for (const entry of entries.values()) entry.set.close();
      entries.clear();
    },
  };
}
