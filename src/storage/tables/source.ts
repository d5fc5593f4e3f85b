import type { Notice, PendingWork, Source } from "../../contract/index.ts";
import type { Database, Row } from "../database.ts";
import { deleteSetting, writeSetting } from "./setting.ts";

/** Not in a collection that was removed, nor among the sources that were. */
const LIVING = "(SELECT c.kept_until_ms FROM collection c WHERE c.id = source.collection_id) IS NULL";

const SELECT =
  "SELECT id, collection_id, name, format, digest, size_utf16, added_at, total, done, tags, date_ms FROM source";

const toSource = (row: Row): Source => ({
  id: row.number(0),
  collectionId: row.number(1),
  name: row.text(2),
  format: row.text(3),
  digest: row.text(4),
  sizeUtf16: row.number(5),
  addedAt: row.text(6),
  total: row.number(7),
  done: row.number(8),
  tags: JSON.parse(row.text(9)) as string[],
  dateMs: row.isNull(10) ? null : row.number(10),
});

export type NewSource = Pick<Source, "collectionId" | "name" | "format" | "digest" | "total"> & {
  readonly text: string;
  readonly dateMs?: number | null;
  readonly notices?: readonly Notice[];
};

export function insertSource(db: Database, source: NewSource): number {
  const id = db.run(
    `INSERT INTO source (collection_id, name, format, digest, size_utf16, added_at, total, date_ms, notices)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      source.collectionId,
      source.name,
      source.format,
      source.digest,
      source.text.length,
      new Date().toISOString(),
      source.total,
      source.dateMs ?? null,
      JSON.stringify(source.notices ?? []),
    ],
  );
  db.run("INSERT INTO source_text (source_id, text) VALUES (?, ?)", [id, source.text]);
  return id;
}

export function listSources(db: Database, collectionId: number): Source[] {
  return db.read(`${SELECT} WHERE collection_id = ? ORDER BY id`, [collectionId], toSource);
}

/** In the order of `ids`; empty for one that is gone. */
export function sourceNames(db: Database, ids: readonly number[]): string[] {
  const sql = `
    SELECT coalesce(source.name, '') FROM json_each(?) AS wanted
    LEFT JOIN source ON source.id = wanted.value AND ${LIVING} ORDER BY wanted.key`;
  return db.read(sql, [JSON.stringify(ids)], (row) => row.text(0));
}

export function findSource(db: Database, id: number): Source | undefined {
  return db.first(`${SELECT} WHERE id = ? AND ${LIVING}`, [id], toSource);
}

export function findSourceByDigest(db: Database, collectionId: number, digest: string): Source | undefined {
  return db.first(`${SELECT} WHERE collection_id = ? AND digest = ?`, [collectionId, digest], toSource);
}

export function readSourceText(db: Database, id: number): string {
  return db.first("SELECT text FROM source_text WHERE source_id = ?", [id], (row) => row.text(0)) ?? "";
}

export function setDone(db: Database, id: number, done: number): void {
  db.run("UPDATE source SET done = ? WHERE id = ?", [done, id]);
}

export function setTotal(db: Database, id: number, total: number): void {
  db.run("UPDATE source SET total = ? WHERE id = ?", [total, id]);
}

/** Of a source that is stored whole. */
export function setCounts(db: Database, id: number, total: number): void {
  db.run("UPDATE source SET total = ?1, done = ?1 WHERE id = ?2", [total, id]);
}

export function setDigest(db: Database, id: number, digest: string): void {
  db.run("UPDATE source SET digest = ? WHERE id = ?", [digest, id]);
}

export function setSourceText(db: Database, id: number, text: string): void {
  db.run("UPDATE source_text SET text = ? WHERE source_id = ?", [text, id]);
}

/** Where the one passage of a source was taken from; `from` is null where that is gone. */
export interface Split {
  readonly from: number | null;
  readonly startUtf16: number;
}

export function setSplit(db: Database, id: number, split: Split | null): void {
  const sql = "UPDATE source SET split_from = ?, split_start = ? WHERE id = ?";
  db.run(sql, [split?.from ?? null, split?.startUtf16 ?? null, id]);
}

export function readSplit(db: Database, id: number): Split | undefined {
  const sql = "SELECT split_from, split_start FROM source WHERE id = ? AND split_start IS NOT NULL";
  return db.first(sql, [id], (row) => ({
    from: row.isNull(0) ? null : row.number(0),
    startUtf16: row.number(1),
  }));
}

export function deleteSource(db: Database, id: number): void {
  db.run("DELETE FROM source WHERE id = ?", [id]);
}

export function setSourceName(db: Database, id: number, name: string): void {
  db.run("UPDATE source SET name = ? WHERE id = ?", [name, id]);
}

export function readNotices(db: Database, id: number): Notice[] {
  const read = (json: string) => JSON.parse(json) as Notice[];
  return db.first("SELECT notices FROM source WHERE id = ?", [id], (row) => read(row.text(0))) ?? [];
}

export function setTags(db: Database, id: number, tags: readonly string[]): void {
  db.run("UPDATE source SET tags = ? WHERE id = ?", [JSON.stringify(tags), id]);
}

/** Whether the passages of a source are being imported: it is not cut from its text until they are. */
export function setImporting(db: Database, id: number, isImporting: boolean): void {
  if (isImporting) writeSetting(db, `${IMPORTING}${id}`, "1");
  else deleteSetting(db, `${IMPORTING}${id}`);
}

/** A setting a source, which goes when it is released; the id of a source is never given out twice. */
const IMPORTING = "importing:";

/** Without those that are being imported. */
export function listUnfinished(db: Database): PendingWork[] {
  return db.read(
    `SELECT collection_id, id, name, done, total FROM source
     WHERE done < total AND ${LIVING}
       AND NOT EXISTS (SELECT 1 FROM setting WHERE setting.name = '${IMPORTING}' || source.id)
     ORDER BY id`,
    [],
    (row) => ({
      collectionId: row.number(0),
      sourceId: row.number(1),
      sourceName: row.text(2),
      done: row.number(3),
      total: row.number(4),
    }),
  );
}
