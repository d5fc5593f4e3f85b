import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SextantError } from "../../contract/index.ts";
import type { ModelAmongFiles } from "./model-files.ts";
import { bundledChoice } from "./models.ts";
import { DOCUMENTS, openStore, type OpenedStore } from "./testing/open-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(1000);

const REQUEST = { origin: { from: "list", modelId: "llm-embedder" }, dtype: "q8" } as const;
const NOTHING = { size: 10, slice: () => new Blob() };

async function openWithDocuments(): Promise<OpenedStore> {
  const store = openStore();
  await store.actions.model.start(new AbortController().signal);
  await store.actions.queue.add("qa", DOCUMENTS);
  store.actions.query.use({ task: "qa", question: "compass" });
  await settle();
  return store;
}

const entryOf = ({ state }: OpenedStore, id: string) =>
  state.getState().models.entries?.find((entry) => entry.id === id);

test("a model is got, opened, and what is here is indexed and searched with it", async () => {
  const store = await openWithDocuments();
  const { state, actions, engine, frame } = store;
  await actions.models.refresh();
  const open = engine.shelf.holdAdding();
  const adding = actions.models.add(REQUEST, "LLM-Embedder", true);
  await settle();
  frame();
  expect(state.getState().jobs.running).toMatchObject([
    {
      label: "Getting LLM-Embedder",
      detail: "downloading model.safetensors",
      progress: { total: 437_955_512, unit: "bytes", perSecond: 9_400_000, secondsLeft: 23 },
    },
  ]);
  engine.calls.length = 0;
  open();
  await adding;
  await settle();
  expect(state.getState().model.status?.model).toMatchObject({ id: "llm-embedder", dim: 768 });
  expect(entryOf(store, "llm-embedder")?.variants).toMatchObject([{ dtype: "q8" }]);
  expect(engine.calls.indexOf("setModel")).toBeLessThan(engine.calls.indexOf("index"));
  expect(state.getState().results.qa.phase).toBe("ready");
  expect(state.getState().jobs).toEqual({ running: [], failures: [] });
});

test("a download that is cancelled is no failure, and what came of it is shown", async () => {
  const store = await openWithDocuments();
  const { state, actions, engine } = store;
  const open = engine.shelf.holdAdding();
  const adding = actions.models.add(REQUEST, "LLM-Embedder", true);
  await settle();
  actions.jobs.stop(state.getState().jobs.running[0]!.id);
  open();
  await adding;
  expect(state.getState().jobs).toEqual({ running: [], failures: [] });
  expect(entryOf(store, "llm-embedder")?.original).toEqual({
    doneBytes: 218_977_756,
    totalBytes: 437_955_512,
  });
  expect(state.getState().model.status?.model.id).toBe("mini");
});

test("the same model is not got twice at once", async () => {
  const { actions, engine } = await openWithDocuments();
  await Promise.all([actions.models.add(REQUEST, "A", false), actions.models.add(REQUEST, "A", false)]);
  expect(engine.shelf.requests).toHaveLength(1);
});

test("a model that cannot be got or opened is a failure with its code, and the one before stays", async () => {
  const { state, actions, engine } = await openWithDocuments();
  engine.failWith("addModel", new SextantError("model/denied", "The hub wants a token. Give one."));
  await actions.models.add(REQUEST, "LLM-Embedder", true);
  expect(state.getState().jobs.failures).toMatchObject([
    { label: "Getting LLM-Embedder", code: "model/denied" },
  ]);
  await actions.models.choose({ modelId: "llm-embedder", dtype: "q8" });
  expect(state.getState().jobs.failures.at(-1)).toMatchObject({ code: "model/not-found" });
  expect(state.getState().model.status?.model.id).toBe("mini");
});

test("indexing ends before another model is opened, and goes on with that one", async () => {
  const { state, actions, engine } = await openWithDocuments();
  const open = engine.holdIndexing();
  const indexing = actions.corpus.index("qa");
  await settle();
  const choosing = actions.models.choose({ modelId: "contriever", dtype: "q8" });
  await settle();
  expect(engine.calls).not.toContain("setModel");
  engine.calls.length = 0;
  open();
  await Promise.all([indexing, choosing]);
  expect(engine.calls.indexOf("setModel")).toBeGreaterThanOrEqual(0);
  expect(engine.calls.indexOf("index")).toBeGreaterThan(engine.calls.indexOf("setModel"));
  expect(state.getState().jobs.failures).toEqual([]);
});

