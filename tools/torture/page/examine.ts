import { checksumOf } from "../../../src/storage/checksum.ts";
import type { Examination } from "../page-calls.ts";
import { markOf } from "../words.ts";
import { openInside, type Inside } from "./inside.ts";

/** Whether these vectors are those of the passage; left out where another check does it. */
export type VectorCheck = (passage: { readonly text: string; readonly vector: Uint16Array }) => boolean;

interface SourceRow {
  readonly id: number;
  readonly collection: number;
  readonly called: string;
  readonly name: string;
  readonly done: number;
  readonly removed: number;
}

interface PassageRow {
  readonly id: number;
  readonly source: number;
  readonly ordinal: number;
  readonly text: string;
  readonly edited: number;
}

interface SegmentRow {
  readonly id: number;
  readonly index: number;
  readonly source: number;
  readonly dim: number;
  readonly ordinals: string;
  readonly vectors: string;
  readonly checksum: number;
}

/** Reads everything that a database holds and compares it with itself. Nobody else may hold the database. */
export async function examine(directory: string, isRight?: VectorCheck): Promise<Examination> {
  const inside = openInside(directory);
  try {
    const found = await compare(inside.storage, isRight);
    const { databaseBytes } = await inside.storage.info({});
    await inside.end();
    const orphanBytes = found.orphanBytes + (await folderBytes(directory)) - databaseBytes;
    return { ...found, orphanBytes };
  } catch (error) {
    await inside.end().catch(() => undefined);
    throw error;
  }
}

async function compare(storage: Inside, isRight: VectorCheck = () => true): Promise<Examination> {
  const corrupt: string[] = [];
  const json = async <T>(sql: string) => (await storage.query({ sql })).map((row) => JSON.parse(row) as T);
  const number = async (sql: string) => Number((await storage.query({ sql }))[0] ?? 0);

  const integrity = await storage.query({ sql: "PRAGMA integrity_check" });
  if (integrity.join() !== "ok") corrupt.push(...integrity);
  for (const row of await storage.query({ sql: 'SELECT "table" FROM pragma_foreign_key_check' }))
    corrupt.push(`a row of ${row} belongs to nothing`);

  const sources = await json<SourceRow>(
    `SELECT json_object('id', s.id, 'collection', s.collection_id, 'called', c.name, 'name', s.name, 'done', s.done,
       'removed', c.kept_until_ms IS NOT NULL) FROM source s JOIN collection c ON c.id = s.collection_id`,
  );
  const passages = await json<PassageRow>(
    `SELECT json_object('id', id, 'source', source_id, 'ordinal', ordinal, 'text', text, 'edited', original IS NOT NULL)
     FROM passage ORDER BY source_id, ordinal`,
  );
  const sourceById = new Map(sources.map((source) => [source.id, source]));
  const passageAt = new Map(passages.map((passage) => [`${passage.source}/${passage.ordinal}`, passage]));

  const countBySource = new Map<number, number>();
  for (const { id, source, ordinal, text } of passages) {
    const before = countBySource.get(source) ?? 0;
    if (ordinal !== before) corrupt.push(`passage ${id} stands at ${ordinal} instead of ${before}`);
    countBySource.set(source, before + 1);
    const name = sourceById.get(source)?.name ?? "";
    if (!text.includes(markOf(name, ordinal))) corrupt.push(`passage ${id} has another one's text`);
  }
  for (const { id, name, done } of sources) {
    const count = countBySource.get(id) ?? 0;
    if (count !== done) corrupt.push(`${name} says ${done} passages and has ${count}`);
  }

  let vectors = 0;
  let orphanBytes = 0;
  const covered = new Set<string>();
  const segments = await json<SegmentRow>(
    `SELECT json_object('id', g.id, 'index', g.index_id, 'source', g.source_id, 'dim', v.dim, 'ordinals', hex(g.ordinals),
       'vectors', hex(g.vectors), 'checksum', g.checksum) FROM segment g JOIN vector_index v ON v.id = g.index_id`,
  );
  for (const segment of segments) {
    const ordinals = new Int32Array(bytesOfHex(segment.ordinals).buffer);
    const values = new Uint16Array(bytesOfHex(segment.vectors).buffer);
    if (checksumOf(ordinals, values) !== segment.checksum)
      corrupt.push(`segment ${segment.id} has other bytes`);
    for (const [row, ordinal] of ordinals.entries()) {
      const place = `${segment.source}/${ordinal}`;
      const passage = passageAt.get(place);
      const vector = values.subarray(row * segment.dim, (row + 1) * segment.dim);
      if (!passage) orphanBytes += vector.byteLength;
      else if (covered.has(`${segment.index}:${place}`))
        corrupt.push(`passage ${passage.id} has two vectors`);
      else if (passage.edited === 0 && !isRight({ text: passage.text, vector }))
        corrupt.push(`the vector of passage ${passage.id} is not its own`);
      covered.add(`${segment.index}:${place}`);
      vectors++;
    }
  }

  const tables = await storage.query({
    sql: "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE keyword_% USING fts5 (%'",
  });
  for (const table of tables) {
    await storage
      .script({ sql: `INSERT INTO ${table} (${table}) VALUES ('integrity-check')` })
      .catch((error: Error) => {
        corrupt.push(`${table}: ${error.message}`);
      });
    const collection = Number(table.slice("keyword_".length));
    if ((await number(`SELECT count(*) FROM collection WHERE id = ${collection}`)) === 0)
      corrupt.push(`${table} belongs to no collection`);
    const indexed = new Set((await storage.query({ sql: `SELECT rowid FROM ${table}` })).map(Number));
    for (const { id, source } of passages)
      if (sourceById.get(source)?.collection === collection && !indexed.delete(id))
        corrupt.push(`passage ${id} is not in the full text`);
    const unfound = await storage.query({
      sql: `SELECT p.id FROM passage p JOIN source s ON s.id = p.source_id WHERE s.collection_id = ${collection} AND
        (SELECT group_concat(k.rowid) FROM ${table} k WHERE ${table} MATCH s.name || 'x' || p.ordinal || 'e')
          IS NOT CAST(p.id AS TEXT)`,
    });
    for (const id of unfound) corrupt.push(`passage ${id} is not found by its word`);
    for (const id of indexed) corrupt.push(`${table} knows passage ${id}, which is not there`);
  }

  return {
    schema: await number("PRAGMA user_version"),
    sources: sources.map(({ name, called, done, removed }) => ({
      name,
      collection: called,
      place: removed ? "removed" : "living",
      passages: done,
    })),
    passages: passages.length,
    vectors,
    orphanBytes,
    freeBytes: (await number("PRAGMA freelist_count")) * (await number("PRAGMA page_size")),
    corrupt,
  };
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

/** Each file of the pool begins with a page of its own. */
const POOL_HEADER_BYTES = 4096;

async function folderBytes(directory: string): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const pool = await (await root.getDirectoryHandle(directory)).getDirectoryHandle(".opaque");
  let bytes = 0;
  for await (const handle of pool.values())
    if (handle.kind === "file")
      bytes += Math.max(0, (await (handle as FileSystemFileHandle).getFile()).size - POOL_HEADER_BYTES);
  return bytes;
}
