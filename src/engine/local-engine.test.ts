import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Kind, Storage, StorageCalls, TaskId, TaskQuery } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { BATCH_PASSAGES } from "./indexing.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let model: FakeModel;
let engine: Engine;

beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  model = createFakeModel();
  engine = openEngine();
});
afterEach(() => storage.close());

function openEngine(): Engine {
  return direct(createLocalEngine({ storage, model, adaptation: LATER }).handlers);
}

async function fill(kind: Kind, task: TaskId, name: string, content: string): Promise<number> {
  const { id } = await engine.createCollection({ name: kind, kind });
  const { notices } = await engine.add({ collectionId: id, files: [{ name, content }] });
  expect(notices.filter(({ level }) => level === "error")).toEqual([]);
  await engine.index({ collectionId: id, task });
  return id;
}

function search(collectionId: number, query: TaskQuery, more: Partial<Parameters<Engine["search"]>[0]> = {}) {
  const settings = { mode: "hybrid", fusion: "convex", policy: "use", limit: 5 } as const;
  return engine.search({ collectionIds: [collectionId], query, ...settings, ...more });
}

/** `count` one-paragraph sections; section 7 is the only one about its number in words. */
function markdown(count: number): string {
  return Array.from(
    { length: count },
    (_, i) => `# Part ${i}\n\nThis paragraph speaks of item${i} and nothing else.\n`,
  ).join("\n");
}

const TASK_CASES: readonly (readonly [Kind, string, string, TaskQuery, string])[] = [
  ["document", "guide.md", markdown(9), { task: "qa", question: "which one speaks of item7?" }, "item7"],
  [
    "document",
    "guide.md",
    markdown(9),
    { task: "convsearch", turns: ["Hello?", "Good day."], question: "and what about item4" },
    "item4",
  ],
  [
    "exchange",
    "chat.txt",
    "User: My dog is called Rufus.\nAssistant: Lovely.\nUser: I bought a bicycle.\nAssistant: Which colour?\n",
    { task: "chat", utterance: "how is my dog called again" },
    "Rufus",
  ],
  [
    "example",
    "intents.csv",
    "text,intent\nplay some jazz,music\nbook a table for two,restaurant\nset an alarm,alarm\n",
    { task: "icl", input: "book a table tonight" },
    "restaurant",
  ],
  [
    "tool",
    "tools.json",
    JSON.stringify([
      {
        name: "get_weather",
        description: "Tells the weather of a city",
        parameters: { type: "object", properties: {} },
      },
      {
        name: "send_mail",
        description: "Sends a mail to a person",
        parameters: { type: "object", properties: {} },
      },
    ]),
    { task: "tool", request: "what is the weather in the city of Rome" },
    "get_weather",
  ],
];

test.each(TASK_CASES)(
  "%s %s: the right passage comes first",
  async (kind, name, content, query, expected) => {
    const id = await fill(kind, query.task, name, content);
    for (const mode of ["semantic", "keywords", "hybrid"] as const) {
      const { hits } = await search(id, query, { mode });
      expect(hits[0]?.passage.text).toContain(expected);
    }
  },
);

test("lrlm finds earlier chunks only, with their continuation, and its prompt holds both", async () => {
  const text = Array.from({ length: 900 }, (_, i) => (i % 300 === 5 ? "lighthouse keeper" : `word${i}`)).join(
    " ",
  );
  const id = await fill("chunk", "lrlm", "novel.txt", text);
  const query = { task: "lrlm", chunk: "the lighthouse keeper again" } as const;
  const { hits } = await search(id, query, { filter: { beforeOrdinal: 3 } });
  expect(hits[0]?.passage.text).toContain("lighthouse keeper");
  expect(hits.every(({ passage }) => passage.ordinal < 3)).toBe(true);
  const continuation = hits[0]?.continuation;
  expect(continuation?.ordinal).toBe((hits[0]?.passage.ordinal ?? 0) + 1);
  const prompt = await engine.prompt({
    query,
    passageIds: [hits[0]?.passage.id ?? 0],
    recent: "So it ended.",
  });
  expect(prompt.text).toContain(continuation?.text);
});

test("keys and queries carry the instruction of their own task and side", async () => {
  const id = await fill("document", "qa", "a.txt", "One sentence.");
  await search(id, { task: "qa", question: "Which?" });
  expect(model.seen).toEqual([
    "Represent this document for retrieval: One sentence.",
    "Represent this query for retrieving relevant documents: Which?",
  ]);
});

