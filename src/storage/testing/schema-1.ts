/** A database as the first release left it, with a segment in it. */
export const SCHEMA_1 = `
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
    PRAGMA application_id = 0x5358544e;
    PRAGMA user_version = 1;
    INSERT INTO collection VALUES (1, 'notes', 'document', '2026-11-21T00:00:00Z');
    INSERT INTO source VALUES (1, 1, 'a', 'text/1', 'd', 3, '2026-11-21T00:00:00Z', 3, 3);
    INSERT INTO passage VALUES (1, 1, 0, 0, 1, '', 'a', '{}'), (2, 1, 1, 1, 2, '', 'b', '{}'), (3, 1, 2, 2, 3, '', 'c', '{}');
    INSERT INTO vector_index VALUES (1, 1, 'qa', 'mini', 1);
    INSERT INTO segment VALUES (1, 1, 1, 2, x'0100000002000000', x'003c0040');
`;
