import type { Migration } from "../migrate.ts";

/** When a reward came, so that the latest count first; and passages that stand apart are found by their source at once. */
export const latestRewards: Migration = {
  version: 10,
  up: (db) =>
    db.script(`
      ALTER TABLE reward ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX source_split ON source (split_from) WHERE split_from IS NOT NULL;
    `),
};
