import { createHandlers } from "../handlers.ts";
import { prepare, type OpenStorage } from "../open.ts";
import { loadSqlite } from "../sqlite.ts";

/** Opens a copy in memory of a database's file, as `openStorage` would open the file. */
export async function openBytes(file: Uint8Array): Promise<OpenStorage> {
  const sqlite = await loadSqlite();
  const { capi, wasm, oo1 } = sqlite.api;
  const connection = new oo1.DB(":memory:");
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
  const at = wasm.allocFromTypedArray(new Uint8Array(file));
  connection.checkRc(
    capi.sqlite3_deserialize(connection, "main", at, file.byteLength, file.byteLength, flags),
  );
  const database = prepare(sqlite, connection);
  const close = () => database.close();
  return {
    handlers: createHandlers({ database, durable: false, where: "memory", close }),
    close: () => Promise.resolve(close()),
  };
}
