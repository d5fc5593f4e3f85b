import type { AnswerRecord, SavedAnswer } from "../../contract/index.ts";
import type { Database } from "../database.ts";

export function insertAnswer(
  db: Database,
  record: AnswerRecord,
  savedAt = new Date().toISOString(),
): SavedAnswer {
  const id = db.run("INSERT INTO answer (saved_at, record) VALUES (?, ?)", [savedAt, JSON.stringify(record)]);
  return { id, savedAt, record };
}

/** Newest first. */
export function listAnswers(db: Database): SavedAnswer[] {
  return db.read("SELECT id, saved_at, record FROM answer ORDER BY id DESC", [], (row) => ({
    id: row.number(0),
    savedAt: row.text(1),
    record: JSON.parse(row.text(2)) as AnswerRecord,
  }));
}

export function deleteAnswer(db: Database, id: number): void {
  db.run("DELETE FROM answer WHERE id = ?", [id]);
}
