import { SCHEMA_3 } from "./schema-3.ts";

/** A database as the fourth schema left it. */
export const SCHEMA_4 = `
    ${SCHEMA_3}
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
    PRAGMA user_version = 4;
`;
