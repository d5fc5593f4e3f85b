import type { Database as Connection } from "@sqlite.org/sqlite-wasm";
import type { Database } from "./database.ts";
import type { Sqlite } from "./sqlite.ts";
import { databaseBytes } from "./tables/file.ts";

/**
 * Cuts off what lies behind a database's last page. SQLite shortens the file after the transaction that freed its last
 * pages has ended: a browser that is killed in between leaves them there, and nothing counts them.
 *
 * Where seen: `npm run torture -- --seed 20261121`, 2 rounds of 100: 256 and 320 KB behind the database; 0 of 100 since.
 */
export function cutTail(db: Database, sqlite: Sqlite, connection: Connection): void {
  // Who was killed between the two statements below left the table.
  db.script("DROP TABLE IF EXISTS tail;");
  if (fileBytes(sqlite, connection) <= databaseBytes(db)) return;
  // Only a transaction that frees a page shortens the file, and then to its very end.
  db.script("CREATE TABLE tail (x); DROP TABLE tail; PRAGMA incremental_vacuum;");
}

/** What the file system says; 0 for a database that has no file yet. */
function fileBytes({ api: { capi, wasm } }: Sqlite, connection: Connection): number {
  const { pstack } = wasm;
  const before = pstack.pointer;
  try {
    const found = pstack.alloc(8);
    const code = capi.sqlite3_file_control(connection, "main", capi.SQLITE_FCNTL_FILE_POINTER, found);
    if (code !== capi.SQLITE_OK) return 0;
    const pointer = wasm.peekPtr(found);
    const file = new capi.sqlite3_file(pointer);
    // A database in memory has none.
    if (!file.$pMethods) return 0;
    const methods = new capi.sqlite3_io_methods(file.$pMethods);
    // With the sign in front a member is a pointer; the types know it of some only.
    const read = wasm.functionEntry(Reflect.get(methods, "$xFileSize") as number);
    const sizeBytes = pstack.alloc(8);
    return read?.(pointer, sizeBytes) === capi.SQLITE_OK ? Number(wasm.peek(sizeBytes, "i64")) : 0;
  } finally {
    pstack.restore(before);
  }
}
