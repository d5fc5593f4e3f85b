import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { direct } from "../boundary/index.ts";
import {
  SextantError,
  type Engine,
  type EngineEvent,
  type EngineStatus,
  type Storage,
  type StorageCalls,
} from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { BATCH_PASSAGES } from "./indexing.ts";
import { createLocalEngine, type LocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "./testing/fake-model.ts";

const GPU = { adapter: "apple m1", software: false };

let storage: Storage;
let model: FakeModel;
let local: LocalEngine;
let engine: Engine;

function openEngine(): void {
  local = createLocalEngine({ storage, model, adaptation: LATER });
  engine = direct(local.handlers);
}

beforeEach(async () => {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(handlers, close);
  model = createFakeModel();
  openEngine();
});
afterEach(() => local.close());

/** Events until `last` is among them. */
async function eventsUntil(
  last: (event: EngineEvent) => boolean,
  work: () => Promise<unknown>,
): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  const stop = new AbortController();
  const onEvent = (event: EngineEvent): void => {
    events.push(event);
    if (last(event)) stop.abort();
  };
  const watching = engine.watch({}, { signal: stop.signal, onEvent }).catch((error: unknown) => {
    expect(error).toMatchObject({ code: "base/aborted" });
  });
  await work();
  await watching;
  return events;
}

const isStatus = (event: EngineEvent): event is { type: "status"; status: EngineStatus } =>
  event.type === "status";
const onGpu = (event: EngineEvent) => isStatus(event) && event.status.device.used === "webgpu";

async function fill(text: string): Promise<number> {
  const { id } = await engine.createCollection({ name: "d", kind: "document" });
  await engine.add({ collectionId: id, files: [{ name: "a.md", content: text }] });
  return id;
}

function ask(collectionId: number, question: string, mode: "semantic" | "keywords" = "semantic") {
  const query = { task: "qa", question } as const;
  return engine.search({
    collectionIds: [collectionId],
    query,
    mode,
    fusion: "convex",
    policy: "use",
    limit: 5,
  });
}

test("who watches hears that a model is open which another's question opened", async () => {
  const open = model.open.bind(model);
  model.open = (choice, device, reports) => {
    reports.onProgress({ phase: "check", doneBytes: 1, totalBytes: 1 });
    return open(choice, device, reports);
  };
  const events = await eventsUntil(isStatus, () => engine.countTokens({ texts: ["tea"] }));
  expect(events.map(({ type }) => type)).toEqual(["loading", "status"]);
});

/** A model that loads for a moment and then cannot be opened, until `mend`. */
function breakOpening(): { mend(): void } {
  const open = model.open.bind(model);
  model.open = (_, __, { onProgress }) => {
    onProgress({ phase: "fetch", doneBytes: 1, totalBytes: 2 });
    return Promise.reject(new SextantError("model/corrupt", "The weights are damaged. Get them again."));
  };
  return { mend: () => void (model.open = open) };
}

test("who watches hears that a model which another's question opened came to nothing, and of the next try", async () => {
  const { mend } = breakOpening();
  const asking = async (): Promise<void> => {
    await expect(engine.countTokens({ texts: ["tea"] })).rejects.toMatchObject({ code: "model/corrupt" });
  };
  const events = await eventsUntil(({ type }) => type === "unopened", asking);
  expect(events).toEqual([
    expect.objectContaining({ type: "loading" }),
    { type: "unopened", code: "model/corrupt", message: "The weights are damaged. Get them again." },
  ]);
  mend();
  const later = await eventsUntil(isStatus, () => engine.countTokens({ texts: ["tea"] }));
  expect(later.map(({ type }) => type)).toEqual(["status"]);
});

test("another model that cannot be opened leaves the one that is, and who watches hears so", async () => {
  await eventsUntil(isStatus, () => engine.status({}));
  breakOpening();
  const choosing = async (): Promise<void> => {
    const choice = { modelId: "other", dtype: "fp32" } as const;
    await expect(engine.setModel(choice)).rejects.toMatchObject({ code: "model/corrupt" });
  };
  const events = await eventsUntil(isStatus, choosing);
  expect(events.map(({ type }) => type)).toEqual(["loading", "status"]);
  expect(events.find(isStatus)?.status.model.id).toBe("fake");
});

