import { afterAll, afterEach, describe, expect, test } from "vitest";
import { cdp } from "vitest/browser";
import { connect, portLink } from "../boundary/index.ts";
import type { SextantError } from "../contract/index.ts";
import { adaptationContract } from "./adaptation.contract.ts";
import { keywordsContract } from "./keywords.contract.ts";
import { libraryContract } from "./library.contract.ts";
import { removalsContract } from "./removals.contract.ts";
import { segmentsContract } from "./segments.contract.ts";
import { storageContract, type Inside } from "./storage.contract.ts";
import { draft, rows } from "./testing/drafts.ts";
import type { InsideCalls } from "./testing/look-inside.ts";
import type { TestStart } from "./testing/storage-test.worker.ts";

const workers: Worker[] = [];
const directories: string[] = [];

const newWorker = () =>
  new Worker(new URL("./testing/storage-test.worker.ts", import.meta.url), { type: "module" });

function startWorker(start: TestStart, transfer: Transferable[] = []): Worker {
  const worker = newWorker();
  workers.push(worker);
  worker.postMessage(start, transfer);
  return worker;
}

function newDirectory(): string {
  const directory = `test-${crypto.randomUUID()}`;
  directories.push(directory);
  return directory;
}

/** The storage of `directory` in a worker of its own; the start's failure is the answer to every call. */
function openIn(directory: string): { storage: Inside; worker: Worker } {
  const { port1, port2 } = new MessageChannel();
  const worker = startWorker({ directory, port: port2 }, [port2]);
  return { storage: connect<InsideCalls>(portLink(port1)), worker };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: SextantError) => error.code,
  );

afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
  await removeDirectories();
});

