import type { Passage, StorageCalls } from "../contract/index.ts";
import { appendWithin } from "./append.ts";
import type { Database } from "./database.ts";
import { readVectors } from "./segments.ts";
import { sourcesOfOne } from "./removals.ts";
import { moveJudgements } from "./tables/adapter.ts";
import { deleteKeywords, deleteKeywordsOfSource, insertKeywords } from "./tables/keyword.ts";
import { placesOf, readOriginal, readPassages, setWords } from "./tables/passage.ts";
import { coveredOrdinals, insertSegment, takeVectors } from "./tables/segment.ts";
import { deleteSource, insertSource, readNotices, setDigest, setTags } from "./tables/source.ts";
import { listIndexes } from "./tables/vector-index.ts";

type Replacement = StorageCalls["replaceSources"]["in"];

/**
 * Puts one source, stored whole, in the place of others of its collection, all of it or nothing. Passages of theirs that it
 * has too (`kept`) keep their marks, rewards, edits and vectors there. The id of the new source.
 *
 * Throws: `storage/not-found`, `vectors/shape`; nothing is changed then.
 */
export function replaceSources(
  db: Database,
  { sourceIds, source, passages, segments, kept }: Replacement,
): number {
  return db.transaction(() => {
    const [first, ...rest] = sourcesOfOne(db, sourceIds);
    const { collectionId } = first;
    for (const { id, digest } of [first, ...rest]) {
      deleteKeywordsOfSource(db, collectionId, id);
      // A collection has each digest once, and the new source may have one of theirs.
      setDigest(db, id, `${digest} of ${id}`);
    }
    const notices = readNotices(db, first.id);
    const id = insertSource(db, { ...source, collectionId, notices, total: passages.length });
    setTags(db, id, source.tags);
    const { passageIds } = appendWithin(db, { sourceId: id, firstOrdinal: 0, passages, segments });

    const before = new Map(
      readPassages(
        db,
        kept.map(({ passageId }) => passageId),
      ).map((passage) => [passage.id, passage]),
    );
    const edited = new Set<number>();
    for (const { passageId, ordinal } of kept) {
      const now = passageIds[ordinal] ?? -1;
      moveJudgements(db, passageId, now);
      const was = before.get(passageId);
      if (!was?.isEdited) continue;
      edited.add(passageId);
      takeVectors(db, id, ordinal);
      editAs(db, now, was);
    }
    const given = new Set(segments.map(({ indexId }) => indexId));
    for (const index of listIndexes(db, collectionId)) {
      const wanted = kept.filter(({ passageId }) => !given.has(index.id) || edited.has(passageId));
      const covered = new Map(
        sourceIds.map((sourceId) => [sourceId, coveredOrdinals(db, index.id, sourceId)]),
      );
      const places = placesOf(
        db,
        collectionId,
        wanted.map(({ passageId }) => passageId),
      );
      const known = new Set(
        places
          .filter(({ sourceId, ordinal }) => covered.get(sourceId)?.has(ordinal))
          .map((place) => place.id),
      );
      const own = wanted.filter(({ passageId }) => known.has(passageId));
      if (own.length === 0) continue;
      const vectors = readVectors(
        db,
        index,
        own.map(({ passageId }) => passageId),
      );
      insertSegment(
        db,
        index.id,
        id,
        Int32Array.from(own, ({ ordinal }) => ordinal),
        vectors,
      );
    }
    for (const sourceId of sourceIds) deleteSource(db, sourceId);
    return id;
  });
}

/** Gives a passage the words that another was edited to. */
export function editAs(db: Database, id: number, { id: from, collectionId, text, record }: Passage): void {
  const [passage] = readPassages(db, [id]);
  if (!passage) return;
  setWords(db, id, { ...passage, text, record }, readOriginal(db, from));
  deleteKeywords(db, collectionId, id);
  insertKeywords(db, collectionId, id, passage.title, text);
}
