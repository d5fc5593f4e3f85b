import type { Database as Connection, PreparedStatement } from "@sqlite.org/sqlite-wasm";
import { SextantError } from "../contract/index.ts";
import { classifyFault, storageCorrupt } from "./faults.ts";
import type { Sqlite } from "./sqlite.ts";

export type Value = string | number | Uint8Array | null;

/** The current row of a query, by column from 0. */
export interface Row {
  isNull(column: number): boolean;
  number(column: number): number;
  text(column: number): string;
  bytes(column: number): Uint8Array<ArrayBuffer>;
}

/** The connection as the tables see it: statements are prepared once, and errors carry Sextant's codes. */
export interface Database {
  read<T>(sql: string, values: readonly Value[], map: (row: Row) => T): T[];
  first<T>(sql: string, values: readonly Value[], map: (row: Row) => T): T | undefined;
  /** Returns the id of the row inserted last. */
  run(sql: string, values?: readonly Value[]): number;
  /** Several statements without parameters. */
  script(sql: string): void;
  /** Lets go of the statements that name a table which is about to be dropped. */
  forget(table: string): void;
  /** All of `work` or none of it. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** SQLite text may begin with U+FEFF; a decoder that drops it would shift every offset into the text. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function createRow(statement: PreparedStatement): Row {
  const bytes = (column: number) => new Uint8Array(statement.getBlob(column) ?? []);
  return {
    bytes,
    isNull: (column) => statement.get(column) === null,
    number: (column) => statement.getFloat(column) ?? 0,
    text: (column) => utf8.decode(bytes(column)),
  };
}

/** Wraps an open connection. Text goes in well-formed: a lone surrogate becomes U+FFFD, one unit for one. */
export function createDatabase(sqlite: Sqlite, connection: Connection): Database {
  const statements = new Map<string, { readonly statement: PreparedStatement; readonly row: Row }>();

  function prepare(sql: string) {
    let prepared = statements.get(sql);
    if (!prepared) {
      const statement = connection.prepare(sql);
      prepared = { statement, row: createRow(statement) };
      statements.set(sql, prepared);
    }
    return prepared;
  }

  function guarded<T>(work: () => T): T {
    if (!connection.isOpen()) throw new SextantError("boundary/closed", "The storage was closed: reopen it.");
    sqlite.fault = null;
    try {
      return work();
    } catch (error) {
      throw classifyFault(error, sqlite);
    }
  }

  function each(sql: string, values: readonly Value[], visit: (row: Row) => boolean): void {
    guarded(() => {
      const { statement, row } = prepare(sql);
      try {
        if (values.length > 0)
          statement.bind(values.map((value) => (typeof value === "string" ? value.toWellFormed() : value)));
        while (statement.step() && visit(row));
      } finally {
        statement.resetNoThrow(true);
      }
    });
  }

  const database: Database = {
    read(sql, values, map) {
      const rows: ReturnType<typeof map>[] = [];
      each(sql, values, (row) => rows.push(map(row)) > 0);
      return rows;
    },
    first(sql, values, map) {
      const rows: ReturnType<typeof map>[] = [];
      each(sql, values, (row) => rows.push(map(row)) < 1);
      return rows[0];
    },
    run(sql, values = []) {
      each(sql, values, () => true);
      return Number(sqlite.api.capi.sqlite3_last_insert_rowid(connection));
    },
    script: (sql) => guarded(() => void connection.exec(sql)),
    forget(table) {
      for (const [sql, { statement }] of statements) {
        if (!new RegExp(`\\b${table}\\b`).test(sql)) continue;
        statement.finalize();
        statements.delete(sql);
      }
    },
    transaction(work) {
      database.run("BEGIN IMMEDIATE");
      try {
        const result = work();
        database.run("COMMIT");
        return result;
      } catch (error) {
        // SQLite has already rolled back by itself after some errors, a full disk among them.
        if (sqlite.api.capi.sqlite3_get_autocommit(connection) === 0) database.run("ROLLBACK");
        throw error;
      }
    },
    close() {
      for (const { statement } of statements.values()) statement.finalize();
      statements.clear();
      connection.close();
    },
  };
  return database;
}

/** A value of a fixed set, as it was stored. Throws: `storage/corrupt` for any other. */
export function oneOf<T extends string>(values: readonly T[], stored: string): T {
  const found = values.find((value) => value === stored);
  if (found === undefined) throw storageCorrupt(`unknown value “${stored}”`);
  return found;
}
