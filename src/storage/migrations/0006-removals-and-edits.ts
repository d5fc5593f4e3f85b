import type { Migration } from "../migrate.ts";

/**
 * What was removed is kept for a while: a collection with `kept_until_ms`, which also holds the sources that were removed
 * from the collection `removed_from`. A passage that was edited keeps its first words (`original`, JSON), and a source
 * what was said of it when it was read (`notices`, JSON).
 */
export const removalsAndEdits: Migration = {
  version: 6,
  up: (db) =>
    db.script(`
      ALTER TABLE collection ADD COLUMN kept_until_ms INTEGER;
      ALTER TABLE collection ADD COLUMN removed_from INTEGER REFERENCES collection (id) ON DELETE CASCADE;
      ALTER TABLE passage ADD COLUMN original TEXT;
      ALTER TABLE source ADD COLUMN notices TEXT NOT NULL DEFAULT '[]';
    `),
};