test("auto leaves a software GPU alone and says why", async () => {
  model.gpu = { adapter: "swiftshader", software: true };
  expect((await engine.status({})).device).toMatchObject({ used: "wasm", asked: "auto" });
  expect(model.opened).toEqual(["wasm"]);
});

test("WebGPU asked for by name where there is none is refused, and WASM goes on", async () => {
  const id = await fill("A sloop has one mast.");
  await expect(engine.setDevice({ device: "webgpu" })).rejects.toMatchObject({ code: "gpu/unavailable" });
  await engine.index({ collectionId: id, task: "qa" });
  expect((await ask(id, "one mast")).hits).toHaveLength(1);
});

test("WASM answers until the GPU is ready, which is then told", async () => {
  model.gpu = GPU;
  let ready = () => {};
  model.gpuReady = new Promise((resolve) => (ready = resolve));
  expect((await engine.status({})).device).toMatchObject({ used: "wasm", asked: "auto" });
  await engine.embed({ task: "qa", side: "query", texts: ["hello"] });
  await eventsUntil(onGpu, () => Promise.resolve(ready()));
  expect((await engine.status({})).device).toMatchObject({ used: "webgpu", reason: "WebGPU on apple m1." });
  expect(await engine.embed({ task: "qa", side: "query", texts: ["hello"] })).toMatchObject({ rows: 1 });
});

test("a query that comes while the GPU's pipelines are warmed is answered by WASM", async () => {
  model.gpu = GPU;
  let warm = () => {};
  model.gpuWarm = new Promise((resolve) => (warm = resolve));
  await engine.status({});
  await vi.waitFor(() => expect(model.warming).toEqual(["webgpu"]));
  expect(await engine.embed({ task: "qa", side: "query", texts: ["hello"] })).toMatchObject({ rows: 1 });
  expect((await engine.status({})).device.used).toBe("wasm");
  await eventsUntil(onGpu, () => Promise.resolve(warm()));
  expect(model.closed).toEqual(["wasm"]);
});

test("another model that cannot be opened does not keep the GPU from getting ready", async () => {
  model.gpu = GPU;
  let warm = () => {};
  model.gpuWarm = new Promise((resolve) => (warm = resolve));
  await engine.status({});
  await expect(engine.setModel({ modelId: "gone", dtype: "q8" })).rejects.toMatchObject({
    code: "model/not-found",
  });
  await eventsUntil(onGpu, () => Promise.resolve(warm()));
});

test("a GPU that fails while it is warmed leaves WASM in place, closes and is told", async () => {
  model.gpu = GPU;
  model.gpuWarm = Promise.reject(new SextantError("gpu/out-of-memory", "The GPU is full."));
  model.gpuWarm.catch(() => undefined);
  const events = await eventsUntil(isStatus, () => engine.status({}));
  expect(events.find(({ type }) => type === "degraded")).toMatchObject({ code: "gpu/out-of-memory" });
  expect(model.closed).toEqual(["webgpu"]);
  expect((await engine.status({})).device).toMatchObject({ used: "wasm", reason: /^WebGPU failed/ });
});

test("a GPU that gets ready after another device was chosen is not used", async () => {
  model.gpu = GPU;
  let ready = () => {};
  model.gpuReady = new Promise((resolve) => (ready = resolve));
  await engine.status({});
  await engine.setDevice({ device: "wasm" });
  ready();
  await vi.waitFor(() => expect(model.closed).toContain("webgpu"));
  expect((await engine.status({})).device).toMatchObject({ used: "wasm", asked: "wasm" });
});

test("a GPU with wrong vectors is left with an event; asked for by name it is refused and nothing changes", async () => {
  model.gpu = GPU;
  model.wrongOnGpu = true;
  const events = await eventsUntil(isStatus, () => engine.status({}));
  expect(events.find(({ type }) => type === "degraded")).toMatchObject({
    from: "webgpu",
    to: "wasm",
    code: "gpu/wrong-vectors",
  });
  await expect(engine.setDevice({ device: "webgpu" })).rejects.toMatchObject({ code: "gpu/wrong-vectors" });
  expect((await engine.status({})).device).toMatchObject({ used: "wasm", reason: /^WebGPU failed/ });
});

