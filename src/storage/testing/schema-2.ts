import { SCHEMA_1 } from "./schema-1.ts";

/** A database as the second schema left it. */
export const SCHEMA_2 = `
    ${SCHEMA_1}
    ALTER TABLE segment ADD COLUMN first_ordinal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE segment ADD COLUMN last_ordinal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE segment ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX segment_of_ordinal ON segment (index_id, source_id, first_ordinal);
    PRAGMA user_version = 2;
`;
