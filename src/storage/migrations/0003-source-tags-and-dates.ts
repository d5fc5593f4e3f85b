import type { Migration } from "../migrate.ts";

/** A source has words of the person's own (a JSON array) and the date of what it was made from, where that is known. */
export const sourceTagsAndDates: Migration = {
  version: 3,
  up: (db) =>
    db.script(`
      ALTER TABLE source ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE source ADD COLUMN date_ms INTEGER;
    `),
};
