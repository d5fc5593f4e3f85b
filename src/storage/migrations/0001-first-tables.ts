import type { Migration } from "../migrate.ts";

/**
 * The first schema; docs/formats/database.md describes it. Ids are never given out twice (AUTOINCREMENT), so
 * that an id kept elsewhere never comes to mean another row. The full-text tables are made with their
 * collection, in tables/keyword.ts.
 */
export const firstTables: Migration = {
  version: 1,
  up: (db) =>
    db.script(`
      CREATE TABLE collection (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE source (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        format TEXT NOT NULL,
        digest TEXT NOT NULL,
        size_utf16 INTEGER NOT NULL,
        added_at TEXT NOT NULL,
        total INTEGER NOT NULL,
        done INTEGER NOT NULL DEFAULT 0,
        UNIQUE (collection_id, digest),
        CHECK (done BETWEEN 0 AND total)
      ) STRICT;

      -- Apart from source: done changes with every batch, and changing a row rewrites all of it.
      CREATE TABLE source_text (
        source_id INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
        text TEXT NOT NULL
      ) STRICT;

      CREATE TABLE passage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        start_utf16 INTEGER NOT NULL,
        end_utf16 INTEGER NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        record TEXT NOT NULL,
        UNIQUE (source_id, ordinal)
      ) STRICT;

      CREATE TABLE vector_index (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        task TEXT NOT NULL,
        model_key TEXT NOT NULL,
        dim INTEGER NOT NULL,
        UNIQUE (collection_id, task, model_key)
      ) STRICT;

      CREATE TABLE segment (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        index_id INTEGER NOT NULL REFERENCES vector_index (id) ON DELETE CASCADE,
        source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
        rows INTEGER NOT NULL,
        ordinals BLOB NOT NULL,
        vectors BLOB NOT NULL
      ) STRICT;
      CREATE INDEX segment_of_index ON segment (index_id);
      CREATE INDEX segment_of_source ON segment (source_id, index_id, rows);

      CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
};
