import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TEST_MAKE } from "../../contract/corpus-store.contract.ts";
import type { CorpusRow, CorpusStore } from "../../contract/index.ts";
import { zipOf } from "../../ingest/testing/hostile-archives.ts";
import { pushFolder, type PushedFolder } from "./push-folder.ts";

let folder = "";
let rows = new Map<string, CorpusRow>();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sextant-folder-"));
  rows = new Map();
});
afterEach(() => rm(folder, { recursive: true }));

const store: Partial<CorpusStore> = {
  make: TEST_MAKE,
  present: async (ids) => new Set(ids.filter((id) => rows.has(id))),
  put: async (put) => put.forEach((row) => rows.set(row.item.id, row)),
  async *ids() {
    yield [...rows.keys()];
  },
  read: async (ids) => ids.flatMap((id) => rows.get(id) ?? []),
  remove: async (ids) => ids.forEach((id) => rows.delete(id)),
  count: async () => rows.size,
  seal: async () => undefined,
};

function push(countTokens = (text: string) => text.length / 4): Promise<PushedFolder> {
  return pushFolder({
    folder,
    task: "qa",
    shard: null,
    deletes: true,
    processes: 1,
    store: store as CorpusStore,
    embedders: {
      atOnce: 1,
      embed: async (texts) => texts.map(() => new Float32Array(TEST_MAKE.dim)),
      close: () => undefined,
    },
    tools: { countTokens },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const unreadable = new Uint8Array(64);
const there = () => [...new Set([...rows.values()].map(({ item }) => item.source.name))].sort();

test("what the server has of a file that is there and cannot be read stays; what is gone or empty goes", async () => {
  await mkdir(join(folder, "rigs"));
  for (const name of ["brig.md", "sloop.md", "yawl.md", "rigs/ketch.md"])
    await write(name, `# ${name}\n\nAbout ${name}.`);
  await write("more.zip", await zipOf({ "cat.md": "# Cat\n\nA cat.", "hoy.md": "# Hoy\n\nOne." }));
  await push();
  expect(there()).toHaveLength(6);

  await write("sloop.md", unreadable);
  await write("yawl.md", "");
  await unlink(join(folder, "brig.md"));
  await write("more.zip", await zipOf({ "cat.md": "\0".repeat(64), "dau.md": "# Dau\n\nA dau." }));
  const pushed = await push();
  expect(there()).toEqual(["more.zip/cat.md", "more.zip/dau.md", "rigs/ketch.md", "sloop.md"]);
  expect(pushed).toMatchObject({ passages: 2, others: 5, removed: 3, unread: 2 });

  await write("more.zip", Uint8Array.of(0x50, 0x4b, 3, 4, ...unreadable));
  await push();
  expect(there()).toContain("more.zip/dau.md");
});

test("a file that cannot be opened any more is told, and ends nothing", async () => {
  for (const name of ["a.md", "b.md"]) await write(name, `# ${name}\n\nAbout ${name}.`);
  await push();
  let isFirst = true;
  const pushed = await push((text) => {
    if (isFirst) rmSync(join(folder, "b.md"));
    isFirst = false;
    return text.length / 4;
  });
  expect(there()).toEqual(["a.md", "b.md"]);
  expect(pushed).toMatchObject({ files: 2, unread: 1, removed: 0 });
  expect(pushed.notices).toMatchObject([{ level: "error", code: "ingest/unreadable", file: "b.md" }]);
});
