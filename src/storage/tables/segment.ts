import type { Database } from "../database.ts";

/** A segment as stored: which passages of one source its rows belong to, and their vectors. */
export interface SegmentRow {
  readonly id: number;
  readonly sourceId: number;
  readonly ordinals: Int32Array;
  /** f16 bits[rows, dim]. */
  readonly vectors: Uint16Array<ArrayBuffer>;
}

const bytesOf = (view: ArrayBufferView) =>
  new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);

export function insertSegment(
  db: Database,
  indexId: number,
  sourceId: number,
  ordinals: Int32Array,
  vectors: Uint16Array,
): number {
  return db.run("INSERT INTO segment (index_id, source_id, rows, ordinals, vectors) VALUES (?, ?, ?, ?, ?)", [
    indexId,
    sourceId,
    ordinals.length,
    bytesOf(ordinals),
    bytesOf(vectors),
  ]);
}

/** Segments with an id above `afterId`, ascending. */
export function readSegmentRows(db: Database, indexId: number, afterId: number, limit: number): SegmentRow[] {
  return db.read(
    "SELECT id, source_id, ordinals, vectors FROM segment WHERE index_id = ? AND id > ? ORDER BY id LIMIT ?",
    [indexId, afterId, limit],
    (row) => ({
      id: row.number(0),
      sourceId: row.number(1),
      ordinals: new Int32Array(row.bytes(2).buffer),
      vectors: new Uint16Array(row.bytes(3).buffer),
    }),
  );
}

/** The ordinals of one source that have a vector in the index. */
export function coveredOrdinals(db: Database, indexId: number, sourceId: number): Set<number> {
  const sql = "SELECT ordinals FROM segment WHERE source_id = ? AND index_id = ?";
  const parts = db.read(sql, [sourceId, indexId], (row) => new Int32Array(row.bytes(0).buffer));
  return new Set(parts.flatMap((part) => [...part]));
}

/** Sources with passages that lack a vector in the index. */
export function incompleteSources(db: Database, collectionId: number, indexId: number) {
  return db.read(
    `SELECT s.id, s.done FROM source s
     WHERE s.collection_id = ?1 AND s.done >
       (SELECT coalesce(sum(g.rows), 0) FROM segment g WHERE g.source_id = s.id AND g.index_id = ?2)
     ORDER BY s.id`,
    [collectionId, indexId],
    (row) => ({ id: row.number(0), done: row.number(1) }),
  );
}