const lost = () => new SextantError("gpu/lost", "The GPU was reset.");
const full = () => new SextantError("gpu/out-of-memory", "The GPU is full.");

/** Under `auto` with the GPU in use. */
async function openOnGpu(): Promise<void> {
  model.gpu = GPU;
  await eventsUntil(onGpu, () => engine.status({}));
  model.opened.length = 0;
}

const sections = (count: number) =>
  Array.from({ length: count }, (_, i) => `# Part ${i}\n\nText ${i}.`).join("\n\n");

test("a GPU that is lost in the middle of indexing is opened again, which is told; the job goes on", async () => {
  await openOnGpu();
  const id = await fill(sections(BATCH_PASSAGES * 2));
  model.beforeBatch = () => {
    if (model.seen.length < BATCH_PASSAGES) return;
    model.faults.push(lost());
    model.beforeBatch = () => undefined;
  };
  const events = await eventsUntil(
    ({ type }) => type === "restarted",
    async () => {
      expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({
        passages: BATCH_PASSAGES * 2,
      });
    },
  );
  expect(events.find(({ type }) => type === "restarted")).toEqual({
    type: "restarted",
    why: "The GPU was reset",
  });
  expect(model.opened).toEqual(["webgpu"]);
  expect(model.seen).toHaveLength(BATCH_PASSAGES * 2);
  expect((await engine.status({})).device.used).toBe("webgpu");
});

test("a GPU that is lost twice is left for WASM with an event; the call is answered", async () => {
  await openOnGpu();
  model.faults.push(lost(), lost());
  const events = await eventsUntil(
    ({ type }) => type === "degraded",
    async () => {
      expect(await engine.embed({ task: "qa", side: "query", texts: ["hello"] })).toMatchObject({ rows: 1 });
    },
  );
  expect(events.at(-1)).toMatchObject({ from: "webgpu", to: "wasm", code: "gpu/lost" });
  expect(model.opened).toEqual(["webgpu", "wasm"]);
  expect((await engine.status({})).device).toMatchObject({ used: "wasm", asked: "auto" });
});

test("a GPU that is gone for good is left for WASM with an event", async () => {
  await openOnGpu();
  model.faults.push(lost());
  model.gpu = null;
  const events = await eventsUntil(
    ({ type }) => type === "degraded",
    () => engine.embed({ task: "qa", side: "query", texts: ["hello"] }),
  );
  expect(events.at(-1)).toMatchObject({ from: "webgpu", to: "wasm", code: "gpu/lost" });
});

test("a GPU that runs out of memory in the middle of indexing is left for WASM with an event", async () => {
  await openOnGpu();
  const id = await fill(sections(3));
  model.faults.push(full());
  const events = await eventsUntil(
    ({ type }) => type === "degraded",
    async () => {
      expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 3 });
    },
  );
  expect(events.at(-1)).toMatchObject({ from: "webgpu", to: "wasm", code: "gpu/out-of-memory" });
  expect(model.opened).toEqual(["wasm"]);
});

test("a GPU that was asked for by name is tried again once when it is lost, and not left", async () => {
  model.gpu = GPU;
  await engine.setDevice({ device: "webgpu" });
  model.faults.push(lost());
  const embed = () => engine.embed({ task: "qa", side: "query", texts: ["hello"] });
  expect(await embed()).toMatchObject({ rows: 1 });
  model.faults.push(full());
  await expect(embed()).rejects.toMatchObject({ code: "gpu/out-of-memory" });
  expect((await engine.status({})).device.used).toBe("webgpu");
});

test("an error that is not the device's is not tried again", async () => {
  await openOnGpu();
  model.faults.push(new SextantError("engine/internal", "No."));
  await expect(engine.embed({ task: "qa", side: "query", texts: ["a"] })).rejects.toMatchObject({
    code: "engine/internal",
  });
  expect(model.opened).toEqual([]);
});

