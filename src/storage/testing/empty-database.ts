import type { Database } from "../database.ts";

/** Makes an open database as a new one is: no rows, no full-text tables, ids from 1, and no pages that nothing uses. */
export function emptyDatabase(db: Database): void {
  const names = (sql: string) => db.read(sql, [], (row) => row.text(0));
  db.transaction(() => {
    for (const trigger of names("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
      db.script(`DROP TRIGGER ${trigger}`);
    // Those of words first: they look into the others.
    for (const table of names(
      "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name DESC",
    )) {
      db.forget(table);
      db.script(`DROP TABLE ${table}`);
    }
    for (const table of names(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    ))
      db.run(`DELETE FROM ${table}`);
    db.run("DELETE FROM sqlite_sequence");
  });
  db.run("PRAGMA incremental_vacuum");
}