async function removeDirectories(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (const directory of directories.splice(0)) {
    // A terminated worker lets go of its files a moment later.
    for (let left = 100; left > 0; left--) {
      const failed = await root.removeEntry(directory, { recursive: true }).catch((error: Error) => error);
      if (!failed || failed.name === "NotFoundError") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** One database for all suites: opening one anew costs a second, and what they prove of it is the same in any. */
const shared = { worker: newWorker(), directory: `test-${crypto.randomUUID()}` };
afterAll(async () => {
  shared.worker.terminate();
  directories.push(shared.directory);
  await removeDirectories();
});

function open(): Promise<Inside> {
  const { port1, port2 } = new MessageChannel();
  const { worker, directory } = shared;
  worker.postMessage({ directory, shared: true, port: port2 } satisfies TestStart, [port2]);
  return Promise.resolve(connect<InsideCalls>(portLink(port1)));
}

// Each in a group of its own: what one opens before a test, the tests of the others do not need.
describe("sources and passages", () => storageContract(open));
describe("words", () => keywordsContract(open));
describe("segments", () => segmentsContract(open));
describe("the library", () => libraryContract(open));
describe("removals", () => removalsContract(open));
describe("adaptation", () => adaptationContract(open));

async function addSource(storage: Inside, collectionId: number, name: string, total: number) {
  const input = { collectionId, name, format: "text/1", digest: name, text: name, total };
  return (await storage.addSource(input)).source;
}

/** The file that holds the database, past the pool's own header of 4096 bytes. */
async function findDatabaseFile(directory: string): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const files = await (await root.getDirectoryHandle(directory)).getDirectoryHandle(".opaque");
  for await (const handle of files.values()) {
    if (handle.kind !== "file") continue;
    const head = await (await (handle as FileSystemFileHandle).getFile()).slice(0, 64).text();
    if (head.startsWith("/sextant.sqlite3\0")) return handle as FileSystemFileHandle;
  }
  throw new Error("no database file");
}

describe("on the disk", () => {
  test("everything is there after closing and opening again", async () => {
    const directory = newDirectory();
    const first = openIn(directory).storage;
    const { id: collectionId } = await first.createCollection({ name: "c", kind: "document" });
    const index = await first.openIndex({ collectionId, task: "qa", modelKey: "mini", dim: 2 });
    const source = await addSource(first, collectionId, "a", 3);
    await first.appendPassages({
      sourceId: source.id,
      firstOrdinal: 0,
      passages: [draft("whale"), draft("ship")],
      segments: [{ indexId: index.id, vectors: rows(2, 2) }],
    });
    const look = async (storage: Inside) => [
      await storage.collections({}),
      await storage.pending({}),
      await storage.readSource({ sourceId: source.id }),
      await storage.listPassages({ collectionId, offset: 0, limit: 9 }),
      await storage.readSegments({ indexId: index.id, afterId: 0, limit: 9 }),
      await storage.keywords({ collectionIds: [collectionId], query: "ship", limit: 9 }),
      await storage.info({}).then(({ durable, where, databaseBytes }) => ({ durable, where, databaseBytes })),
    ];
    const before = await look(first);
    expect(before.at(-1)).toMatchObject({ durable: true, where: `opfs:${directory}/sextant.sqlite3` });
    await first.shut({});
    expect(await look(openIn(directory).storage)).toEqual(before);
  });

  test("info tells what the browser says about room", async () => {
    const info = await openIn(newDirectory()).storage.info({});
    expect(info.quotaBytes).toBeGreaterThan(info.databaseBytes);
    expect(info.usageBytes).toBeGreaterThanOrEqual(0);
    expect(info.persisted).toBeTypeOf("boolean");
  });

  test("a worker killed while it writes loses at most the batch in flight", async () => {
    const directory = newDirectory();
    const { storage, worker } = openIn(directory);
    const { id: collectionId } = await storage.createCollection({ name: "c", kind: "document" });
    const index = await storage.openIndex({ collectionId, task: "qa", modelKey: "mini", dim: 64 });
    const source = await addSource(storage, collectionId, "a", 6400);
    const batch = (firstOrdinal: number) => ({
      sourceId: source.id,
      firstOrdinal,
      passages: Array.from({ length: 64 }, (_, i) => draft(`whale ${firstOrdinal + i} `.repeat(20))),
      segments: [{ indexId: index.id, vectors: rows(64, 64, firstOrdinal) }],
    });
    let confirmed = 0;
    for (; confirmed < 256; confirmed += 64) await storage.appendPassages(batch(confirmed));
    for (let at = confirmed; at < 6400; at += 64)
      void storage.appendPassages(batch(at)).then(
        () => (confirmed = at + 64),
        () => undefined,
      );
    while (confirmed < 512) await new Promise((resolve) => setTimeout(resolve, 1));
    worker.terminate();

    const again = openIn(directory).storage;
    const [work] = await again.pending({});
    expect(work!.done).toBeGreaterThanOrEqual(confirmed);
    expect(work!.done % 64).toBe(0);
    const segments = await again.readSegments({ indexId: index.id, afterId: 0, limit: 1000 });
    expect(segments.flatMap((segment) => [...segment.ordinals])).toEqual(
      Array.from({ length: work!.done }, (_, ordinal) => ordinal),
    );
    expect(
      await again.keywords({ collectionIds: [collectionId], query: "whale", limit: 10_000 }),
    ).toHaveLength(work!.done);
    expect(await again.query({ sql: "PRAGMA integrity_check" })).toEqual(["ok"]);
    await again.appendPassages(batch(work!.done));
  });

  test("bytes that a kill left behind the last page are cut off, and nothing else", async () => {
    const directory = newDirectory();
    const first = openIn(directory).storage;
    await first.createCollection({ name: "c", kind: "document" });
    await first.shut({});
    const handle = await findDatabaseFile(directory);
    const sizeBytes = async () => (await handle.getFile()).size;
    const before = await sizeBytes();
    const writable = await handle.createWritable({ keepExistingData: true });
    await writable.write({ type: "write", position: before, data: new Uint8Array(5 * 65_536) });
    await writable.close();
    expect(await sizeBytes()).toBe(before + 5 * 65_536);

    const second = openIn(directory).storage;
    expect(await second.collections({})).toHaveLength(1);
    expect(await second.query({ sql: "PRAGMA integrity_check" })).toEqual(["ok"]);
    await second.shut({});
    expect(await sizeBytes()).toBe(before);
  });

  test("a second owner is refused, and the first one keeps everything", async () => {
    const directory = newDirectory();
    const first = openIn(directory).storage;
    await first.createCollection({ name: "c", kind: "document" });
    const second = openIn(directory).storage;
    expect(await codeOf(second.collections({}))).toBe("storage/busy-elsewhere");
    await first.createCollection({ name: "d", kind: "document" });
    await first.shut({});
    expect(await openIn(directory).storage.collections({})).toHaveLength(2);
  });

  test("an owner that lets go within two seconds is waited for", async () => {
    const directory = newDirectory();
    const first = openIn(directory).storage;
    await first.createCollection({ name: "c", kind: "document" });
    const second = openIn(directory).storage.collections({});
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.shut({});
    expect(await second).toHaveLength(1);
  });

  test.each([
    ["a header that is none", 0, 100],
    ["a first page of noise", 100, 65_000],
  ])("%s is corrupt, and not a byte is changed", async (_what, from, count) => {
    const directory = newDirectory();
    const first = openIn(directory).storage;
    await first.createCollection({ name: "c", kind: "document" });
    await first.shut({});
    const handle = await findDatabaseFile(directory);
    const writable = await handle.createWritable({ keepExistingData: true });
    await writable.write({ type: "write", position: 4096 + from, data: new Uint8Array(count).fill(0xa5) });
    await writable.close();
    const bytes = async () => new Uint8Array(await (await handle.getFile()).arrayBuffer());
    const before = await bytes();

    const second = openIn(directory);
    expect(await codeOf(second.storage.collections({}))).toBe("storage/corrupt");
    second.worker.terminate();
    expect((await bytes()).every((byte, at) => byte === before[at])).toBe(true);
    expect((await bytes()).length).toBe(before.length);
  });

  test("data of a newer Sextant is left alone", async () => {
    const directory = newDirectory();
    const first = openIn(directory).storage;
    await first.script({ sql: "PRAGMA user_version = 999" });
    await first.shut({});
    expect(await codeOf(openIn(directory).storage.collections({}))).toBe("storage/newer-schema");
    expect(await codeOf(openIn(directory).storage.info({}))).toBe("storage/newer-schema");
  });

  test("a full quota is named, changes nothing, and passes", async () => {
    const { storage } = openIn(newDirectory());
    const { id: collectionId } = await storage.createCollection({ name: "c", kind: "document" });
    const index = await storage.openIndex({ collectionId, task: "qa", modelKey: "mini", dim: 1_000_000 });
    const source = await addSource(storage, collectionId, "a", 2);
    const batch = (firstOrdinal: number) => ({
      sourceId: source.id,
      firstOrdinal,
      passages: [draft("whale")],
      segments: [{ indexId: index.id, vectors: new Uint16Array(1_000_000).fill(firstOrdinal) }],
    });
    await storage.appendPassages(batch(0));
    const { usage = 0 } = await navigator.storage.estimate();
    const browser = cdp() as unknown as {
      send(method: string, parameters: Record<string, string | number>): Promise<unknown>;
    };
    const { origin } = location;
    await browser.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 300_000 });
    try {
      expect(await codeOf(storage.appendPassages(batch(1)))).toBe("storage/full");
      expect(await storage.pending({})).toMatchObject([{ done: 1 }]);
      expect(
        await storage.keywords({ collectionIds: [collectionId], query: "whale", limit: 9 }),
      ).toHaveLength(1);
    } finally {
      await browser.send("Storage.overrideQuotaForOrigin", { origin });
    }
    await storage.appendPassages(batch(1));
    expect(await storage.query({ sql: "PRAGMA integrity_check" })).toEqual(["ok"]);
  });
});

describe("lease", () => {
  const nextMessage = (worker: Worker) =>
    new Promise((resolve) => worker.addEventListener("message", ({ data }) => resolve(data), { once: true }));

  test("one thread holds it until it ends, or another steals it", async () => {
    const lease = `test ${crypto.randomUUID()}`;
    const owner = startWorker({ lease, steal: false });
    expect(await nextMessage(owner)).toBe("held");
    expect(await nextMessage(startWorker({ lease, steal: false }))).toBe("storage/busy-elsewhere");

    const lost = nextMessage(owner);
    const thief = startWorker({ lease, steal: true });
    expect(await nextMessage(thief)).toBe("held");
    expect(await lost).toBe("lost");

    thief.terminate();
    let answer: unknown;
    for (let tries = 0; tries < 50 && answer !== "held"; tries++)
      answer = await nextMessage(startWorker({ lease, steal: false }));
    expect(answer).toBe("held");
  });
});