test("another device can be chosen while indexing goes on", async () => {
  model.gpu = GPU;
  await engine.setDevice({ device: "webgpu" });
  const id = await fill(sections(BATCH_PASSAGES + 3));
  let chosen: Promise<unknown> | undefined;
  model.beforeBatch = async () => {
    await (chosen ??= engine.setDevice({ device: "wasm" }));
  };
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({
    passages: BATCH_PASSAGES + 3,
  });
  expect(model.opened.at(-1)).toBe("wasm");
});

test("what was chosen is remembered", async () => {
  model.gpu = GPU;
  await engine.setDevice({ device: "wasm" });
  await engine.setModel({ modelId: "other", dtype: "q8" });
  await engine.hub({ endpoint: "https://mirror.example", token: "secret" });
  openEngine();
  const { device, model: open } = await engine.status({});
  expect(device).toMatchObject({ asked: "wasm", used: "wasm" });
  expect(open.key).toBe("other@1/q8");
  expect(await engine.hub({})).toEqual({ endpoint: "https://mirror.example", hasToken: false });
});

test("a model that cannot be opened leaves the one that was", async () => {
  await engine.status({});
  await expect(engine.setModel({ modelId: "gone", dtype: "q8" })).rejects.toMatchObject({
    code: "model/not-found",
  });
  expect((await engine.status({})).model.id).toBe("fake");
  openEngine();
  expect((await engine.status({})).model.id).toBe("fake");
});

test("each model has vectors of its own and its own prefixes; passages stay", async () => {
  const id = await fill("Water boils at a hundred degrees.");
  await engine.index({ collectionId: id, task: "qa" });
  await engine.setModel({ modelId: "other", dtype: "fp32" });
  expect(await ask(id, "water")).toMatchObject({ hits: [], notIndexed: 1 });
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 1, embedded: 1 });
  expect(model.seen.at(-1)).toBe("k: Water boils at a hundred degrees.");
  const { hits, query } = await ask(id, "water");
  expect(hits).toHaveLength(1);
  expect(query.instruction).toBe("q: ");
  await engine.setModel({ modelId: "fake", dtype: "fp32" });
  expect((await ask(id, "water")).hits).toHaveLength(1);
});

test("BM25 stores words only, and is not asked for meaning", async () => {
  await engine.setModel({ modelId: "bm25", dtype: "fp32" });
  const id = await fill("Water boils at a hundred degrees.");
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 1, embedded: 0 });
  expect((await ask(id, "water", "keywords")).hits).toHaveLength(1);
  await expect(ask(id, "water")).rejects.toMatchObject({ code: "search/no-vectors" });
  await engine.setModel({ modelId: "fake", dtype: "fp32" });
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 1, embedded: 1 });
});

test("a model that is exchanged under an indexing leaves no vector under the other's name", async () => {
  const id = await fill(sections(BATCH_PASSAGES + 3));
  let chosen: Promise<unknown> | undefined;
  model.beforeBatch = async () => {
    await (chosen ??= engine.setModel({ modelId: "other", dtype: "fp32" }));
  };
  const indexing = engine.index({ collectionId: id, task: "qa" });
  await expect(indexing).rejects.toMatchObject({ code: "storage/conflict" });
  const indexes = await storage.indexes({ collectionId: id });
  expect(indexes.map(({ modelKey, present }) => [modelKey, present])).toEqual([["fake@1/fp32", 0]]);
  await engine.index({ collectionId: id, task: "qa" });
  expect((await storage.indexes({ collectionId: id })).at(-1)).toMatchObject({
    modelKey: "other@1/fp32",
    missing: 0,
  });
});

test("a question that another model overtakes is answered by that one", async () => {
  const id = await fill("Water boils at a hundred degrees.");
  await engine.setModel({ modelId: "other", dtype: "fp32" });
  await engine.index({ collectionId: id, task: "qa" });
  await engine.setModel({ modelId: "fake", dtype: "fp32" });
  let chosen: Promise<unknown> | undefined;
  model.beforeBatch = async () => {
    await (chosen ??= engine.setModel({ modelId: "other", dtype: "fp32" }));
  };
  const { hits, query } = await ask(id, "water");
  expect(hits).toHaveLength(1);
  expect(query.instruction).toBe("q: ");
});
