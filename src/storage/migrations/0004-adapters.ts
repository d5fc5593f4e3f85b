import type { Migration } from "../migrate.ts";

/** What was learned of a collection's own text, and what the person said of its hits. Both go with the collection. */
export const adapters: Migration = {
  version: 4,
  up: (db) =>
    db.script(`
      CREATE TABLE adapter (
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        task TEXT NOT NULL,
        model_key TEXT NOT NULL,
        report TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (collection_id, task, model_key)
      ) STRICT;

      CREATE TABLE mark (
        passage_id INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
        task TEXT NOT NULL,
        query TEXT NOT NULL,
        mark TEXT NOT NULL,
        PRIMARY KEY (passage_id, task, query)
      ) STRICT, WITHOUT ROWID;
    `),
};
