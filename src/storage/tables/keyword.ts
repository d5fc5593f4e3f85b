import type { KeywordHit, SearchFilter } from "../../contract/index.ts";
import type { Database, Value } from "../database.ts";
import { toKeywordText, type KeywordPhrase, type KeywordTerm } from "../keyword-text.ts";
import { narrows, passagesWithin } from "./filter.ts";
import { scoreAsOne } from "./keyword-union.ts";

/**
 * Words of a query that count; the rarest ones do when there are more. Text chunks as queries (lrlm, 98 words
 * on average, 5,644 passages): nDCG@10 .197 in 9 ms with 32, .191 in 30 ms with 64, .192 in 48 ms with all.
 */
const MAX_TERMS = 32;

/** Words of a very long query that are looked up at all: its last ones, where a conversation asks. */
const MAX_CANDIDATES = 512;

const FEW_PASSAGES = 8;

/**
 * One table a collection: BM25's statistics never mix, and a deleted collection drops its own. The table keeps
 * no text (contentless), only what a query needs; `M*` keeps the vowel signs of Indic scripts inside words.
 */
const tableOf = (collectionId: number) => `keyword_${collectionId}`;

/** The same table seen by word: in how many passages each occurs. */
const wordsOf = (collectionId: number) => `keyword_words_${collectionId}`;

export function createKeywordTable(db: Database, collectionId: number): void {
  db.script(`
    CREATE VIRTUAL TABLE ${tableOf(collectionId)} USING fts5 (
      title, text, content = '', contentless_delete = 1,
      tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
    );
    CREATE VIRTUAL TABLE ${wordsOf(collectionId)} USING fts5vocab (${tableOf(collectionId)}, row);
  `);
}

export function dropKeywordTable(db: Database, collectionId: number): void {
  for (const table of [wordsOf(collectionId), tableOf(collectionId)]) {
    db.forget(table);
    db.script(`DROP TABLE ${table}`);
  }
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

export function deleteKeywords(db: Database, collectionId: number, passageId: number): void {
  db.run(`DELETE FROM ${tableOf(collectionId)} WHERE rowid = ?`, [passageId]);
}

export function deleteKeywordsOfSource(db: Database, collectionId: number, sourceId: number): void {
  const ids = "SELECT id FROM passage WHERE source_id = ?";
  db.run(`DELETE FROM ${tableOf(collectionId)} WHERE rowid IN (${ids})`, [sourceId]);
}

/** In how many passages a word occurs; null where it cannot be looked up as it stands. */
function passagesWith(db: Database, collectionId: number, { folded }: KeywordTerm): number | null {
  const sql = `SELECT doc FROM ${wordsOf(collectionId)} WHERE term = ?`;
  return db.first(sql, [folded], (row) => row.number(0)) ?? null;
}

/** A word in a third of the passages tells little, unless they are too few to know. */
export function tellingWords(db: Database, collectionId: number, terms: readonly KeywordTerm[]): string[] {
  const sql = "SELECT total(done) FROM source WHERE collection_id = ?";
  const all = db.first(sql, [collectionId], (row) => row.number(0)) ?? 0;
  const common = Math.max(FEW_PASSAGES, all / 3);
  return terms
    .slice(-MAX_CANDIDATES)
    .filter((term) => (passagesWith(db, collectionId, term) ?? 0) < common)
    .map(({ word, prefix }) => (prefix && word.length > 1 ? `${word}*` : word));
}

function rarest(
  db: Database,
  collectionIds: readonly number[],
  terms: readonly KeywordTerm[],
): readonly KeywordTerm[] {
  if (terms.length <= MAX_TERMS) return terms;
  const passagesInAll = (term: KeywordTerm): number => {
    const counts = collectionIds.map((id) => passagesWith(db, id, term)).filter((count) => count !== null);
    return counts.length === 0 ? Infinity : counts.reduce((sum, count) => sum + count, 0);
  };
  return terms
    .slice(-MAX_CANDIDATES)
    .map((term) => ({ term, passages: passagesInAll(term) }))
    .sort((a, b) => a.passages - b.passages)
    .slice(0, MAX_TERMS)
    .map(({ term }) => term);
}

/** A query taken apart by `toKeywordTerms` and `toKeywordPhrases`. */
export interface KeywordQuery {
  readonly terms: readonly KeywordTerm[];
  readonly phrases: readonly KeywordPhrase[];
}

/** Words hold letters, marks and numbers only, so that nothing in them ends the quotation. */
function quote(words: readonly string[], prefix: boolean): string {
  return `"${words.join(" ")}"${prefix ? " *" : ""}`;
}

/**
 * Passages with any of `terms` or `phrases`, best first, ties by lower id. A phrase counts as a word of its own, and a
 * rare one; to demand it cost nDCG@10 .592 → .523 on requests in plain words that happen to quote something
 * (`sextant eval`, task tool).
 */
export function searchKeywords(
  db: Database,
  collectionIds: readonly number[],
  { terms, phrases }: KeywordQuery,
  limit: number,
  filter: SearchFilter = {},
): KeywordHit[] {
  if (terms.length === 0) return [];
  const words = [
    ...phrases.map(({ words: row, prefix }) => quote(row, prefix)),
    ...rarest(db, collectionIds, terms).map(({ word, prefix }) => quote([word], prefix)),
  ];
  const lists = collectionIds.map((collectionId) => ({
    collectionId,
    table: tableOf(collectionId),
    hits: bestOf(db, collectionId, words, limit, filter),
  }));
  const [only] = lists;
  if (only && lists.length === 1) return [...only.hits];
  return scoreAsOne(db, lists, words).slice(0, limit);
}

/**
 * The best of one collection.
 *
 * The unary plus keeps the planner from running the whole match once for every id that the filter allows.
 * Source: SQLite's FTS5 `bm25()`, k1 1.2 and b 0.75 built in, negated so that higher is better.
 */
function bestOf(
  db: Database,
  collectionId: number,
  words: readonly string[],
  limit: number,
  filter: SearchFilter,
): KeywordHit[] {
  const table = tableOf(collectionId);
  const conditions = [`${table} MATCH ?`];
  const values: Value[] = [words.join(" OR ")];
  if (narrows(filter)) {
    const { sql, values: own } = passagesWithin(collectionId, filter);
    conditions.push(`+rowid IN (${sql})`);
    values.push(...own);
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