test("BM25 is searched by words, whatever mode was chosen, which comes back with a model that embeds", async () => {
  const { state, actions, engine } = await openWithDocuments();
  const search = vi.spyOn(engine, "search");
  await actions.models.choose({ modelId: "bm25", dtype: "fp32" });
  await settle();
  expect(search.mock.lastCall?.[0]).toMatchObject({ mode: "keywords" });
  expect(state.getState().results.qa.result?.hits).toHaveLength(1);
  expect(state.getState().jobs.failures).toEqual([]);
  await actions.models.choose({ modelId: "mini", dtype: "q8" });
  await settle();
  expect(search.mock.lastCall?.[0]).toMatchObject({ mode: "hybrid" });
});

test("a model without vectors from the last visit is searched by words from the start", async () => {
  const { state, actions, engine } = openStore();
  await engine.createCollection({ name: "Documents", kind: "document" });
  await engine.add({ collectionId: 1, files: DOCUMENTS });
  await engine.setModel({ modelId: "bm25", dtype: "fp32" });
  actions.query.use({ task: "qa", question: "compass" });
  await actions.model.start(new AbortController().signal);
  await settle();
  expect(state.getState().results.qa).toMatchObject({ phase: "ready", result: { hits: [{}] } });
  expect(state.getState().jobs.failures).toEqual([]);
});

test("a stored model that is gone is said, nothing takes its place, and the bundled one is one step away", async () => {
  const { state, actions, engine } = openStore();
  await engine.createCollection({ name: "Documents", kind: "document" });
  await engine.add({ collectionId: 1, files: DOCUMENTS });
  const gone = new SextantError("model/not-found", "PEG is not on this device. Get it again.");
  engine.failWith("status", gone);
  engine.failWith("search", gone);
  actions.query.use({ task: "qa", question: "compass" });
  await actions.model.start(new AbortController().signal);
  await settle();
  expect(state.getState().model).toMatchObject({ status: null, unopened: { code: "model/not-found" } });
  expect(state.getState().jobs.failures).toEqual([]);
  expect(engine.calls).not.toContain("setModel");

  engine.failWith("status", null);
  engine.failWith("search", null);
  await actions.models.refresh();
  await actions.models.choose(bundledChoice(state.getState().models.entries)!);
  await settle();
  expect(state.getState().model).toMatchObject({ status: { model: { id: "mini" } }, unopened: null });
  expect(state.getState().results.qa.result?.hits).toHaveLength(1);
  expect(engine.calls).toContain("index");
});

test("a tab that only watched says why no model is open, and goes on when another tab has opened one", async () => {
  const { state, actions, engine, frame } = await openWithDocuments();
  const { status } = state.getState().model;
  actions.query.use({ task: "qa", question: "compass" });
  const progress = { phase: "fetch", doneBytes: 1, totalBytes: 2 } as const;
  engine.emit({ type: "restarted", why: "the tab went away" });
  engine.emit({ type: "loading", progress });
  frame();
  expect(state.getState().model.loading).toEqual(progress);
  engine.emit({ type: "loading", progress });
  engine.emit({ type: "unopened", code: "model/corrupt", message: "The weights are damaged." });
  frame();
  await settle();
  expect(state.getState().model).toMatchObject({ loading: null, unopened: { code: "model/corrupt" } });
  expect(state.getState().models.entries).not.toEqual([]);

  engine.emit({ type: "status", status: status! });
  await settle();
  expect(state.getState().model).toMatchObject({ loading: null, unopened: null });
  expect(state.getState().results.qa.result?.hits).toHaveLength(1);
});

test("what loaded in an engine that went away does not go on loading", async () => {
  const { state, engine, frame } = await openWithDocuments();
  engine.emit({ type: "loading", progress: { phase: "check", doneBytes: 1, totalBytes: 1 } });
  engine.emit({ type: "restarted", why: "the tab went away" });
  frame();
  expect(state.getState().model.loading).toBe(null);
});

