import type { AppendedPassage, Passage, PassageDraft, PassageRecord } from "../../contract/index.ts";
import { contentDigest } from "../content-digest.ts";
import type { Database, Row } from "../database.ts";

const COLUMNS =
  "p.id, s.collection_id, p.source_id, p.ordinal, p.title, p.text, p.start_utf16, p.end_utf16, p.record, p.original IS NULL";

/** Joins passages to sources that were not removed. */
const LIVING = "JOIN collection c ON c.id = s.collection_id AND c.kept_until_ms IS NULL";

const toPassage = (row: Row): Passage => ({
  id: row.number(0),
  collectionId: row.number(1),
  sourceId: row.number(2),
  ordinal: row.number(3),
  title: row.text(4),
  text: row.text(5),
  startUtf16: row.number(6),
  endUtf16: row.number(7),
  record: JSON.parse(row.text(8)) as PassageRecord,
  ...(row.number(9) === 0 && { isEdited: true }),
});

/** JSON escapes a lone surrogate and would keep it; in a record it becomes U+FFFD as everywhere else. */
const wellFormed = (_key: string, value: unknown) =>
  typeof value === "string" ? value.toWellFormed() : value;

export function insertPassage(
  db: Database,
  sourceId: number,
  ordinal: number,
  draft: AppendedPassage,
): number {
  return db.run(
    `INSERT INTO passage (source_id, ordinal, start_utf16, end_utf16, title, text, record, digest, original)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sourceId,
      ordinal,
      draft.startUtf16,
      draft.endUtf16,
      draft.title,
      draft.text,
      JSON.stringify(draft.record, wellFormed),
      contentDigest(draft),
      draft.original ? JSON.stringify(draft.original, wellFormed) : null,
    ],
  );
}

type Words = Pick<PassageDraft, "text" | "record">;

/** Changes what a passage says; `original` is what its source says, or null where that is the same. */
export function setWords(db: Database, id: number, draft: Passage, original: Words | null): void {
  db.run("UPDATE passage SET text = ?, record = ?, digest = ?, original = ? WHERE id = ?", [
    draft.text,
    JSON.stringify(draft.record, wellFormed),
    contentDigest(draft),
    original && JSON.stringify(original, wellFormed),
    id,
  ]);
}

/** Puts a passage into another place, without a look at what stands there. */
export function movePassage(
  db: Database,
  id: number,
  {
    sourceId,
    ordinal,
    startUtf16,
    endUtf16,
  }: Pick<Passage, "sourceId" | "ordinal" | "startUtf16" | "endUtf16">,
): void {
  const sql = "UPDATE passage SET source_id = ?, ordinal = ?, start_utf16 = ?, end_utf16 = ? WHERE id = ?";
  db.run(sql, [sourceId, ordinal, startUtf16, endUtf16, id]);
}

/** Moves the passages from an ordinal on by one; in two steps, since no two may meet on the way. */
export function shiftPassages(db: Database, sourceId: number, from: number, by: 1 | -1): void {
  db.run("UPDATE passage SET ordinal = -1 - ordinal WHERE source_id = ? AND ordinal >= ?", [sourceId, from]);
  db.run("UPDATE passage SET ordinal = -1 - ordinal + ? WHERE source_id = ? AND ordinal < 0", [by, sourceId]);
}

/** What an edited passage says in its source; null for one that was not edited. */
export function readOriginal(db: Database, id: number): Words | null {
  const found = db.first("SELECT original FROM passage WHERE id = ?", [id], (row) =>
    row.isNull(0) ? null : (JSON.parse(row.text(0)) as Words),
  );
  return found ?? null;
}

/** Start and end of each passage of a source, by start. */
export function readSpans(db: Database, sourceId: number): Int32Array<ArrayBuffer> {
  const sql = "SELECT start_utf16, end_utf16 FROM passage WHERE source_id = ? ORDER BY start_utf16";
  const spans = db.read(sql, [sourceId], (row) => [row.number(0), row.number(1)] as const);
  const flat = new Int32Array(spans.length * 2);
  spans.forEach((span, i) => flat.set(span, i * 2));
  return flat;
}

/** In the order of `ids`; those that are gone are left out. */
export function readPassages(db: Database, ids: readonly number[]): Passage[] {
  return db.read(
    `SELECT ${COLUMNS}
     FROM json_each(?) AS wanted
     CROSS JOIN passage p ON p.id = wanted.value
     CROSS JOIN source s ON s.id = p.source_id
     ${LIVING}
     ORDER BY wanted.key`,
    [JSON.stringify(ids)],
    toPassage,
  );
}

/** The passage after each of `ids` in its source, or null. */
export function readContinuations(db: Database, ids: readonly number[]): (Passage | null)[] {
  return db.read(
    `SELECT ${COLUMNS}
     FROM json_each(?) AS wanted
     LEFT JOIN passage before ON before.id = wanted.value
     LEFT JOIN passage p ON p.source_id = before.source_id AND p.ordinal = before.ordinal + 1
     LEFT JOIN source s ON s.id = p.source_id
     ORDER BY wanted.key`,
    [JSON.stringify(ids)],
    (row) => (row.isNull(0) ? null : toPassage(row)),
  );
}

/** By source, then by place in it. */
export function listPassages(
  db: Database,
  collectionId: number,
  sourceId: number | undefined,
  offset: number,
  limit: number,
): Passage[] {
  return db.read(
    `SELECT ${COLUMNS}
     FROM source s CROSS JOIN passage p ON p.source_id = s.id
     WHERE s.collection_id = ?1 AND s.id = coalesce(?2, s.id)
     ORDER BY s.id, p.ordinal
     LIMIT ?4 OFFSET ?3`,
    [collectionId, sourceId ?? null, offset, limit],
    toPassage,
  );
}

/** Those of `ordinals` that the source has, ascending. */
export function readPassagesAt(db: Database, sourceId: number, ordinals: readonly number[]): Passage[] {
  return db.read(
    `SELECT ${COLUMNS}
     FROM json_each(?2) AS wanted
     CROSS JOIN passage p ON p.source_id = ?1 AND p.ordinal = wanted.value
     CROSS JOIN source s ON s.id = p.source_id
     ORDER BY p.ordinal`,
    [sourceId, JSON.stringify(ordinals)],
    toPassage,
  );
}

/** Stored passages of a collection with the same content, the latest first. */
export function twinsOf(db: Database, collectionId: number, draft: PassageDraft): number[] {
  const sql = `
    SELECT p.id FROM passage p JOIN source s ON s.id = p.source_id
    WHERE p.digest = ? AND s.collection_id = ? ORDER BY p.id DESC LIMIT ?`;
  return db.read(sql, [contentDigest(draft), collectionId, MOST_TWINS], (row) => row.number(0));
}

/** One of them has a vector as a rule: the latest, unless it waits for it itself. */
const MOST_TWINS = 4;

export interface Place {
  readonly id: number;
  readonly sourceId: number;
  readonly ordinal: number;
}

const toPlace = (row: Row): Place => ({
  id: row.number(0),
  sourceId: row.number(1),
  ordinal: row.number(2),
});

/** Where the passages of one collection stand, in the order of `ids`; strangers are left out. */
export function placesOf(db: Database, collectionId: number, ids: readonly number[]): Place[] {
  return db.read(
    `SELECT p.id, p.source_id, p.ordinal
     FROM json_each(?2) AS wanted
     CROSS JOIN passage p ON p.id = wanted.value
     CROSS JOIN source s ON s.id = p.source_id AND s.collection_id = ?1
     ORDER BY wanted.key`,
    [collectionId, JSON.stringify(ids)],
    toPlace,
  );
}

/** The ids of a stretch of one source, by ordinal. The index alone answers it; no text is read. */
export function idsBetween(db: Database, sourceId: number, first: number, last: number): Map<number, number> {
  const sql = "SELECT ordinal, id FROM passage WHERE source_id = ? AND ordinal BETWEEN ? AND ?";
  return new Map(db.read(sql, [sourceId, first, last], (row) => [row.number(0), row.number(1)]));
}
