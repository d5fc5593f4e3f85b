import type { KeywordHit, SearchFilter } from "../../contract/index.ts";
import type { Database, Value } from "../database.ts";
import { toKeywordText } from "../keyword-text.ts";

/**
 * One table a collection: BM25's statistics never mix, and a deleted collection drops its own. The table keeps
 * no text (contentless), only what a query needs; `M*` keeps the vowel signs of Indic scripts inside words.
 */
const tableOf = (collectionId: number) => `keyword_${collectionId}`;

export function createKeywordTable(db: Database, collectionId: number): void {
  db.script(`
    CREATE VIRTUAL TABLE ${tableOf(collectionId)} USING fts5 (
      title, text, content = '', contentless_delete = 1,
      tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
    )`);
}

export function dropKeywordTable(db: Database, collectionId: number): void {
  db.forget(tableOf(collectionId));
  db.script(`DROP TABLE ${tableOf(collectionId)}`);
}

export function insertKeywords(
  db: Database,
  collectionId: number,
  passageId: number,
  title: string,
  text: string,
): void {
  db.run(`INSERT INTO ${tableOf(collectionId)} (rowid, title, text) VALUES (?, ?, ?)`, [
    passageId,
    toKeywordText(title),
    toKeywordText(text),
  ]);
}

export function deleteKeywordsOfSource(db: Database, collectionId: number, sourceId: number): void {
  const ids = "SELECT id FROM passage WHERE source_id = ?";
  db.run(`DELETE FROM ${tableOf(collectionId)} WHERE rowid IN (${ids})`, [sourceId]);
}

/**
 * Passages that `match` finds, best first, ties by lower id.
 *
 * The unary plus keeps the planner from running the whole match once for every id that the filter allows.
 * Source: SQLite's FTS5 `bm25()`, k1 1.2 and b 0.75 built in, negated so that higher is better.
 */
export function searchKeywords(
  db: Database,
  collectionId: number,
  match: string,
  limit: number,
  filter: SearchFilter = {},
): KeywordHit[] {
  const table = tableOf(collectionId);
  const conditions = [`${table} MATCH ?`];
  const values: Value[] = [match];
  if (filter.sourceIds !== undefined || filter.beforeOrdinal !== undefined) {
    conditions.push(`+rowid IN (
      SELECT p.id FROM source s JOIN passage p ON p.source_id = s.id
      WHERE s.collection_id = ? AND p.ordinal < ?
        ${filter.sourceIds ? "AND s.id IN (SELECT value FROM json_each(?))" : ""})`);
    values.push(collectionId, filter.beforeOrdinal ?? Number.MAX_SAFE_INTEGER);
    if (filter.sourceIds) values.push(JSON.stringify(filter.sourceIds));
  }
  if (filter.excludeId !== undefined) {
    conditions.push("+rowid <> ?");
    values.push(filter.excludeId);
  }
  return db.read(
    `SELECT rowid, -rank FROM ${table} WHERE ${conditions.join(" AND ")} ORDER BY rank, rowid LIMIT ?`,
    [...values, limit],
    (row) => ({ passageId: row.number(0), bm25: row.number(1) }),
  );
}
