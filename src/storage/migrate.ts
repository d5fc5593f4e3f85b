import { SextantError } from "../contract/index.ts";
import type { Database } from "./database.ts";
import { storageCorrupt } from "./faults.ts";
import { ownerOf, schemaVersion, setSchemaVersion } from "./tables/file.ts";

/** One step forward of the schema. Steps are never changed once released, and never undone. */
export interface Migration {
  readonly version: number;
  up(db: Database): void;
}

/**
 * Brings the schema up to the last of `migrations`, in one transaction.
 *
 * Throws: `storage/newer-schema` when the file is ahead of this program, `storage/corrupt` when it belongs to
 * another one. Neither touches the file.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  if (ownerOf(db) === "other") throw storageCorrupt("it is not a database of Sextant");
  const stored = schemaVersion(db);
  const known = migrations.at(-1)?.version ?? 0;
  if (stored > known)
    throw new SextantError(
      "storage/newer-schema",
      `The stored data was written by a newer Sextant (schema ${stored}, this one knows ${known}): reload the ` +
        "page to get the newer one.",
      { stored, known },
    );
  if (stored === known) return;
  db.transaction(() => {
    for (const migration of migrations) if (migration.version > stored) migration.up(db);
    setSchemaVersion(db, known);
  });
}
