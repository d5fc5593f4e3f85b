import { afterEach, beforeEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { BATCH_PASSAGES } from "./indexing.ts";
import { createLocalEngine } from "./local-engine.ts";
import { createFakeModel, type FakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let model: FakeModel;
let engine: Engine;
let batches: number[];

beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  model = createFakeModel();
  batches = [];
  model.beforeBatch = (texts) => void batches.push(texts.length);
  engine = direct(createLocalEngine({ storage, model }).handlers);
});
afterEach(() => storage.close());

const passages = (count: number, word: string): string =>
  Array.from({ length: count }, (_, i) => `# Part ${i}\n\nThis speaks of ${word}${i} alone.\n`).join("\n");

async function found(collectionId: number, question: string): Promise<string | undefined> {
  const settings = { mode: "semantic", fusion: "convex", policy: "use", limit: 1 } as const;
  const { hits } = await engine.search({
    collectionIds: [collectionId],
    query: { task: "qa", question },
    ...settings,
  });
  return hits[0]?.sourceName;
}

test("many small files are embedded together, and each keeps its own passages", async () => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  const files = Array.from({ length: 150 }, (_, i) => ({
    name: `${i}.md`,
    content: passages(1 + (i % 2), `item${i}x`),
  }));
  await engine.add({ collectionId: id, files });
  const report = await engine.index({ collectionId: id, task: "qa" });
  expect(report).toMatchObject({ passages: 225, embedded: 225, kept: [] });
  expect(batches).toEqual([BATCH_PASSAGES, 225 - BATCH_PASSAGES]);
  expect((await engine.status({})).pending).toEqual([]);
  expect(await found(id, "item7x1")).toBe("7.md");
  expect(await found(id, "item149x0")).toBe("149.md");
});

test("a source that is removed while its batch is embedded costs the others nothing", async () => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  const { added } = await engine.add({
    collectionId: id,
    files: ["a", "b", "c"].map((name) => ({ name: `${name}.md`, content: passages(2, name) })),
  });
  model.beforeBatch = async () => {
    model.beforeBatch = () => undefined;
    await engine.removeSources({ sourceIds: [added[1]?.id ?? -1] });
  };
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 4, notices: [] });
  expect(await found(id, "c1")).toBe("c.md");
});

test("of a file that changed a little only that is embedded, and it is told how much was kept", async () => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  const text = passages(300, "item");
  await engine.add({ collectionId: id, files: [{ name: "a.md", content: text }] });
  await engine.index({ collectionId: id, task: "qa" });
  const content = text.replace("item7 ", "another7 ").replace("item200 ", "another200 ");
  const { added } = await engine.add({ collectionId: id, files: [{ name: "a.md", content }] });
  const report = await engine.index({ collectionId: id, task: "qa" });
  expect(report).toMatchObject({ passages: 300, embedded: 2 });
  expect(report.kept).toEqual([{ sourceId: added[0]?.id, passages: 300, kept: 298 }]);
});
