import { SextantError, type AppendBatch, type VectorIndex } from "../contract/index.ts";
import type { Database } from "./database.ts";
import { notFound } from "./faults.ts";
import { insertKeywords } from "./tables/keyword.ts";
import { insertPassage } from "./tables/passage.ts";
import { insertSegment } from "./tables/segment.ts";
import { findSource, setDone } from "./tables/source.ts";
import { findIndex } from "./tables/vector-index.ts";

/** Throws: `vectors/shape` unless `vectors` holds `rows` vectors of the index. */
export function checkShape(index: VectorIndex, vectors: Uint16Array, rows: number): void {
  if (vectors.length === rows * index.dim) return;
  throw new SextantError(
    "vectors/shape",
    `Index ${index.id} takes ${rows} × ${index.dim} values for these passages, not ${vectors.length}: ` +
      "embed them again with the index's own model.",
    { indexId: index.id, rows, dim: index.dim, length: vectors.length },
  );
}

/** Throws: `storage/not-found` unless the index belongs to the collection. */
export function findIndexIn(db: Database, collectionId: number, indexId: number): VectorIndex {
  const index = findIndex(db, indexId);
  if (index?.collectionId !== collectionId) throw notFound("index", indexId);
  return index;
}

/**
 * Stores one batch: passages, their words, a segment for each index, and the source's progress.
 *
 * Throws: `storage/conflict` when the source is not where the batch begins, `vectors/shape`,
 * `storage/not-found`; nothing is stored then.
 */
export function appendPassages(db: Database, batch: AppendBatch): { passageIds: Int32Array } {
  return db.transaction(() => appendWithin(db, batch));
}

/** The same within a transaction that is open. */
export function appendWithin(db: Database, batch: AppendBatch): { passageIds: Int32Array } {
  const { sourceId, firstOrdinal, passages } = batch;
  const source = findSource(db, sourceId);
  if (!source) throw notFound("source", sourceId);
  const done = firstOrdinal + passages.length;
  if (firstOrdinal !== source.done || done > source.total)
    throw new SextantError(
      "storage/conflict",
      `“${source.name}” has ${source.done} of ${source.total} passages stored; a batch of ` +
        `${passages.length} at ${firstOrdinal} does not follow: read the source again and go on from there.`,
      { sourceId, done: source.done, total: source.total, firstOrdinal, passages: passages.length },
    );
  const { collectionId } = source;
  for (const { indexId, vectors } of batch.segments)
    checkShape(findIndexIn(db, collectionId, indexId), vectors, passages.length);

  const passageIds = Int32Array.from(passages, (draft, row) => {
    const id = insertPassage(db, sourceId, firstOrdinal + row, draft);
    insertKeywords(db, collectionId, id, draft.title, draft.text);
    return id;
  });
  const ordinals = Int32Array.from(passages, (_, row) => firstOrdinal + row);
  if (passages.length > 0)
    for (const { indexId, vectors } of batch.segments)
      insertSegment(db, indexId, sourceId, ordinals, vectors);
  setDone(db, sourceId, done);
  return { passageIds };
}
