import type {
  FeedbackMark,
  PassageReward,
  RewardedQuery,
  StoredAdapter,
  TaskId,
} from "../../contract/index.ts";
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

/**
 * Marks of a collection's passages under a task, by passage; with `query` those of that one.
 *
 * Cost: the marks that there are, few beside passages, are read first.
 */
export function listMarks(
  db: Database,
  collectionId: number,
  task: TaskId,
  query: string | null = null,
): FeedbackMark[] {
  return db.read(
    `SELECT m.query, m.passage_id, m.mark FROM mark m
     CROSS JOIN passage p ON p.id = m.passage_id CROSS JOIN source s ON s.id = p.source_id
     WHERE s.collection_id = ?1 AND m.task = ?2 AND m.query = coalesce(?3, m.query)
     ORDER BY m.passage_id, m.query`,
    [collectionId, task, query],
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

/** Gives marks and rewards of a passage to another; where that has its own of the same question, those stay. */
export function moveJudgements(db: Database, from: number, to: number): void {
  for (const table of ["mark", "reward"])
    db.run(`UPDATE OR IGNORE ${table} SET passage_id = ? WHERE passage_id = ?`, [to, from]);
}

/** Rewards of a collection's passages under a task, the oldest query first. */
export function listRewards(db: Database, collectionId: number, task: TaskId): RewardedQuery[] {
  const rows = db.read(
    `SELECT r.query, r.passage_id, r.reward FROM reward r
     JOIN passage p ON p.id = r.passage_id JOIN source s ON s.id = p.source_id
     WHERE s.collection_id = ? AND r.task = ? ORDER BY r.at_ms, r.query, r.passage_id`,
    [collectionId, task],
    (row) => ({ query: row.text(0), passageId: row.number(1), reward: row.number(2) }),
  );
  const byQuery = new Map<string, PassageReward[]>();
  for (const { query, passageId, reward } of rows) {
    const own = byQuery.get(query) ?? [];
    own.push({ passageId, reward });
    byQuery.set(query, own);
  }
  return [...byQuery].map(([query, given]) => ({ query, rewards: given }));
}

/** Takes the place of all rewards of this query; none takes them back. */
export function writeRewards(
  db: Database,
  collectionId: number,
  task: TaskId,
  { query, rewards }: RewardedQuery,
  atMs: number,
): void {
  db.run(`DELETE FROM reward WHERE task = ? AND query = ? AND ${OF_COLLECTION}`, [task, query, collectionId]);
  for (const { passageId, reward } of rewards)
    db.run("INSERT OR REPLACE INTO reward (passage_id, task, query, reward, at_ms) VALUES (?, ?, ?, ?, ?)", [
      passageId,
      task,
      query,
      reward,
      atMs,
    ]);
}

export function deleteRewards(db: Database, collectionId: number, task: TaskId): void {
  db.run(`DELETE FROM reward WHERE task = ? AND ${OF_COLLECTION}`, [task, collectionId]);
}

const OF_COLLECTION = `passage_id IN
  (SELECT p.id FROM passage p JOIN source s ON s.id = p.source_id WHERE s.collection_id = ?)`;
