import { afterEach, expect, test } from "vitest";
import { direct } from "../../boundary/index.ts";
import {
  SextantError,
  type EngineEvent,
  type SearchRequest,
  type Storage,
  type StorageCalls,
} from "../../contract/index.ts";
import { openStorage } from "../../storage/index.ts";
import { createLocalEngine } from "../local-engine.ts";
import { createFakeModel } from "../testing/fake-model.ts";

const openSmallModel = () => createFakeModel({ dim: 512 });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openMemory(): Promise<Storage> {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  return direct<StorageCalls>(handlers, close);
}

function openEngine(storage: Storage, quietMs = 1e6, { model = openSmallModel(), keepMs = 1e6 } = {}) {
  const engine = createLocalEngine({ storage, model, adaptation: { quietMs, keepMs } });
  closing.push(engine.close);
  return { ...engine, model, face: direct(engine.handlers) };
}

const things = ["harbour", "lantern", "orchard", "glacier", "compass", "violin", "kettle", "meadow"];

/** Passages of two sentences, indexed. */
async function filled(
  engine: ReturnType<typeof openEngine>,
  textOf = (i: number) =>
    `The ${things[i % 8]!} number${i} stands by the road. Nobody saw the old thing${i * 7} there.`,
) {
  const { id: collectionId } = await engine.face.createCollection({ name: "Things", kind: "document" });
  const drafts = Array.from({ length: 56 }, (_, i) => {
    const text = textOf(i);
    return { title: "", text, startUtf16: 0, endUtf16: text.length, record: { kind: "document" as const } };
  });
  await engine.addPassages(collectionId, "things", "test/1", drafts);
  await engine.face.index({ collectionId, task: "qa" });
  return { collectionId, task: "qa" } as const;
}

const asking = (collectionId: number): SearchRequest => ({
  collectionIds: [collectionId],
  query: { task: "qa", question: "harbour number8" },
  mode: "semantic",
  fusion: "convex",
  policy: "use",
  limit: 5,
});

test("it learns, tells how far it is, and what it learned outlives the engine", async () => {
  const storage = await openMemory();
  const engine = openEngine(storage);
  const place = await filled(engine);
  expect(await engine.face.adaptation(place)).toMatchObject({ state: "none", choice: "auto", inUse: "full" });
  const events: EngineEvent[] = [];
  const stop = new AbortController();
  const watching = engine.face.watch({}, { signal: stop.signal, onEvent: (event) => events.push(event) });
  const parts: number[] = [];
  const status = await engine.face.adapt(place, { onEvent: ({ part }) => parts.push(part) });
  stop.abort();
  await watching.catch(() => undefined);
  expect(status).toMatchObject({ state: "ready", isStale: false, report: { passages: 56 } });
  expect(status.report!.heldOut + status.report!.pairs).toBe(112);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts.length).toBeGreaterThan(3);
  expect(events.some((event) => event.type === "adaptation" && event.status.state === "ready")).toBe(true);
  const again = createLocalEngine({ storage, model: openSmallModel() });
  expect(await direct(again.handlers).adaptation(place)).toEqual(status);
});

test("switched on it answers, switched off nothing is left of it", async () => {
  const engine = openEngine(await openMemory());
  const place = await filled(engine);
  const before = await engine.face.search(asking(place.collectionId));
  await engine.face.adapt(place);
  await engine.face.setAdaptation({ ...place, choice: "on" });
  const on = await engine.face.search(asking(place.collectionId));
  expect((await engine.face.adaptation(place)).inUse).not.toBe("full");
  expect(on.hits[0]!.score).not.toBe(before.hits[0]!.score);
  expect(on.encodedBy).not.toBe("full");
  const without = await engine.face.search({ ...asking(place.collectionId), adaptation: "off" });
  expect(without.encodedBy).toBe("full");
  expect(without.hits.map(({ score }) => score)).toEqual(before.hits.map(({ score }) => score));
  const paper = await engine.face.search({ ...asking(place.collectionId), policy: "paper" });
  expect(paper.hits).toEqual([]);
  expect(await engine.face.setAdaptation({ ...place, choice: "off" })).toMatchObject({ inUse: "full" });
  const off = await engine.face.search(asking(place.collectionId));
  expect(off.hits.map(({ score }) => score)).toEqual(before.hits.map(({ score }) => score));
});

