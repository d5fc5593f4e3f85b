import type { Database } from "../database.ts";

export function readSetting(db: Database, name: string): string | null {
  return db.first("SELECT value FROM setting WHERE name = ?", [name], (row) => row.text(0)) ?? null;
}

export function writeSetting(db: Database, name: string, value: string): void {
  db.run(
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [name, value],
  );
}

export function deleteSetting(db: Database, name: string): void {
  db.run("DELETE FROM setting WHERE name = ?", [name]);
}
