import { KINDS, type Collection, type Kind } from "../../contract/index.ts";
import { oneOf, type Database, type Row } from "../database.ts";

const SELECT = `
  SELECT c.id, c.name, c.kind, c.created_at, count(s.id), coalesce(sum(s.done), 0)
  FROM collection c LEFT JOIN source s ON s.collection_id = c.id
  WHERE c.kept_until_ms IS NULL`;

const toCollection = (row: Row): Collection => ({
  id: row.number(0),
  name: row.text(1),
  kind: oneOf(KINDS, row.text(2)),
  createdAt: row.text(3),
  sources: row.number(4),
  passages: row.number(5),
});

export function insertCollection(db: Database, name: string, kind: Kind): number {
  const sql = "INSERT INTO collection (name, kind, created_at) VALUES (?, ?, ?)";
  return db.run(sql, [name, kind, new Date().toISOString()]);
}

export function listCollections(db: Database): Collection[] {
  return db.read(`${SELECT} GROUP BY c.id ORDER BY c.id`, [], toCollection);
}

export function findCollection(db: Database, id: number): Collection | undefined {
  return db.first(`${SELECT} AND c.id = ? GROUP BY c.id`, [id], toCollection);
}

export function setCollectionName(db: Database, id: number, name: string): void {
  db.run("UPDATE collection SET name = ? WHERE id = ?", [name, id]);
}

/** Takes its sources, passages, indexes and segments along; not its full-text table. */
export function deleteCollection(db: Database, id: number): void {
  db.run("DELETE FROM collection WHERE id = ?", [id]);
}
