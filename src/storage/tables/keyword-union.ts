import type { KeywordHit } from "../../contract/index.ts";
import type { Database } from "../database.ts";

/** The best of one collection by its own BM25, and the table they are from. */
export interface KeywordList {
  readonly collectionId: number;
  readonly table: string;
  readonly hits: readonly KeywordHit[];
}

/**
 * Scores the best of several collections as if they were one: how rare a word is counts over all of them.
 *
 * By its own BM25 a small collection about one thing loses its own words, which are all over it: three sets searched at
 * once (11,518, 1,170 and 240 passages; 500 questions of the second) had nDCG@10 .518 so, .598 as here, .584 in one
 * table. To divide by each collection's best had .340. Lengths stay relative to the collection's own mean.
 * Cost: two passes over the postings of each word; in that run three times the search of the largest alone.
 */
export function scoreAsOne(
  db: Database,
  lists: readonly KeywordList[],
  words: readonly string[],
): KeywordHit[] {
  const sizes = lists.map(({ collectionId }) => {
    const sql = "SELECT total(done) FROM source WHERE collection_id = ?";
    return db.first(sql, [collectionId], (row) => row.number(0)) ?? 0;
  });
  const scores = new Map<number, number>();
  for (const word of words) {
    const found = lists.map(({ table }) => {
      const sql = `SELECT count(*) FROM ${table} WHERE ${table} MATCH ?`;
      return db.first(sql, [word], (row) => row.number(0)) ?? 0;
    });
    const rarity = inverseFrequency(sum(sizes), sum(found));
    for (const [at, { table, hits }] of lists.entries()) {
      if (found[at] === 0) continue;
      const change = rarity / inverseFrequency(sizes[at] ?? 0, found[at] ?? 0);
      const sql = `SELECT rowid, -rank FROM ${table}
        WHERE ${table} MATCH ? AND +rowid IN (SELECT value FROM json_each(?))`;
      const ids = JSON.stringify(hits.map(({ passageId }) => passageId));
      for (const [id, bm25] of db.read(sql, [word, ids], (row) => [row.number(0), row.number(1)] as const))
        scores.set(id, (scores.get(id) ?? 0) + bm25 * change);
    }
  }
  return Array.from(scores, ([passageId, bm25]) => ({ passageId, bm25 })).sort(
    (a, b) => b.bm25 - a.bm25 || a.passageId - b.passageId,
  );
}

/** As SQLite's FTS5 has it, with a trace left for a word of more than half of the passages. */
function inverseFrequency(all: number, found: number): number {
  const idf = Math.log((all - found + 0.5) / (found + 0.5));
  return idf > 0 ? idf : 1e-6;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
