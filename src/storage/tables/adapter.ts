import type { FeedbackMark, StoredAdapter, TaskId } from "../../contract/index.ts";
import { oneOf, type Database } from "../database.ts";

const MARKS = ["right", "wrong", "pinned"] as const;

export function readAdapter(
  db: Database,
  collectionId: number,
  task: TaskId,
  modelKey: string,
): StoredAdapter | null {
  const sql = "SELECT report, bytes FROM adapter WHERE collection_id = ? AND task = ? AND model_key = ?";
  const found = db.first(sql, [collectionId, task, modelKey], (row) => ({
    report: row.text(0),
    bytes: row.bytes(1),
  }));
  return found ?? null;
}

export function writeAdapter(
  db: Database,
  collectionId: number,
  task: TaskId,
  modelKey: string,
  { report, bytes }: StoredAdapter,
): void {
  db.run(
    "INSERT OR REPLACE INTO adapter (collection_id, task, model_key, report, bytes) VALUES (?, ?, ?, ?, ?)",
    [collectionId, task, modelKey, report, bytes],
  );
}

/** Marks of a collection's passages under a task, by passage. */
export function listMarks(db: Database, collectionId: number, task: TaskId): FeedbackMark[] {
  return db.read(
    `SELECT m.query, m.passage_id, m.mark FROM mark m
     JOIN passage p ON p.id = m.passage_id JOIN source s ON s.id = p.source_id
     WHERE s.collection_id = ? AND m.task = ? ORDER BY m.passage_id, m.query`,
    [collectionId, task],
    (row) => ({ query: row.text(0), passageId: row.number(1), mark: oneOf(MARKS, row.text(2)) }),
  );
}

/** Keeps the later of two marks of one hit; `null` takes it back. */
export function writeMark(
  db: Database,
  task: TaskId,
  { query, passageId, mark }: Omit<FeedbackMark, "mark"> & { readonly mark: FeedbackMark["mark"] | null },
): void {
  if (mark === null)
    db.run("DELETE FROM mark WHERE passage_id = ? AND task = ? AND query = ?", [passageId, task, query]);
  else
    db.run("INSERT OR REPLACE INTO mark (passage_id, task, query, mark) VALUES (?, ?, ?, ?)", [
      passageId,
      task,
      query,
      mark,
    ]);
}
