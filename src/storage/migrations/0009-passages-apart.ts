import type { Migration } from "../migrate.ts";

/**
 * A passage that was removed alone stands in a hidden source of its own: `split_from` is the source that it was in, and
 * `split_start` where its text began there.
 */
export const passagesApart: Migration = {
  version: 9,
  up: (db) =>
    db.script(`
      ALTER TABLE source ADD COLUMN split_from INTEGER REFERENCES source (id) ON DELETE SET NULL;
      ALTER TABLE source ADD COLUMN split_start INTEGER;
    `),
};
