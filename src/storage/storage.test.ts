import { MIGRATIONS } from "./migrations/index.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import { direct } from "../boundary/index.ts";
import { adaptationContract } from "./adaptation.contract.ts";
import { keywordsContract } from "./keywords.contract.ts";
import { libraryContract } from "./library.contract.ts";
import { removalsContract } from "./removals.contract.ts";
import { openDatabase, openStorage, prepare } from "./open.ts";
import { segmentsContract } from "./segments.contract.ts";
import { loadSqlite } from "./sqlite.ts";
import { storageContract, type Inside } from "./storage.contract.ts";
import { draft } from "./testing/drafts.ts";
import { openBytes } from "./testing/open-bytes.ts";
import { insideHandlers } from "./testing/look-inside.ts";

async function open(): Promise<Inside> {
  return direct(insideHandlers(await openDatabase({ where: { kind: "memory" } })));
}

// Each in a group of its own: what one opens before a test, the tests of the others do not need.
describe("sources and passages", () => storageContract(open));
describe("words", () => keywordsContract(open));
describe("segments", () => segmentsContract(open));
describe("the library", () => libraryContract(open));
describe("removals", () => removalsContract(open));
describe("adaptation", () => adaptationContract(open));

afterEach(() => vi.unstubAllEnvs());

const context = {
  signal: new AbortController().signal,
  emit: () => undefined,
  deliver: () => Promise.resolve(),
};

test("memory calls itself memory", async () => {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const info = await handlers.info({}, context);
  expect(info).toMatchObject({
    durable: false,
    where: "memory",
    schema: MIGRATIONS.length,
    usageBytes: null,
    persisted: null,
  });
  expect(info.databaseBytes % 65536).toBe(0);
  await close();
  await expect(handlers.collections({}, context)).rejects.toMatchObject({ code: "boundary/closed" });
});

test("two storages in one thread know nothing of each other", async () => {
  const [a, b] = await Promise.all([open(), open()]);
  await a.createCollection({ name: "a", kind: "document" });
  expect(await b.collections({})).toEqual([]);
});

test("a browser that was killed while it cut off the file's tail leaves a database that opens, and is cut", async () => {
  const sqlite = await loadSqlite();
  const connection = new sqlite.api.oo1.DB(":memory:");
  const database = prepare(sqlite, connection);
  database.script("CREATE TABLE tail (x)");
  const bytes = sqlite.api.capi.sqlite3_js_db_export(connection);
  database.close();
  const longer = new Uint8Array(bytes.length + 4 * 65536);
  longer.set(bytes);
  const { handlers, close } = await openBytes(longer);
  expect((await handlers.info({}, context)).databaseBytes).toBeLessThan(bytes.length);
  await close();
});

test("without OPFS the durable storage is refused, not replaced", async () => {
  const opened = openStorage({ where: { kind: "opfs" } });
  await expect(opened).rejects.toMatchObject({ code: "storage/unavailable" });
});

test.each(["UTC", "Asia/Tokyo", "America/St_Johns"])(
  "in %s an exchange of the evening is found on the person's own day, and one with a zone at its moment",
  async (zone) => {
    vi.stubEnv("TZ", zone);
    const storage = await open();
    const { id: collectionId } = await storage.createCollection({ name: "c", kind: "exchange" });
    const times = ["2024-05-01T20:30:00", "2024-05-01T00:10", "2024-05-01T01:32:00.000Z", "no time"];
    const passages = times.map((at) => ({
      ...draft(at),
      record: { kind: "exchange", speaker1: at, speaker2: "", at } as const,
    }));
    const input = { collectionId, name: "a", format: "t/1", digest: "a", text: "", total: times.length };
    const { source } = await storage.addSource(input);
    await storage.appendPassages({ sourceId: source.id, firstOrdinal: 0, passages, segments: [] });
    expect([...(await storage.passageTimes({ collectionId })).timesMs]).toEqual([
      new Date(2024, 4, 1, 20, 30).getTime(),
      new Date(2024, 4, 1, 0, 10).getTime(),
      Date.UTC(2024, 4, 1, 1, 32),
      Number.NaN,
    ]);
    const filter = { fromMs: new Date(2024, 4, 1).getTime(), untilMs: new Date(2024, 4, 2).getTime() };
    const ids = [...(await storage.filterPassages({ collectionId, filter }))];
    const found = (await storage.readPassages({ ids })).map(({ text }) => text);
    expect(found).toEqual(expect.arrayContaining(times.slice(0, 2)));
    await storage.close();
  },
);
