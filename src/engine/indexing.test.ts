import { afterEach, beforeEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { BATCH_PASSAGES } from "./indexing.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "./testing/fake-model.ts";

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
  engine = direct(createLocalEngine({ storage, model, adaptation: LATER }).handlers);
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

const stored = async (collectionId: number): Promise<readonly string[]> => {
  const { passages: all } = await engine.passages({ collectionId, offset: 0, limit: 1000 });
  return all.map(({ text }) => text);
};

test.each([
  ["a.md", "a.txt"],
  ["a.txt", "a.md"],
])("the same text as %s and as %s, before it is indexed, is there once and whole", async (...names) => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  const content = passages(6, "item");
  const report = await engine.add({ collectionId: id, files: names.map((name) => ({ name, content })) });
  expect([report.added.length, report.unchanged.length]).toEqual([1, 1]);
  await engine.index({ collectionId: id, task: "qa" });
  const all = (await stored(id)).join("\n");
  for (let i = 0; i < 6; i++) expect(all.split(`item${i} alone`)).toHaveLength(2);
});

test("a source is cut anew for another model before its first passage is stored, and never goes on with other cuts", async () => {
  const text = Array.from({ length: 40 * 128 }, (_, i) => (i === 300 ? "internationally" : `w${i}`)).join(
    " ",
  );
  const longer = (long: number) => (one: string) =>
    one.split(/\s+/).reduce((sum, word) => sum + (word.length > 9 ? long : word === "" ? 0 : 1), 0);
  const countedBy = (count: (text: string) => number): FakeModel => {
    const other = createFakeModel();
    const open = other.open.bind(other);
    other.open = async (...asked) => ({
      ...(await open(...asked)),
      countTokens: (texts: readonly string[]) => texts.map(count),
    });
    return other;
  };
  const engineWith = (one: FakeModel): Engine =>
    direct(createLocalEngine({ storage, model: one, adaptation: LATER }).handlers);
  const add = async (one: Engine, name: string): Promise<number> => {
    const { id } = await one.createCollection({ name, kind: "chunk" });
    await one.add({ collectionId: id, files: [{ name, content: text }] });
    return id;
  };
  engine = engineWith(countedBy(longer(1)));
  const [untouched, begun] = [await add(engine, "untouched"), await add(engine, "begun")];
  const [work] = (await storage.pending({})).filter((one) => one.collectionId === begun);
  const { text: whole } = await storage.readSource({ sourceId: work!.sourceId });
  const middle = whole.indexOf("w200 ");
  const draft = { title: "", text: whole.slice(0, middle), startUtf16: 0, endUtf16: middle };
  const first = { ...draft, record: { kind: "chunk" as const } };
  await storage.appendPassages({
    sourceId: work!.sourceId,
    firstOrdinal: 0,
    passages: [first],
    segments: [],
  });

  engine = engineWith(countedBy(longer(60)));
  await engine.index({ collectionId: untouched, task: "lrlm" });
  expect((await stored(untouched)).join("")).toBe(text);
  const { notices } = await engine.index({ collectionId: begun, task: "lrlm" });
  expect(notices).toMatchObject([{ level: "error", code: "ingest/unreadable", file: "begun" }]);
  expect(await stored(begun)).toHaveLength(1);
});

test.each(["with a vector of its own", "without one"])(
  "a passage that is edited %s while missing vectors are made has one of its new words in the end",
  async (how) => {
    const { handlers, close } = await openStorage({ where: { kind: "memory" } });
    let edit: (() => Promise<unknown>) | null = null;
    const interrupted = direct<StorageCalls>(
      {
        ...handlers,
        fillIndex: async (...given) => {
          const now = edit;
          edit = null;
          await now?.();
          return handlers.fillIndex(...given);
        },
      },
      close,
    );
    const own = direct(createLocalEngine({ storage: interrupted, model, adaptation: LATER }).handlers);
    const { id: collectionId } = await own.createCollection({ name: "e", kind: "example" });
    const content = [0, 1, 2].map((i) => JSON.stringify({ input: `item${i}`, output: "o" })).join("\n");
    await own.add({ collectionId, files: [{ name: "a.jsonl", content }] });
    await own.index({ collectionId, task: "icl" });
    const passage = (await own.passages({ collectionId, offset: 1, limit: 1 })).passages[0]!;
    edit = () =>
      how === "without one"
        ? interrupted.editPassage({
            passageId: passage.id,
            words: { text: "harbour o", record: { kind: "example", input: "harbour", output: "o" } },
            segments: [],
          })
        : own.editPassage({ passageId: passage.id, edit: { kind: "example", input: "harbour" } });
    await own.index({ collectionId, task: "icl", policy: "paper" });
    const query = { task: "icl", input: "harbour" } as const;
    const ask = { mode: "semantic", fusion: "convex", policy: "paper", limit: 1 } as const;
    const { hits, notIndexed } = await own.search({ collectionIds: [collectionId], query, ...ask });
    expect(notIndexed).toBe(0);
    expect(hits[0]?.passage.id).toBe(passage.id);
    expect(hits[0]?.semantic?.raw).toBeGreaterThan(0.5);
    await interrupted.close();
  },
);
