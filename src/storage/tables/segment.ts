import { checksumOf } from "../checksum.ts";
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
  const sql = `
    INSERT INTO segment (index_id, source_id, rows, first_ordinal, last_ordinal, ordinals, vectors, checksum)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
  return db.run(sql, [
    indexId,
    sourceId,
    ordinals.length,
    ordinals.reduce((a, b) => Math.min(a, b)),
    ordinals.reduce((a, b) => Math.max(a, b)),
    bytesOf(ordinals),
    bytesOf(vectors),
    checksumOf(ordinals, vectors),
  ]);
}

/** Segments of living sources with an id above `afterId`, ascending; null stands for one whose bytes are not those that were stored. */
export function readSegmentRows(
  db: Database,
  indexId: number,
  afterId: number,
  limit: number,
): readonly { readonly id: number; readonly segment: SegmentRow | null }[] {
  return db.read(
    `SELECT g.id, g.source_id, g.ordinals, g.vectors, g.checksum FROM segment g JOIN source s ON s.id = g.source_id
     WHERE g.index_id = ?1 AND g.id > ?2
       AND s.collection_id = (SELECT v.collection_id FROM vector_index v WHERE v.id = ?1)
     ORDER BY g.id LIMIT ?3`,
    [indexId, afterId, limit],
    (row) => {
      const id = row.number(0);
      const [ordinals, vectors] = [row.bytes(2), row.bytes(3)];
      if (checksumOf(ordinals, vectors) !== row.number(4)) return { id, segment: null };
      const segment = {
        id,
        sourceId: row.number(1),
        ordinals: new Int32Array(ordinals.buffer),
        vectors: new Uint16Array(vectors.buffer),
      };
      return { id, segment };
    },
  );
}

export function deleteSegment(db: Database, id: number): void {
  db.run("DELETE FROM segment WHERE id = ?", [id]);
}

/** Gives the segments of a source new ids, so that who reads on behind the last one reads them again. */
export function renewSegments(db: Database, sourceId: number): void {
  const ids = db.read("SELECT id FROM segment WHERE source_id = ? ORDER BY id", [sourceId], (row) =>
    row.number(0),
  );
  const columns = "index_id, source_id, rows, first_ordinal, last_ordinal, ordinals, vectors, checksum";
  for (const id of ids) {
    db.run(`INSERT INTO segment (${columns}) SELECT ${columns} FROM segment WHERE id = ?`, [id]);
    deleteSegment(db, id);
  }
}

/** Moves ordinals from one on by one, in segments with new ids: who has the source in memory reads it again. */
export function shiftSegments(db: Database, sourceId: number, from: number, by: 1 | -1): void {
  const ids = db.read("SELECT id FROM segment WHERE source_id = ? ORDER BY id", [sourceId], (row) =>
    row.number(0),
  );
  const sql = "SELECT index_id, ordinals, vectors, checksum FROM segment WHERE id = ?";
  for (const id of ids) {
    const found = db.first(sql, [id], (row) => ({
      indexId: row.number(0),
      ordinals: new Int32Array(row.bytes(1).buffer),
      vectors: new Uint16Array(row.bytes(2).buffer),
      checksum: row.number(3),
    }));
    deleteSegment(db, id);
    if (!found || checksumOf(found.ordinals, found.vectors) !== found.checksum) continue;
    const moved = found.ordinals.map((ordinal) => (ordinal < from ? ordinal : ordinal + by));
    insertSegment(db, found.indexId, sourceId, moved, found.vectors);
  }
}

/** One passage's vector in an index. */
export interface TakenVector {
  readonly indexId: number;
  /** f16 bits[dim]. */
  readonly vectors: Uint16Array<ArrayBuffer>;
}

/** Takes one passage's vector out of every index; damaged ones are lost. */
export function takeVectors(db: Database, sourceId: number, ordinal: number): TakenVector[] {
  const taken: TakenVector[] = [];
  const found = db.read(
    `SELECT id, index_id, ordinals, vectors, checksum FROM segment
     WHERE source_id = ?1 AND first_ordinal <= ?2 AND last_ordinal >= ?2`,
    [sourceId, ordinal],
    (row) => ({
      id: row.number(0),
      indexId: row.number(1),
      ordinals: row.bytes(2),
      vectors: row.bytes(3),
      checksum: row.number(4),
    }),
  );
  for (const { id, indexId, ordinals: bytes, vectors, checksum } of found) {
    const ordinals = new Int32Array(bytes.buffer);
    const row = ordinals.indexOf(ordinal);
    if (row === -1) continue;
    const rest = ordinals.filter((one) => one !== ordinal);
    if (checksumOf(ordinals, vectors) !== checksum) {
      deleteSegment(db, id);
      continue;
    }
    const rowBytes = vectors.length / ordinals.length;
    const own = vectors.slice(row * rowBytes, (row + 1) * rowBytes);
    taken.push({ indexId, vectors: new Uint16Array(own.buffer) });
    if (rest.length === 0) {
      deleteSegment(db, id);
      continue;
    }
    const kept = new Uint8Array(vectors.length - rowBytes);
    kept.set(vectors.subarray(0, row * rowBytes));
    kept.set(vectors.subarray((row + 1) * rowBytes), row * rowBytes);
    db.run("UPDATE segment SET rows = ?, ordinals = ?, vectors = ?, checksum = ? WHERE id = ?", [
      rest.length,
      bytesOf(rest),
      kept,
      checksumOf(rest, kept),
      id,
    ]);
  }
  return taken;
}

/** The ordinals of a segment, by row. */
export type SegmentOrdinals = Pick<SegmentRow, "id" | "ordinals">;

/**
 * The segment of a source that holds an ordinal.
 *
 * Cost: nearly always the last that begins at it or before, or one of the few next to that. What comes behind the
 * vectors of a row in the table, as its last ordinal does, is not read: all pages of the vectors would be, on the way.
 */
export function segmentHolding(
  db: Database,
  indexId: number,
  sourceId: number,
  ordinal: number,
): SegmentOrdinals | undefined {
  const sql = `
    SELECT id, ordinals FROM segment WHERE index_id = ?1 AND source_id = ?2 AND first_ordinal <= ?3
    ORDER BY first_ordinal DESC LIMIT ?4 OFFSET ?5`;
  for (let from = 0, limit = 2; ; from += limit, limit *= 4) {
    const near = db.read(sql, [indexId, sourceId, ordinal, limit, from], (row) => ({
      id: row.number(0),
      ordinals: new Int32Array(row.bytes(1).buffer),
    }));
    const found = near.find(({ ordinals }) => ordinals.includes(ordinal));
    if (found || near.length < limit) return found;
  }
}

/** One row of a segment, without reading the others: f16 bits[dim]. */
export function readVectorRow(
  db: Database,
  segmentId: number,
  row: number,
  dim: number,
): Uint16Array | undefined {
  const sql = "SELECT substr(vectors, ?, ?) FROM segment WHERE id = ?";
  return db.first(
    sql,
    [row * dim * 2 + 1, dim * 2, segmentId],
    (found) => new Uint16Array(found.bytes(0).buffer),
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
