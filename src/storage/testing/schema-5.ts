import { SCHEMA_4 } from "./schema-4.ts";

/** A database as the fifth schema left it; digests are made by the step to it. */
export const SCHEMA_5 = `
    ${SCHEMA_4}
    ALTER TABLE passage ADD COLUMN digest BLOB;
    CREATE INDEX passage_of_digest ON passage (digest);
    PRAGMA user_version = 5;
`;