test("an index of one task is not searched under another; indexing that one fills it without a second copy", async () => {
  const id = await fill("document", "qa", "guide.md", markdown(3));
  const query = { task: "convsearch", turns: [], question: "item1" } as const;
  const before = await search(id, query, { mode: "semantic" });
  expect(before).toMatchObject({ hits: [], notIndexed: 3 });
  expect(await engine.index({ collectionId: id, task: "convsearch" })).toMatchObject({ embedded: 3 });
  expect((await search(id, query, { mode: "semantic" })).hits[0]?.passage.text).toContain("item1");
  expect((await engine.passages({ collectionId: id, offset: 0, limit: 10 })).total).toBe(3);
});

test("vectors of the two policies never meet: each policy has an index of its own", async () => {
  const id = await fill("document", "qa", "guide.md", markdown(3));
  const query = { task: "qa", question: "item1" } as const;
  const paper = { mode: "semantic", policy: "paper" } as const;
  expect(await search(id, query, paper)).toMatchObject({ hits: [], notIndexed: 3 });
  await engine.index({ collectionId: id, task: "qa", policy: "paper" });
  expect((await search(id, query, paper)).hits[0]?.passage.text).toContain("item1");
  expect((await search(id, query)).hits[0]?.passage.text).toContain("item1");
});

test("indexing that is cut off goes on where it stopped and embeds nothing twice", async () => {
  const total = BATCH_PASSAGES * 2 + 40;
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  await engine.add({ collectionId: id, files: [{ name: "long.md", content: markdown(total) }] });
  const stop = new AbortController();
  model.beforeBatch = () => {
    if (model.seen.length >= BATCH_PASSAGES) stop.abort();
  };
  await expect(engine.index({ collectionId: id, task: "qa" }, { signal: stop.signal })).rejects.toMatchObject(
    {
      code: "base/aborted",
    },
  );
  model.beforeBatch = () => undefined;
  const lostAtMost = model.seen.length - BATCH_PASSAGES;
  expect(lostAtMost).toBeLessThanOrEqual(BATCH_PASSAGES);

  engine = openEngine(); // as after a reload: nothing is remembered but what storage holds
  expect((await engine.status({})).pending).toMatchObject([{ done: BATCH_PASSAGES, total }]);
  model.seen.length = 0;
  const events: number[] = [];
  const report = await engine.index(
    { collectionId: id, task: "qa" },
    { onEvent: ({ donePassages }) => events.push(donePassages) },
  );
  expect(report.embedded).toBe(total - BATCH_PASSAGES);
  expect(events.at(-1)).toBe(total - BATCH_PASSAGES);
  expect((await engine.status({})).pending).toEqual([]);
  expect((await engine.passages({ collectionId: id, offset: 0, limit: 1 })).total).toBe(total);
  const { hits } = await search(id, { task: "qa", question: `item${total - 1}` });
  expect(hits[0]?.passage.text).toContain(`item${total - 1}`);
});

test("the next passages are embedded while those before are stored", async () => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  await engine.add({ collectionId: id, files: [{ name: "long.md", content: markdown(BATCH_PASSAGES * 2) }] });
  const seenWhileStored: number[] = [];
  const appendPassages: Storage["appendPassages"] = async (input) => {
    await vi.waitFor(() => expect(model.seen).toHaveLength(BATCH_PASSAGES * 2));
    seenWhileStored.push(input.firstOrdinal);
    return storage.appendPassages(input);
  };
  const slow = new Proxy(storage, {
    get: (target, name) => (name === "appendPassages" ? appendPassages : Reflect.get(target, name)),
  });
  engine = direct(createLocalEngine({ storage: slow, model, adaptation: LATER }).handlers);
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({
    passages: BATCH_PASSAGES * 2,
  });
  expect(seenWhileStored).toEqual([0, BATCH_PASSAGES]);
});

test("a removed source is never found again, also when it was loaded; its twin in another collection stays", async () => {
  const first = await fill("document", "qa", "guide.md", markdown(3));
  const second = await fill("document", "qa", "guide.md", markdown(3));
  const query = { task: "qa", question: "item2" } as const;
  expect((await search(first, query)).hits.length).toBeGreaterThan(0);
  const [source] = await engine.sources({ collectionId: first });
  await engine.removeSources({ sourceIds: [source?.id ?? 0] });
  expect((await search(first, query)).hits).toEqual([]);
  expect((await search(second, query)).hits[0]?.passage.text).toContain("item2");
});

test("a source that is removed while it is indexed ends quietly and leaves nothing", async () => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  const { added } = await engine.add({ collectionId: id, files: [{ name: "a.md", content: markdown(3) }] });
  model.beforeBatch = async () => void (await engine.removeSources({ sourceIds: [added[0]?.id ?? 0] }));
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 0 });
  expect((await engine.passages({ collectionId: id, offset: 0, limit: 1 })).total).toBe(0);
});

