import { SCHEMA_2 } from "./schema-2.ts";

/** A database as the third schema left it. */
export const SCHEMA_3 = `
    ${SCHEMA_2}
    ALTER TABLE source ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE source ADD COLUMN date_ms INTEGER;
    PRAGMA user_version = 3;
`;
