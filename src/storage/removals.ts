import { SextantError, type Removal, type Source } from "../contract/index.ts";
import type { Database } from "./database.ts";
import { notFound } from "./faults.ts";
import { joinPassage, splitPassage } from "./passage-apart.ts";
import { deleteCollection } from "./tables/collection.ts";
import { deleteKeywordsOfSource, dropKeywordTable, insertKeywords } from "./tables/keyword.ts";
import { listPassages } from "./tables/passage.ts";
import { findRemoval, insertBin, moveSource, setKeptUntil } from "./tables/removal.ts";
import { renewSegments } from "./tables/segment.ts";
import { findSource, findSourceByDigest, listSources } from "./tables/source.ts";
import { carryOver, takePlace } from "./twin-sources.ts";

const PASSAGES_A_READ = 500;

function removalOf(db: Database, id: number): Removal {
  const removal = findRemoval(db, id);
  if (!removal) throw notFound("removal", id);
  return removal;
}

/** Hides a collection as it is, words and vectors included. */
export function removeCollection(db: Database, collectionId: number, keptUntilMs: number): Removal {
  setKeptUntil(db, collectionId, keptUntilMs);
  return removalOf(db, collectionId);
}

/**
 * Moves sources of one collection out of it, into a hidden one: whatever asks by collection no longer meets them. Their
 * words are taken out of its full-text table, so that no score knows of them; vectors stay where they are.
 */
export function removeSources(db: Database, sourceIds: readonly number[], keptUntilMs: number): Removal {
  return db.transaction(() => hideSources(db, sourceIds, keptUntilMs));
}

/**
 * Moves one passage out of its source, and that alone into a hidden one. What is kept with it, marks and rewards, goes
 * and comes with it; the source keeps its digest, so that its file is known when it is added again.
 */
export function removePassage(db: Database, passageId: number, keptUntilMs: number): Removal {
  return db.transaction(() => hideSources(db, [splitPassage(db, passageId)], keptUntilMs));
}

function hideSources(db: Database, sourceIds: readonly number[], keptUntilMs: number): Removal {
  const sources = sourcesOfOne(db, sourceIds);
  const [first] = sources;
  const bin = insertBin(db, first.collectionId, first.name, keptUntilMs);
  for (const { id, collectionId } of sources) {
    deleteKeywordsOfSource(db, collectionId, id);
    moveSource(db, id, bin);
  }
  return removalOf(db, bin);
}

/** Throws: `storage/not-found`; `engine/invalid-input` for none, or those of several collections. */
export function sourcesOfOne(db: Database, sourceIds: readonly number[]): [Source, ...Source[]] {
  const [first, ...rest] = [...new Set(sourceIds)].map((id) => {
    const source = findSource(db, id);
    if (!source) throw notFound("source", id);
    return source;
  });
  if (!first || rest.some(({ collectionId }) => collectionId !== first.collectionId))
    throw new SextantError(
      "engine/invalid-input",
      "Name the sources of one collection: what is removed at once is brought back at once.",
    );
  return [first, ...rest];
}

export interface Restored extends Removal {
  readonly sourceIds: readonly number[];
  readonly replacedIds: readonly number[];
}

/**
 * Undoes a removal: which sources are back, and which that had the same text gave up their place. Of two the one that comes
 * back stays, unless more of the other is stored; it has what was said of either.
 */
export function restore(db: Database, removalId: number): Restored {
  return db.transaction(() => {
    const removal = removalOf(db, removalId);
    const sources = listSources(db, removalId);
    if (removal.what === "collection") {
      setKeptUntil(db, removalId, null);
      return { ...removal, sourceIds: sources.map(({ id }) => id), replacedIds: [] };
    }
    const { collectionId } = removal;
    const replacedIds: number[] = [];
    const sourceIds = sources.map((source) => {
      const { id, digest, done } = source;
      const joined = joinPassage(db, id, collectionId);
      if (joined !== undefined) return joined;
      const moveIn = (): void => {
        moveSource(db, id, collectionId);
        addKeywords(db, collectionId, id);
        renewSegments(db, id);
      };
      const there = findSourceByDigest(db, collectionId, digest);
      if (!there) moveIn();
      else if (there.done > done && done < source.total) {
        carryOver(db, source, there);
        return there.id;
      } else {
        takePlace(db, source, there, moveIn);
        replacedIds.push(there.id);
      }
      return id;
    });
    deleteCollection(db, removalId);
    return { ...removal, sourceIds, replacedIds };
  });
}

function addKeywords(db: Database, collectionId: number, sourceId: number): void {
  for (let offset = 0; ; offset += PASSAGES_A_READ) {
    const page = listPassages(db, collectionId, sourceId, offset, PASSAGES_A_READ);
    for (const { id, title, text } of page) insertKeywords(db, collectionId, id, title, text);
    if (page.length < PASSAGES_A_READ) return;
  }
}

/** Deletes what was removed; what is gone already is passed over. */
export function freeRemovals(db: Database, removalIds: readonly number[]): void {
  db.transaction(() => {
    for (const id of removalIds) {
      const removal = findRemoval(db, id);
      if (!removal) continue;
      deleteCollection(db, id);
      if (removal.what === "collection") dropKeywordTable(db, id);
    }
  });
}
