import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { createTurns } from "../base/turns.ts";

/** One instance of the SQLite library, with the last thing that went wrong under it. */
export interface Sqlite {
  readonly api: Sqlite3Static;
  /** The file system's own error behind a result code such as SQLITE_IOERR; null after a clean call. */
  fault: unknown;
}

const loading = createTurns();
let ahead: Promise<Sqlite> | undefined;

/** Starts the instance of the next `loadSqlite` now. */
export function prepareSqlite(): void {
  ahead ??= startSqlite();
  ahead.catch(() => undefined);
}

/** An instance of its own, so that its memory goes when the storage is closed. */
export function loadSqlite(): Promise<Sqlite> {
  const started = ahead ?? startSqlite();
  ahead = undefined;
  return started;
}

/**
 * The OPFS pool tells SQLite no more than SQLITE_IOERR and writes the cause to the log; the log is the only
 * way to see a QuotaExceededError. Its settings are global while an instance starts: one at a time.
 */
function startSqlite(): Promise<Sqlite> {
  return loading.take("now", async () => {
    const { default: init } = await import("@sqlite.org/sqlite-wasm");
    let sqlite: Sqlite | undefined;
    const error = (...parts: readonly unknown[]) => {
      if (sqlite) sqlite.fault = parts.find((part) => part instanceof Error) ?? parts.join(" ");
    };
    const warn = () => undefined; // says again, on the console, what is thrown
    Object.assign(globalThis, {
      sqlite3ApiConfig: { error, warn, disable: { vfs: { opfs: true, "opfs-wl": true, kvvfs: true } } },
    });
    sqlite = { api: await init(), fault: null };
    return sqlite;
  });
}
