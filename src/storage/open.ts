import type { Database as Connection } from "@sqlite.org/sqlite-wasm";
import type { Handlers, StorageCalls } from "../contract/index.ts";
import { createDatabase, type Database } from "./database.ts";
import { classifyFault } from "./faults.ts";
import { createHandlers } from "./handlers.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { openPool } from "./pool.ts";
import { loadSqlite, type Sqlite } from "./sqlite.ts";
import { cutTail } from "./tail.ts";
import { configure } from "./tables/file.ts";

export interface OpenStorageOptions {
  /** `directory` is a folder of the origin's private file system; everything in it belongs to the storage. */
  readonly where: { readonly kind: "opfs"; readonly directory?: string } | { readonly kind: "memory" };
}

export interface OpenStorage {
  readonly handlers: Handlers<StorageCalls>;
  close(): Promise<void>;
}

/** A migrated database and the words that `info` has for its place. */
export interface OpenDatabase {
  readonly database: Database;
  readonly durable: boolean;
  readonly where: string;
  close(): void;
}

const FILE = "/sextant.sqlite3";

/** Brings a connection's database up to today's schema; closed when that fails. */
export function prepare(sqlite: Sqlite, connection: Connection): Database {
  const database = createDatabase(sqlite, connection);
  try {
    configure(database);
    migrate(database, MIGRATIONS);
    cutTail(database, sqlite, connection);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the database itself, without the calls on top: `openStorage` and tests that look underneath. */
export async function openDatabase({ where }: OpenStorageOptions): Promise<OpenDatabase> {
  const sqlite = await loadSqlite();
  if (where.kind === "memory") {
    const database = prepare(sqlite, new sqlite.api.oo1.DB(":memory:"));
    return { database, durable: false, where: "memory", close: () => database.close() };
  }
  const directory = where.directory ?? "sextant";
  const pool = await openPool(sqlite, directory);
  try {
    const database = prepare(sqlite, new pool.OpfsSAHPoolDb(FILE));
    const close = () => {
      database.close();
      pool.pauseVfs();
    };
    return { database, durable: true, where: `opfs:${directory}${FILE}`, close };
  } catch (error) {
    pool.pauseVfs();
    throw classifyFault(error, sqlite);
  }
}

/**
 * Opens what Sextant keeps: on the disk, or in memory where that is asked for by name. Never one for the other.
 *
 * Throws: `storage/unavailable`, `storage/busy-elsewhere`, `storage/corrupt`, `storage/newer-schema`,
 * `storage/full`.
 */
export async function openStorage(options: OpenStorageOptions): Promise<OpenStorage> {
  const open = await openDatabase(options);
  return {
    handlers: createHandlers(open),
    close: () => {
      open.close();
      return Promise.resolve();
    },
  };
}
