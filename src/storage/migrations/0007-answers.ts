import type { Migration } from "../migrate.ts";

/** Answers that the person kept, with their prompts and sources as they were. */
export const answers: Migration = {
  version: 7,
  up: (db) =>
    db.script(`
      CREATE TABLE answer (
        id INTEGER PRIMARY KEY,
        saved_at TEXT NOT NULL,
        record TEXT NOT NULL
      ) STRICT;
    `),
};
