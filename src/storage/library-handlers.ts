import type { Collection, Handlers, Source, StorageCalls } from "../contract/index.ts";
import type { Database } from "./database.ts";
import { editPassage } from "./edit-passage.ts";
import { freeRemovals, removeCollection, removePassage, removeSources, restore } from "./removals.ts";
import { replaceSources } from "./replace-sources.ts";
import { setCollectionName } from "./tables/collection.ts";
import { readOriginal, readSpans } from "./tables/passage.ts";
import { collectionFacts, listRemovals } from "./tables/removal.ts";
import { readNotices, setSourceName } from "./tables/source.ts";

type LibraryCalls =
  | "renameCollection"
  | "collectionFacts"
  | "removeCollection"
  | "renameSource"
  | "sourceFacts"
  | "removeSources"
  | "replaceSources"
  | "removePassage"
  | "removals"
  | "restore"
  | "freeRemovals"
  | "editPassage"
  | "changeCount"
  | "originalOf";

export interface LibraryParts {
  readonly db: Database;
  /** Both throw `storage/not-found`. */
  collectionOf(id: number): Collection;
  sourceOf(id: number): Source;
  /** Shortens the file by what was freed. */
  shrink(): void;
}

/** The calls that look after what is stored: names, facts, removal and its undoing, edits. */
export function libraryHandlers({
  db,
  collectionOf,
  sourceOf,
  shrink,
}: LibraryParts): Pick<Handlers<StorageCalls>, LibraryCalls> {
  const changeCounts = new Map<number, number>();
  const changed = <T extends { readonly collectionId: number }>(now: T): T => {
    changeCounts.set(now.collectionId, (changeCounts.get(now.collectionId) ?? 0) + 1);
    return now;
  };

  return {
    renameCollection: async ({ collectionId, name }) =>
      db.transaction(() => {
        collectionOf(collectionId);
        setCollectionName(db, collectionId, name);
        return collectionOf(collectionId);
      }),
    collectionFacts: async ({ collectionId }) => {
      collectionOf(collectionId);
      return collectionFacts(db, collectionId);
    },
    removeCollection: async ({ collectionId, keptUntilMs }) => {
      collectionOf(collectionId);
      return changed(removeCollection(db, collectionId, keptUntilMs));
    },
    renameSource: async ({ sourceId, name }) =>
      db.transaction(() => {
        sourceOf(sourceId);
        setSourceName(db, sourceId, name);
        return sourceOf(sourceId);
      }),
    sourceFacts: async ({ sourceId }) => {
      sourceOf(sourceId);
      return { notices: readNotices(db, sourceId), spans: readSpans(db, sourceId) };
    },
    removeSources: async ({ sourceIds, keptUntilMs }) => changed(removeSources(db, sourceIds, keptUntilMs)),
    replaceSources: async (input) => changed(sourceOf(replaceSources(db, input))),
    removePassage: async ({ passageId, keptUntilMs }) => changed(removePassage(db, passageId, keptUntilMs)),
    removals: async () => listRemovals(db),
    restore: async ({ removalId }) => changed(restore(db, removalId)),
    freeRemovals: async ({ removalIds }) => {
      freeRemovals(db, removalIds);
      shrink();
    },
    editPassage: async ({ passageId, words, segments }) =>
      changed(editPassage(db, passageId, words, segments)),
    changeCount: async ({ collectionId }) => changeCounts.get(collectionId) ?? 0,
    originalOf: async ({ passageId }) => readOriginal(db, passageId),
  };
}
