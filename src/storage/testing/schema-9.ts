import { SCHEMA_8 } from "./schema-8.ts";

/** A database as the ninth schema left it. */
export const SCHEMA_9 = `
    ${SCHEMA_8}
    ALTER TABLE source ADD COLUMN split_from INTEGER REFERENCES source (id) ON DELETE SET NULL;
    ALTER TABLE source ADD COLUMN split_start INTEGER;
    INSERT INTO reward (passage_id, task, query, reward) SELECT min(id), 'qa', 'how long?', 0.5 FROM passage;
    PRAGMA user_version = 9;
`;
