import { afterAll, afterEach, describe, expect, test } from "vitest";
import { cdp } from "vitest/browser";
import { storeContract } from "./store.contract.ts";
import { connectStore } from "./testing/store-calls.ts";
import type { StoreTestStart } from "./testing/store-test.worker.ts";

const newWorker = () =>
  new Worker(new URL("./testing/store-test.worker.ts", import.meta.url), { type: "module" });
const shared = newWorker();
const workers: Worker[] = [shared];
afterAll(() => workers.forEach((worker) => worker.terminate()));

const directories: string[] = [];
afterEach(async () => {
  for (const worker of workers.splice(1)) worker.terminate();
  const root = await navigator.storage.getDirectory();
  for (const directory of directories.splice(0)) {
    // A terminated worker lets go of its files a moment later.
    for (let left = 100; left > 0; left--) {
      const failed = await root.removeEntry(directory, { recursive: true }).catch((error: Error) => error);
      if (!failed || failed.name === "NotFoundError") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

function newDirectory(): string {
  const directory = `test-${crypto.randomUUID()}`;
  directories.push(directory);
  return directory;
}

function openIn(directory: string, worker = shared) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ directory, port: port2 } satisfies StoreTestStart, [port2]);
  return connectStore(port1);
}

function openInNewWorker(directory: string) {
  const worker = newWorker();
  workers.push(worker);
  return { worker, store: openIn(directory, worker) };
}

storeContract(async () => {
  const directory = newDirectory();
  const store = openIn(directory);
  return {
    store,
    reopen: async () => openInNewWorker(directory).store,
    close: () => store.calls.close(),
  };
});

describe("on the disk", () => {
  test("a writer that is killed leaves what it wrote, and the next one goes on", async () => {
    const directory = newDirectory();
    const { store, worker } = openInNewWorker(directory);
    const sink = await store.folder("m").create("a");
    await sink.write(new Uint8Array(100_000).fill(7));
    worker.terminate();
    const again = openInNewWorker(directory).store.folder("m");
    const next = await again.create("a", { append: true });
    expect(next.sizeBytes).toBe(100_000);
    await next.write(Uint8Array.of(8));
    await next.close();
    expect(await (await again.open("a")).read(99_998, 100_001)).toEqual(Uint8Array.of(7, 7, 8));
  });

  test("a file that another worker goes on writing is refused", async () => {
    const directory = newDirectory();
    const first = openInNewWorker(directory).store.folder("m");
    const sink = await first.create("a");
    await sink.write(Uint8Array.of(1, 2, 3));
    const second = openInNewWorker(directory).store.folder("m");
    await expect(second.create("a")).rejects.toMatchObject({ code: "storage/busy-elsewhere" });
    await sink.write(Uint8Array.of(4));
    await sink.close();
    expect((await second.open("a")).sizeBytes).toBe(4);
  });

  test("a full quota is named, what was there stays, and it passes", async () => {
    const folder = openIn(newDirectory()).folder("m");
    const sink = await folder.create("a");
    await sink.write(new Uint8Array(1000).fill(1));
    const { usage = 0 } = await navigator.storage.estimate();
    const browser = cdp() as unknown as {
      send(method: string, parameters: Record<string, string | number>): Promise<unknown>;
    };
    const { origin } = location;
    await browser.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 300_000 });
    try {
      await expect(sink.write(new Uint8Array(3_000_000))).rejects.toMatchObject({ code: "storage/full" });
      expect(sink.sizeBytes).toBe(1000);
    } finally {
      await browser.send("Storage.overrideQuotaForOrigin", { origin });
    }
    expect(await folder.list()).toEqual([{ path: "a", sizeBytes: 1000 }]);
    await sink.write(new Uint8Array(3_000_000).fill(2));
    await sink.close();
    const source = await folder.open("a");
    expect(await source.read(999, 1001)).toEqual(Uint8Array.of(1, 2));
    expect(source.sizeBytes).toBe(3_001_000);
  });
});
