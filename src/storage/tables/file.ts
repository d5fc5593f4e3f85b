import type { Database } from "../database.ts";

/** Marks the file as Sextant's: "SXTN". */
const APPLICATION_ID = 0x5358544e;

function pragma(db: Database, name: string): number {
  return db.first(`PRAGMA ${name}`, [], (row) => row.number(0)) ?? 0;
}

/**
 * Sets the connection up, and the file where it is new: page size and vacuum mode take effect only before the
 * first table. Pages of 64 KiB: 78 MB of vectors in OPFS were written in 1.8 s and read in 0.38 s against 8.1 s
 * and 3.1 s with 4 KiB. FULL: a batch that was reported as stored is on the disk.
 */
export function configure(db: Database): void {
  db.script(`
    PRAGMA page_size = 65536;
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = DELETE;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -32768;
  `);
}

export function schemaVersion(db: Database): number {
  return pragma(db, "user_version");
}

export function setSchemaVersion(db: Database, version: number): void {
  db.script(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version};`);
}

/** Whose file it is: `new` has nothing in it yet, `other` belongs to another program. */
export function ownerOf(db: Database): "new" | "sextant" | "other" {
  const id = pragma(db, "application_id");
  if (id === APPLICATION_ID) return "sextant";
  const objects = db.first("SELECT count(*) FROM sqlite_schema", [], (row) => row.number(0));
  return id === 0 && objects === 0 && schemaVersion(db) === 0 ? "new" : "other";
}

export function databaseBytes(db: Database): number {
  return pragma(db, "page_count") * pragma(db, "page_size");
}

/** Shortens the file by the pages that nothing uses any more. */
export function giveBackPages(db: Database): void {
  db.run("PRAGMA incremental_vacuum");
}
