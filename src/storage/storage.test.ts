import { MIGRATIONS } from "./migrations/index.ts";
import { describe, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import { adaptationContract } from "./adaptation.contract.ts";
import { keywordsContract } from "./keywords.contract.ts";
import { libraryContract } from "./library.contract.ts";
import { openDatabase, openStorage } from "./open.ts";
import { segmentsContract } from "./segments.contract.ts";
import { storageContract, type Inside } from "./storage.contract.ts";
import { insideHandlers } from "./testing/look-inside.ts";

async function open(): Promise<Inside> {
  return direct(insideHandlers(await openDatabase({ where: { kind: "memory" } })));
}

// Each in a group of its own: what one opens before a test, the tests of the others do not need.
describe("sources and passages", () => storageContract(open));
describe("words", () => keywordsContract(open));
describe("segments", () => segmentsContract(open));
describe("the library", () => libraryContract(open));
describe("adaptation", () => adaptationContract(open));

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

test("without OPFS the durable storage is refused, not replaced", async () => {
  const opened = openStorage({ where: { kind: "opfs" } });
  await expect(opened).rejects.toMatchObject({ code: "storage/unavailable" });
});