test("a source that is removed while another task's index is filled takes nothing else along", async () => {
  const id = await fill("document", "qa", "guide.md", markdown(3));
  await engine.add({ collectionId: id, files: [{ name: "tea.md", content: "# Tea\n\nSteep it." }] });
  await engine.index({ collectionId: id, task: "qa" });
  const [guide] = await engine.sources({ collectionId: id });
  let removed: Promise<unknown> | undefined;
  model.beforeBatch = async () =>
    void (await (removed ??= engine.removeSources({ sourceIds: [guide?.id ?? 0] })));
  expect(await engine.index({ collectionId: id, task: "convsearch" })).toMatchObject({ passages: 1 });
  const query = { task: "convsearch", turns: [], question: "steep" } as const;
  expect((await search(id, query, { mode: "semantic" })).hits.map(({ passage }) => passage.text)).toEqual([
    "Steep it.",
  ]);
});

test("the same text twice is stored once; a bad file is a notice and the others go through", async () => {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  const files = [
    { name: "a.txt", content: "Something worth keeping." },
    { name: "empty.txt", content: "  \n " },
    { name: "noise.bin", content: Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256) },
    { name: "again.txt", content: "Something worth keeping." },
  ];
  const report = await engine.add({ collectionId: id, files });
  expect(report.added.map(({ name }) => name)).toEqual(["a.txt"]);
  expect(report.unchanged.map(({ name }) => name)).toEqual(["a.txt"]);
  expect(report.notices.map(({ file, level, code }) => [file, level, code])).toEqual([
    ["empty.txt", "error", "ingest/empty"],
    ["noise.bin", "error", "ingest/binary"],
  ]);
});

test("a blank query and a collection of another kind are refused with a code", async () => {
  const id = await fill("document", "qa", "a.txt", "One sentence.");
  await expect(search(id, { task: "qa", question: " \n" })).rejects.toMatchObject({
    code: "search/empty-query",
  });
  await expect(search(id, { task: "tool", request: "x" })).rejects.toMatchObject({
    code: "search/wrong-index",
  });
  await expect(search(99, { task: "qa", question: "x" })).rejects.toMatchObject({
    code: "storage/not-found",
  });
});

test("a query goes before the next batch of indexing", async () => {
  const ready = await fill("document", "qa", "a.txt", "One sentence.");
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  await engine.add({ collectionId: id, files: [{ name: "long.md", content: markdown(BATCH_PASSAGES * 3) }] });
  model.seen.length = 0;
  let asked: Promise<unknown> | undefined;
  model.beforeBatch = () => {
    asked ??= search(ready, { task: "qa", question: "sentence" });
    return new Promise((resolve) => setTimeout(resolve, 20));
  };
  await engine.index({ collectionId: id, task: "qa" });
  await asked;
  expect(model.seen[BATCH_PASSAGES]).toMatch(/^Represent this query/);
});

test("near-duplicates go back on request, and only in the order", async () => {
  const texts = ["red apple pie", "red apple pie again", "green apple", "a plain cake"];
  const id = await fill("document", "qa", "a.md", texts.map((text, i) => `# ${i}\n\n${text}`).join("\n\n"));
  const query = { task: "qa", question: "red apple pie" } as const;
  const found = async (diversity: number) =>
    (await search(id, query, { mode: "semantic", diversity })).hits.map(({ passage }) => passage.text);
  expect((await found(0)).slice(0, 2).toSorted()).toEqual(texts.slice(0, 2));
  const spread = await found(0.7);
  expect(spread.slice(0, 2)).not.toEqual((await found(0)).slice(0, 2));
  expect(spread.toSorted()).toEqual((await found(0)).toSorted());
});

test("of a changed file only what changed is embedded, of a copy what is new, under another task all of it", async () => {
  const { id: collectionId } = await engine.createCollection({ name: "d", kind: "document" });
  const put = async (name: string, content: string, task: TaskId = "qa") => {
    await engine.add({ collectionId, files: [{ name, content }] });
    const before = model.seen.length;
    const { passages, embedded } = await engine.index({ collectionId, task });
    expect(model.seen.length - before).toBe(embedded);
    return [passages, embedded];
  };
  expect(await put("guide.md", markdown(9))).toEqual([9, 9]);
  expect(await put("guide.md", markdown(9).replace("item4 ", "itemfour "))).toEqual([9, 1]);
  expect(await put("copy.md", `${markdown(9)}\n# New\n\nOne more.\n`)).toEqual([10, 1]);
  expect((await engine.index({ collectionId, task: "convsearch" })).embedded).toBe(28);
  const { hits } = await search(collectionId, { task: "qa", question: "itemfour" }, { mode: "semantic" });
  expect(hits[0]?.passage.text).toContain("itemfour");
  expect(hits[0]?.semantic?.raw).toBeGreaterThan(0.2);
});
