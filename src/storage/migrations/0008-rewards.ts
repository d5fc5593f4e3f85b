import type { Migration } from "../migrate.ts";

/** How much a language model was helped by a passage to the answer of a question. It goes with the passage. */
export const rewards: Migration = {
  version: 8,
  up: (db) =>
    db.script(`
      CREATE TABLE reward (
        passage_id INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
        task TEXT NOT NULL,
        query TEXT NOT NULL,
        reward REAL NOT NULL,
        PRIMARY KEY (passage_id, task, query)
      ) STRICT, WITHOUT ROWID;
    `),
};
