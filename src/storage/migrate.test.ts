import { expect, test } from "vitest";
import type { PassageRecord } from "../contract/index.ts";
import { migrate, type Migration } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { createDatabase, type Database } from "./database.ts";
import { readSegments } from "./segments.ts";
import { loadSqlite } from "./sqlite.ts";
import { twinsOf } from "./tables/passage.ts";
import { findIndex } from "./tables/vector-index.ts";
import { SCHEMA_1 } from "./testing/schema-1.ts";
import { SCHEMA_2 } from "./testing/schema-2.ts";
import { SCHEMA_3 } from "./testing/schema-3.ts";
import { SCHEMA_4 } from "./testing/schema-4.ts";
import { SCHEMA_5 } from "./testing/schema-5.ts";
import { SCHEMA_6 } from "./testing/schema-6.ts";
import { SCHEMA_7 } from "./testing/schema-7.ts";
import { SCHEMA_8 } from "./testing/schema-8.ts";
import { SCHEMA_9 } from "./testing/schema-9.ts";

async function emptyDatabase(): Promise<Database> {
  const sqlite = await loadSqlite();
  return createDatabase(sqlite, new sqlite.api.oo1.DB(":memory:"));
}

const texts = (db: Database, sql: string) => db.read(sql, [], (row) => row.text(0));
const schemaOf = (db: Database) =>
  texts(db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").map((sql) =>
    sql.replace(/\s+/g, " "),
  );
const versionOf = (db: Database) => texts(db, "PRAGMA user_version");

const step = (version: number, sql: string): Migration => ({ version, up: (db) => db.script(sql) });
const first = step(1, "CREATE TABLE a (x); INSERT INTO a VALUES ('old')");
const second = step(2, "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x || '!'");

/** What each older schema looked like, as SQL, with some rows in it: one entry a released schema. */
const GOLDEN: readonly { readonly version: number; readonly sql: string }[] = [
  { version: 0, sql: "-- an empty file" },
  { version: 1, sql: SCHEMA_1 },
  { version: 2, sql: SCHEMA_2 },
  { version: 3, sql: SCHEMA_3 },
  { version: 4, sql: SCHEMA_4 },
  { version: 5, sql: SCHEMA_5 },
  { version: 6, sql: SCHEMA_6 },
  { version: 7, sql: SCHEMA_7 },
  { version: 8, sql: SCHEMA_8 },
  { version: 9, sql: SCHEMA_9 },
];

test.each(GOLDEN)("a database of schema $version ends at today's", async ({ sql }) => {
  const [today, older] = [await emptyDatabase(), await emptyDatabase()];
  migrate(today, MIGRATIONS);
  older.script(sql);
  migrate(older, MIGRATIONS);
  expect(schemaOf(older)).toEqual(schemaOf(today));
  expect(versionOf(older)).toEqual([String(MIGRATIONS.length)]);
  expect(schemaOf(today).length).toBeGreaterThan(6);
});

test("every older schema has its golden database, and versions count from 1", () => {
  expect(GOLDEN.map((golden) => golden.version + 1)).toEqual(
    MIGRATIONS.map((migration) => migration.version),
  );
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test("steps already taken are not taken again, the rest keep the data", async () => {
  const db = await emptyDatabase();
  migrate(db, [first]);
  migrate(db, [first, second]);
  migrate(db, [first, second]);
  expect(texts(db, "SELECT y FROM a")).toEqual(["old!"]);
  expect(versionOf(db)).toEqual(["2"]);
});

test("a step that fails undoes every step of the run", async () => {
  const db = await emptyDatabase();
  migrate(db, [first]);
  const before = schemaOf(db);
  const broken = step(3, "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)");
  expect(() => migrate(db, [first, second, broken])).toThrow("nowhere");
  expect(schemaOf(db)).toEqual(before);
  expect(versionOf(db)).toEqual(["1"]);
  migrate(db, [first, second]);
  expect(texts(db, "SELECT y FROM a")).toEqual(["old!"]);
});

test("a newer schema and a stranger's database are left alone", async () => {
  const [newer, other] = [await emptyDatabase(), await emptyDatabase()];
  migrate(newer, [first, second]);
  expect(() => migrate(newer, [first])).toThrow(expect.objectContaining({ code: "storage/newer-schema" }));
  expect(versionOf(newer)).toEqual(["2"]);
  other.script("CREATE TABLE bookmarks (url)");
  expect(() => migrate(other, [first])).toThrow(expect.objectContaining({ code: "storage/corrupt" }));
  expect(texts(other, "SELECT name FROM sqlite_schema")).toEqual(["bookmarks"]);
});

test("passages of older schemas are found by their content", async () => {
  const db = await emptyDatabase();
  db.script(SCHEMA_1);
  migrate(db, MIGRATIONS);
  const record = {} as PassageRecord;
  const draft = (text: string) => ({ title: "", text, startUtf16: 0, endUtf16: 1, record });
  expect(["b", "nowhere"].map((text) => twinsOf(db, 1, draft(text)))).toEqual([[2], []]);
});

test("vectors stored by the first release are found whole by their new checksums", async () => {
  const db = await emptyDatabase();
  db.script(SCHEMA_1);
  migrate(db, MIGRATIONS);
  const index = findIndex(db, 1);
  expect(index && readSegments(db, index, 0, 9)).toMatchObject([
    {
      passageIds: Int32Array.of(2, 3),
      ordinals: Int32Array.of(1, 2),
      vectors: Uint16Array.of(0x3c00, 0x4000),
    },
  ]);
  expect(texts(db, "SELECT first_ordinal || '-' || last_ordinal FROM segment")).toEqual(["1-2"]);
});
