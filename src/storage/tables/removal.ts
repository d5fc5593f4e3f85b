import type { CollectionFacts, Removal } from "../../contract/index.ts";
import type { Database, Row } from "../database.ts";
import { listIndexes } from "./vector-index.ts";

const SELECT = `
  SELECT c.id, c.removed_from, c.name, count(s.id), coalesce(sum(s.done), 0), c.kept_until_ms,
    max(s.split_start) IS NOT NULL
  FROM collection c LEFT JOIN source s ON s.collection_id = c.id
  WHERE c.kept_until_ms IS NOT NULL
    AND (c.removed_from IS NULL
      OR (SELECT o.kept_until_ms FROM collection o WHERE o.id = c.removed_from) IS NULL)`;

const toRemoval = (row: Row): Removal => ({
  id: row.number(0),
  what: row.isNull(1) ? "collection" : row.number(6) === 1 ? "passage" : "sources",
  collectionId: row.isNull(1) ? row.number(0) : row.number(1),
  name: row.text(2),
  sources: row.number(3),
  passages: row.number(4),
  keptUntilMs: row.number(5),
});

/** The latest first; without sources of a collection that was removed itself. */
export function listRemovals(db: Database): Removal[] {
  return db.read(`${SELECT} GROUP BY c.id ORDER BY c.kept_until_ms DESC, c.id DESC`, [], toRemoval);
}

export function findRemoval(db: Database, id: number): Removal | undefined {
  return db.first(`${SELECT} AND c.id = ? GROUP BY c.id`, [id], toRemoval);
}

/** Hides a collection; null shows it again. */
export function setKeptUntil(db: Database, collectionId: number, keptUntilMs: number | null): void {
  db.run("UPDATE collection SET kept_until_ms = ? WHERE id = ?", [keptUntilMs, collectionId]);
}

/** A hidden collection for sources that are removed from another; it has no full-text table. */
export function insertBin(db: Database, collectionId: number, name: string, keptUntilMs: number): number {
  return db.run(
    `INSERT INTO collection (name, kind, created_at, kept_until_ms, removed_from)
     SELECT ?, kind, created_at, ?, id FROM collection WHERE id = ?`,
    [name, keptUntilMs, collectionId],
  );
}

export function moveSource(db: Database, sourceId: number, collectionId: number): void {
  db.run("UPDATE source SET collection_id = ? WHERE id = ?", [collectionId, sourceId]);
}

/** Cost: the lengths of the texts, not the texts. */
export function collectionFacts(db: Database, collectionId: number): CollectionFacts {
  const indexes = listIndexes(db, collectionId);
  const sources = db.first(
    `SELECT coalesce(sum(octet_length(t.text)), 0), max(s.added_at)
     FROM source s JOIN source_text t ON t.source_id = s.id WHERE s.collection_id = ?`,
    [collectionId],
    (row) => ({ textBytes: row.number(0), lastAddedAt: row.isNull(1) ? null : row.text(1) }),
  );
  return {
    collectionId,
    textBytes: sources?.textBytes ?? 0,
    vectorBytes: indexes.reduce((sum, { present, dim }) => sum + present * dim * 2, 0),
    indexes,
    lastAddedAt: sources?.lastAddedAt ?? null,
  };
}
