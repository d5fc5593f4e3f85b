import { SCHEMA_7 } from "./schema-7.ts";

/** A database as the eighth schema left it. */
export const SCHEMA_8 = `
    ${SCHEMA_7}
    CREATE TABLE reward (
      passage_id INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
      task TEXT NOT NULL,
      query TEXT NOT NULL,
      reward REAL NOT NULL,
      PRIMARY KEY (passage_id, task, query)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 8;
`;
