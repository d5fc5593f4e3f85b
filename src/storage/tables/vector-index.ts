import { TASK_IDS, type TaskId, type VectorIndex } from "../../contract/index.ts";
import { oneOf, type Database, type Row } from "../database.ts";

const SELECT = `
  SELECT v.id, v.collection_id, v.task, v.model_key, v.dim,
    (SELECT coalesce(sum(g.rows), 0) FROM source s JOIN segment g ON g.source_id = s.id AND g.index_id = v.id
     WHERE s.collection_id = v.collection_id),
    (SELECT coalesce(sum(s.done), 0) FROM source s WHERE s.collection_id = v.collection_id)
  FROM vector_index v`;

const toIndex = (row: Row): VectorIndex => ({
  id: row.number(0),
  collectionId: row.number(1),
  task: oneOf(TASK_IDS, row.text(2)),
  modelKey: row.text(3),
  dim: row.number(4),
  present: row.number(5),
  missing: row.number(6) - row.number(5),
});

export function insertIndex(
  db: Database,
  collectionId: number,
  task: TaskId,
  modelKey: string,
  dim: number,
): number {
  const sql = "INSERT INTO vector_index (collection_id, task, model_key, dim) VALUES (?, ?, ?, ?)";
  return db.run(sql, [collectionId, task, modelKey, dim]);
}

export function findIndex(db: Database, id: number): VectorIndex | undefined {
  const isLiving = "(SELECT c.kept_until_ms FROM collection c WHERE c.id = v.collection_id) IS NULL";
  return db.first(`${SELECT} WHERE v.id = ? AND ${isLiving}`, [id], toIndex);
}

export function findIndexOf(
  db: Database,
  collectionId: number,
  task: TaskId,
  modelKey: string,
): VectorIndex | undefined {
  const where = "WHERE v.collection_id = ? AND v.task = ? AND v.model_key = ?";
  return db.first(`${SELECT} ${where}`, [collectionId, task, modelKey], toIndex);
}

export function listIndexes(db: Database, collectionId: number): VectorIndex[] {
  return db.read(`${SELECT} WHERE v.collection_id = ? ORDER BY v.id`, [collectionId], toIndex);
}
