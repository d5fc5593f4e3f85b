import { SCHEMA_5 } from "./schema-5.ts";

/** A database as the sixth schema left it. */
export const SCHEMA_6 = `
    ${SCHEMA_5}
    ALTER TABLE collection ADD COLUMN kept_until_ms INTEGER;
    ALTER TABLE collection ADD COLUMN removed_from INTEGER REFERENCES collection (id) ON DELETE CASCADE;
    ALTER TABLE passage ADD COLUMN original TEXT;
    ALTER TABLE source ADD COLUMN notices TEXT NOT NULL DEFAULT '[]';
    PRAGMA user_version = 6;
`;