test("a database that cannot be read is told by every tab, and not for longer than it is so", async () => {
  const { state, engine } = await openWithDocuments();
  const { status } = state.getState().model;
  engine.emit({ type: "unopened", code: "storage/corrupt", message: "The database is damaged." });
  expect(state.getState().jobs.failures).toMatchObject([{ code: "storage/corrupt" }]);
  engine.emit({ type: "status", status: status! });
  expect(state.getState().jobs.failures).toEqual([]);
});

test("a check is kept with the model and device it was made of", async () => {
  const { state, actions } = await openWithDocuments();
  await actions.models.check();
  expect(state.getState().models.checked).toMatchObject({
    modelKey: "mini@1:q8",
    device: "wasm",
    check: { lowestCosine: 0.99968 },
  });
  await actions.models.choose({ modelId: "contriever", dtype: "q8" });
  expect(state.getState().models.checked).toBeNull();
});

test("a found model waits outside of the state, and its files go to the engine when it is taken", async () => {
  const { state, actions, engine } = await openWithDocuments();
  const weights = { path: "model.safetensors", content: NOTHING };
  const found: ModelAmongFiles = { name: "bert", files: [weights], weights, missing: [] };
  actions.models.offer(found);
  expect(JSON.parse(JSON.stringify(state.getState()))).toEqual(state.getState());
  expect(state.getState().models.found).toMatchObject({ name: "bert", sizeBytes: 10, files: 1 });
  await actions.models.addFound({ dtype: "q4", pooling: "mean" }, "My BERT", true);
  expect(engine.shelf.requests).toEqual([
    { origin: { from: "files", name: "My BERT", files: [weights] }, dtype: "q4", pooling: "mean" },
  ]);
  expect(state.getState().models.found).toBeNull();
  expect(state.getState().model.status?.model.id).toBe("My BERT");
});

test("the token is handed to the engine and kept nowhere here", async () => {
  const { state, actions, preferences } = await openWithDocuments();
  await actions.models.setHub({ token: "hf_secret" });
  expect(state.getState().models.hub).toEqual({ endpoint: "https://huggingface.co", hasToken: true });
  expect(JSON.stringify([state.getState(), [...preferences]])).not.toContain("hf_secret");
});

test("a restart is told, and asks anew what was kept for this visit only", async () => {
  const { state, actions, engine } = await openWithDocuments();
  await actions.models.refresh();
  engine.calls.length = 0;
  engine.emit({ type: "restarted", why: "out of memory" });
  await settle();
  expect(engine.calls).toContain("hub");
  const [restarted] = state.getState().model.restarted;
  expect(restarted).toMatchObject({ why: "out of memory" });
  actions.model.dismiss(restarted!.id);
  expect(state.getState().model.restarted).toEqual([]);
});

test("a token that went with the engine is told, until another is given", async () => {
  const { state, actions, engine } = await openWithDocuments();
  await actions.models.refresh();
  await actions.models.setHub({ token: "hf_secret" });
  engine.emit({ type: "restarted", why: "the GPU was opened again" });
  await settle();
  expect(state.getState().models.tokenGone).toBe(false);
  await engine.hub({ token: "" });
  engine.emit({ type: "restarted", why: "out of memory" });
  await settle();
  engine.emit({ type: "restarted", why: "out of memory" });
  await settle();
  expect(state.getState().models).toMatchObject({ tokenGone: true, hub: { hasToken: false } });
  await actions.models.setHub({ token: "hf_other" });
  expect(state.getState().models.tokenGone).toBe(false);
});

test("what is deleted is gone from the list", async () => {
  const store = await openWithDocuments();
  await store.actions.models.remove({ modelId: "contriever", what: "original" });
  expect(entryOf(store, "contriever")).toMatchObject({ original: null, variants: [{}, {}] });
  await store.actions.models.remove({ modelId: "contriever" });
  expect(entryOf(store, "contriever")?.variants).toEqual([]);
});
