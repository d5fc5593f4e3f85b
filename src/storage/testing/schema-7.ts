import { SCHEMA_6 } from "./schema-6.ts";

/** A database as the seventh schema left it. */
export const SCHEMA_7 = `
    ${SCHEMA_6}
    CREATE TABLE answer (
      id INTEGER PRIMARY KEY,
      saved_at TEXT NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
    PRAGMA user_version = 7;
`;
