import { createRng } from "../../../src/base/rng.ts";
import type { PassageDraft } from "../../../src/contract/index.ts";
import { SCHEMA_1 } from "../../../src/storage/testing/schema-1.ts";
import { SCHEMA_2 } from "../../../src/storage/testing/schema-2.ts";
import { SCHEMA_3 } from "../../../src/storage/testing/schema-3.ts";
import { SCHEMA_4 } from "../../../src/storage/testing/schema-4.ts";
import { SCHEMA_5 } from "../../../src/storage/testing/schema-5.ts";
import { SCHEMA_6 } from "../../../src/storage/testing/schema-6.ts";
import { SCHEMA_7 } from "../../../src/storage/testing/schema-7.ts";
import { DIRECTORIES, type PageCalls, type Told, type Wanted } from "../page-calls.ts";
import { passageText } from "../words.ts";
import { openInside, type Inside } from "./inside.ts";
import { MADE_DIM, madeVector } from "./made-vectors.ts";

type Tell = (told: Told) => Promise<void>;

const BATCH = 32;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** The database alone, without the engine's pauses: nearly every moment is within a transaction. */
export async function write({ add, names, seed }: PageCalls["write"]["in"], tell: Tell): Promise<void> {
  const { storage } = openInside(DIRECTORIES.store);
  const rng = createRng(seed);
  const [collection] = await storage.collections({});
  const { id } = collection ?? (await storage.createCollection({ name: "torture", kind: "document" }));
  await tell({ type: "started" });
  const known = [...names];
  for (const one of add) {
    await fill(storage, id, [one], tell);
    known.push(one.name);
    if (rng() < 0.5)
      await removeOne(storage, known[Math.floor(rng() * known.length)] ?? one.name, rng(), tell);
  }
}

async function fill(storage: Inside, collectionId: number, add: Wanted, tell: Tell): Promise<void> {
  const indexId = (await storage.openIndex({ collectionId, task: "qa", modelKey: "made", dim: MADE_DIM })).id;
  for (const { name, passages } of add) {
    await tell({ type: "begin", names: [name], to: "living" });
    const input = { collectionId, name, format: "text/1", digest: name, text: name, total: passages };
    const { source } = await storage.addSource(input);
    await tell({ type: "done", names: [name], to: "living" });
    for (let firstOrdinal = 0; firstOrdinal < passages; firstOrdinal += BATCH) {
      const drafts = Array.from(
        { length: Math.min(BATCH, passages - firstOrdinal) },
        (_, row): PassageDraft => {
          const ordinal = firstOrdinal + row;
          return {
            title: `Part ${ordinal}`,
            text: passageText(name, ordinal),
            startUtf16: ordinal,
            endUtf16: ordinal + 1,
            record: { kind: "document" },
          };
        },
      );
      const vectors = Uint16Array.from(drafts.flatMap(({ text }) => [...madeVector(text)]));
      const segments = [{ indexId, vectors }];
      await storage.appendPassages({ sourceId: source.id, firstOrdinal, passages: drafts, segments });
      void tell({ type: "passages", name, count: firstOrdinal + drafts.length });
    }
  }
}

/** Takes a source away, and then brings it back or frees its bytes. */
async function removeOne(storage: Inside, name: string, chance: number, tell: Tell): Promise<void> {
  const [collection] = await storage.collections({});
  const sources = await storage.sources({ collectionId: collection?.id ?? -1 });
  const source = sources.find((one) => one.name === name);
  if (!source) return;
  await tell({ type: "begin", names: [name], to: "removed" });
  const keptUntilMs = Date.now() + YEAR_MS;
  const { id: removalId } = await storage.removeSources({ sourceIds: [source.id], keptUntilMs });
  await tell({ type: "done", names: [name], to: "removed" });
  if (chance < 0.3) return;
  const to = chance < 0.6 ? "living" : "absent";
  await tell({ type: "begin", names: [name], to });
  if (to === "living") await storage.restore({ removalId });
  else await storage.freeRemovals({ removalIds: [removalId] });
  await tell({ type: "done", names: [name], to });
}

/** SQL of each older schema, from the first. */
const OLD = [SCHEMA_1, SCHEMA_2, SCHEMA_3, SCHEMA_4, SCHEMA_5, SCHEMA_6, SCHEMA_7];

/** Tables from those that hold others to those that are held; what each had in the first schema. */
const FIRST_COLUMNS = {
  collection: "id, name, kind, created_at",
  source: "id, collection_id, name, format, digest, size_utf16, added_at, total, done",
  source_text: "source_id, text",
  passage: "id, source_id, ordinal, start_utf16, end_utf16, title, text, record",
  vector_index: "id, collection_id, task, model_key, dim",
  segment: "id, index_id, source_id, rows, ordinals, vectors",
  setting: "name, value",
} as const;

const LATER_COLUMNS: Readonly<Record<string, { readonly since: number; readonly columns: string }>> = {
  segment: { since: 2, columns: ", first_ordinal, last_ordinal, checksum" },
  passage: { since: 5, columns: ", digest" },
};

/** Fills a database as today, then puts its rows into the tables of an older schema. */
export async function makeOld({ schema, passages }: PageCalls["makeOld"]["in"]): Promise<void> {
  const { storage, end } = openInside(DIRECTORIES.old);
  const { id } = await storage.createCollection({ name: "torture", kind: "document" });
  await fill(storage, id, [{ name: "old", passages }], () => Promise.resolve());
  const tables = Object.entries(FIRST_COLUMNS).map(([table, first]) => {
    const later = LATER_COLUMNS[table];
    return { table, columns: later && schema >= later.since ? first + later.columns : first };
  });
  const each = (sql: (of: (typeof tables)[number]) => string) => tables.map(sql).join("\n");
  const present = await storage.query({
    sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'keyword_%' AND name NOT LIKE 'sqlite_%'`,
  });
  await storage.script({
    sql: `
      PRAGMA foreign_keys = OFF;
      BEGIN;
      ${each(({ table, columns }) => `CREATE TABLE kept_${table} AS SELECT ${columns} FROM ${table};`)}
      ${present.map((table) => `DROP TABLE ${table};`).join("\n")}
      ${OLD[schema - 1] ?? ""}
      ${each(({ table }) => `DELETE FROM ${table};`)}
      ${each(({ table, columns }) => `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM kept_${table};`)}
      ${each(({ table }) => `DROP TABLE kept_${table};`)}
      COMMIT;
      PRAGMA foreign_keys = ON;`,
  });
  await end();
}

/** Opening is migrating. */
export async function migrate(tell: Tell): Promise<void> {
  await tell({ type: "started" });
  const { storage } = openInside(DIRECTORIES.old);
  await storage.collections({});
}

export async function clear(directory: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (let left = 100; left > 0; left--) {
    const failed = await root.removeEntry(directory, { recursive: true }).catch((error: Error) => error);
    if (!failed || failed.name === "NotFoundError") return;
    // A worker that was ended lets go of its files a moment later.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
