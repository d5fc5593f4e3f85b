import type { Passage, PassageDraft, SegmentVectors } from "../contract/index.ts";
import { checkShape, findIndexIn } from "./append.ts";
import type { Database } from "./database.ts";
import { notFound } from "./faults.ts";
import { deleteKeywords, insertKeywords } from "./tables/keyword.ts";
import { readOriginal, readPassages, setWords } from "./tables/passage.ts";
import { insertSegment, takeVectors } from "./tables/segment.ts";

type Words = Pick<PassageDraft, "text" | "record">;

/**
 * Puts other words into a passage, or with `null` those that its source has: text, full-text row and digest, and vectors
 * in the indexes that are given; in others it lacks one from then on.
 *
 * Throws: `storage/not-found`, `vectors/shape`; nothing is changed then.
 */
export function editPassage(
  db: Database,
  passageId: number,
  words: Words | null,
  segments: readonly SegmentVectors[],
): Passage {
  return db.transaction(() => {
    const passage = passageOf(db, passageId);
    const { collectionId, sourceId, ordinal, title } = passage;
    const original = readOriginal(db, passageId) ?? { text: passage.text, record: passage.record };
    const now = words ?? original;
    const isBack =
      JSON.stringify([now.text, now.record]) === JSON.stringify([original.text, original.record]);
    setWords(db, passageId, { ...passage, ...now }, isBack ? null : original);
    deleteKeywords(db, collectionId, passageId);
    insertKeywords(db, collectionId, passageId, title, now.text);
    takeVectors(db, sourceId, ordinal);
    for (const { indexId, vectors } of segments) {
      checkShape(findIndexIn(db, collectionId, indexId), vectors, 1);
      insertSegment(db, indexId, sourceId, Int32Array.of(ordinal), vectors);
    }
    return passageOf(db, passageId);
  });
}

function passageOf(db: Database, id: number): Passage {
  const [passage] = readPassages(db, [id]);
  if (!passage) throw notFound("passage", id);
  return passage;
}