test("a mark is kept, the later of two; taken back and with its passage it is gone", async () => {
  const engine = openEngine(await openMemory());
  const place = await filled(engine);
  const { hits } = await engine.face.search(asking(place.collectionId));
  const [hit] = hits;
  await engine.face.adapt(place);
  const feedback = { ...place, query: "harbour number8", passageId: hit!.passage.id } as const;
  expect(await engine.face.feedback({ ...feedback, mark: "right" })).toMatchObject({
    marks: 1,
    isStale: true,
  });
  expect(await engine.face.feedback({ ...feedback, mark: "wrong" })).toMatchObject({ marks: 1 });
  expect(await engine.face.feedback({ ...feedback, mark: null })).toMatchObject({ marks: 0, isStale: false });
  await engine.face.feedback({ ...feedback, mark: "pinned" });
  await engine.face.removeSources({ sourceIds: [hit!.passage.sourceId] });
  expect(await engine.face.adaptation(place)).toMatchObject({ marks: 0, isStale: true });
  await expect(engine.face.feedback({ ...feedback, mark: "right" })).rejects.toMatchObject({
    code: "storage/not-found",
  });
});

test("a training that is stopped keeps nothing and can be begun anew", async () => {
  const engine = openEngine(await openMemory());
  const place = await filled(engine);
  const stop = new AbortController();
  const learning = engine.face.adapt(place, { signal: stop.signal, onEvent: () => stop.abort() });
  await expect(learning).rejects.toThrow();
  expect(await engine.face.adaptation(place)).toMatchObject({ state: "none", report: null });
  expect(await engine.face.adapt(place)).toMatchObject({ state: "ready" });
});

test("a training that a closed tab cut off is taken up without being asked for, and goes on where it was", async () => {
  const { handlers } = await openStorage({ where: { kind: "memory" } });
  // Each engine closes its own face of it.
  const faceOf = () => direct<StorageCalls>(handlers, () => Promise.resolve());
  const first = openEngine(faceOf(), 1e6, { keepMs: 0 });
  const place = await filled(first);
  const stop = new AbortController();
  const onEvent = ({ part }: { part: number }) => {
    if (part > 0.5) stop.abort();
  };
  await expect(first.face.adapt(place, { signal: stop.signal, onEvent })).rejects.toThrow();
  const second = openEngine(faceOf(), 0);
  const stopped = new AbortController();
  const events: EngineEvent[] = [];
  const watching = second.face.watch({}, { signal: stopped.signal, onEvent: (event) => events.push(event) });
  expect(await second.face.adaptation(place)).toMatchObject({ state: "none" });
  await expect
    .poll(() => second.face.adaptation(place), { timeout: 10_000 })
    .toMatchObject({ state: "ready", isStale: false });
  const parts = events.flatMap((event) =>
    event.type === "adaptation" && event.status.state === "training" ? [event.status.progress] : [],
  );
  expect(parts.filter((part) => part > 0.25 && part < 0.45)).toEqual([]);
  stopped.abort();
  await watching;
});

test("in a language that the model does not list the full encoder stays, and nothing is encoded for it", async () => {
  const engine = openEngine(await openMemory());
  const place = await filled(engine, (i) => `第${i}个灯笼在路边。没有人看见那里的旧东西${i * 7}。`);
  const before = engine.model.seen.length;
  const { report, inUse } = await engine.face.adapt(place);
  expect(report).toMatchObject({ winner: "full", why: "unlisted-language" });
  expect([inUse, engine.model.seen.length]).toEqual(["full", before]);
});

test("a GPU that is lost while it learns is replaced, and the training goes on", async () => {
  const model = openSmallModel();
  model.gpu = { adapter: "fake", software: false };
  const engine = openEngine(await openMemory(), 1e6, { model });
  await engine.face.setDevice({ device: "webgpu" });
  const place = await filled(engine);
  model.faults.push(new SextantError("gpu/lost", "The GPU is gone."));
  expect(await engine.face.adapt(place)).toMatchObject({ state: "ready", report: { passages: 56 } });
  expect(model.faults).toEqual([]);
});

test("learning on its own that fails is told, and the next change has it try again", async () => {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  let isBroken = false;
  const broken: typeof handlers = {
    ...handlers,
    writeAdapter: (adapter, context) => {
      if (isBroken) throw new SextantError("storage/full", "The disk is full: free some room.");
      return handlers.writeAdapter(adapter, context);
    },
  };
  const engine = openEngine(direct<StorageCalls>(broken, close), 0);
  isBroken = true;
  const place = await filled(engine);
  const now = () => engine.face.adaptation(place);
  await expect
    .poll(now, { timeout: 30_000 })
    .toMatchObject({ state: "none", failure: { code: "storage/full" } });
  isBroken = false;
  await engine.face.setAdaptation({ ...place, choice: "auto" });
  await expect.poll(now, { timeout: 30_000 }).toMatchObject({ state: "ready", failure: null });
});
