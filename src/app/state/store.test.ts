import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SextantError } from "../../contract/index.ts";
import { selectSources } from "./select.ts";
import { heldFile } from "./testing/fake-files.ts";
import { DOCUMENTS, openStore } from "./testing/open-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets everything run that waits for promises or for typing to pause. */
const settle = () => vi.advanceTimersByTimeAsync(1000);

test("files are stored in the collection of their kind, indexed and found", async () => {
  const { state, actions } = openStore();
  await actions.model.start(new AbortController().signal);
  await actions.queue.add("qa", DOCUMENTS);
  expect(selectSources(state.getState(), "qa").map(({ name }) => name)).toEqual([
    "sextant.md",
    "compass.md",
    "log.md",
  ]);
  actions.query.type("qa", { question: "star and horizon" });
  await settle();
  const { phase, result } = state.getState().results.qa;
  expect(phase).toBe("ready");
  expect(result?.hits[0]?.sourceName).toBe("sextant.md");
  expect(state.getState().prompt.prompts.qa?.text).toContain("A sextant measures");
});

test("both document tasks share one collection, and opening the second indexes it there", async () => {
  const { state, actions, engine } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  const indexed = engine.calls.filter((call) => call === "index").length;
  actions.query.setTask("convsearch");
  await settle();
  expect(state.getState().corpus.collections.map(({ name }) => name)).toEqual(["Documents"]);
  expect(engine.calls.filter((call) => call === "index")).toHaveLength(indexed + 1);
  expect(selectSources(state.getState(), "convsearch")).toHaveLength(3);
});

test("the paper's lengths need vectors of their own: choosing them indexes what is here", async () => {
  const { actions, engine } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  const indexed = engine.calls.filter((call) => call === "index").length;
  actions.query.setPolicy("paper");
  await settle();
  expect(engine.calls.filter((call) => call === "index")).toHaveLength(indexed + 1);
});

test("a file dropped while the first one's collection is young goes into the same one", async () => {
  const { state, actions, engine } = openStore();
  const [first, second] = DOCUMENTS.map((file) => [file]);
  const adding = actions.queue.add("qa", first ?? []);
  await vi.waitUntil(() => engine.calls.includes("add"));
  await Promise.all([adding, actions.queue.add("qa", second ?? [])]);
  expect((await engine.collections({})).map(({ name }) => name)).toEqual(["Documents"]);
  expect(state.getState().corpus.collections).toHaveLength(1);
});

test("two files dropped at once make one collection", async () => {
  const { state, actions } = openStore();
  await Promise.all(DOCUMENTS.map((file) => actions.queue.add("qa", [file])));
  expect(state.getState().corpus.collections).toHaveLength(1);
});

test("typing searches once it pauses, and an older answer never replaces a newer one", async () => {
  const { state, actions, engine } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  engine.calls.length = 0;
  for (const question of ["c", "co", "compass"]) actions.query.type("qa", { question });
  await settle();
  expect(engine.calls.filter((call) => call === "search")).toHaveLength(1);

  actions.query.type("qa", { question: "knots" });
  actions.query.submit();
  actions.query.type("qa", { question: "needle" });
  actions.query.submit();
  await settle();
  expect(state.getState().results.qa.query).toEqual({ task: "qa", question: "needle" });
});

test("an emptied query empties its results and its prompt", async () => {
  const { state, actions } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  actions.query.use({ task: "qa", question: "compass" });
  await settle();
  actions.query.type("qa", { question: "  " });
  await settle();
  expect(state.getState().results.qa).toMatchObject({ phase: "idle", result: null });
  expect(state.getState().prompt.prompts.qa).toBeUndefined();
});

test("a failure stands in jobs with its code until the same thing works", async () => {
  const { state, actions, engine } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  engine.failWith("search", new SextantError("gpu/lost", "The device is gone. Try again."));
  actions.query.use({ task: "qa", question: "compass" });
  await settle();
  expect(state.getState().jobs.failures).toMatchObject([{ code: "gpu/lost", message: /Try again/ }]);
  expect(state.getState().results.qa.phase).toBe("failed");
  engine.failWith("search", null);
  actions.query.submit();
  await settle();
  expect(state.getState().jobs.failures).toEqual([]);
});

test("indexing shows its progress at the pace of frames, and can be stopped without becoming a failure", async () => {
  const { state, actions, engine, frame } = openStore();
  const content = Array.from({ length: 200 }, (_, i) => `Passage ${i}.`).join("\n\n");
  const open = engine.holdIndexing();
  const adding = actions.queue.add("qa", [{ name: "long.md", content }]);
  await settle();
  expect(frame()).toBe(1);
  const [job] = state.getState().jobs.running;
  expect(job).toMatchObject({
    label: "Indexing Documents",
    progress: { done: 0, total: 200, unit: "passages", perSecond: 120 },
  });
  actions.jobs.stop(job!.id);
  expect(state.getState().jobs.running[0]?.stopping).toBe(true);
  open();
  await adding;
  expect(state.getState().jobs).toEqual({ running: [], failures: [] });
});

test("work that was cut off is resumed by itself, and says so", async () => {
  const pending = [{ collectionId: 1, sourceId: 2, sourceName: "atlas.md", done: 3, total: 9 }];
  const { state, actions, engine, frame } = openStore({ pending });
  await engine.createCollection({ name: "Documents", kind: "document" });
  await engine.add({ collectionId: 1, files: DOCUMENTS });
  const open = engine.holdIndexing();
  const starting = actions.model.start(new AbortController().signal);
  await settle();
  frame();
  expect(state.getState().jobs.running[0]?.label).toBe("Finishing atlas.md: it was interrupted");
  open();
  await starting;
  expect(state.getState().jobs.running).toEqual([]);
});

test("resumed work that is stopped stays stopped, until a person takes it up again", async () => {
  const pending = [{ collectionId: 1, sourceId: 2, sourceName: "atlas.md", done: 0, total: 3 }];
  const { state, actions, engine, frame } = openStore({ pending });
  await engine.createCollection({ name: "Documents", kind: "document" });
  await engine.add({ collectionId: 1, files: DOCUMENTS });
  const open = engine.holdIndexing();
  const starting = actions.model.start(new AbortController().signal);
  await settle();
  frame();
  actions.jobs.stop(state.getState().jobs.running[0]!.id);
  open();
  await starting;
  expect(engine.calls.filter((call) => call === "index")).toHaveLength(1);
  await actions.corpus.index("qa");
  expect(engine.calls.filter((call) => call === "index")).toHaveLength(2);
});

test("the cursor in a long text asks with the chunk before it, among chunks well before that", async () => {
  const { state, actions, engine } = openStore({
    view: {
      spec: { task: "lrlm", mode: "hybrid", fusion: "convex", policy: "use" },
      state: { sourceId: null, cursor: 0 },
    },
  });
  const search = vi.spyOn(engine, "search");
  const content = Array.from({ length: 9 }, (_, i) => `Chunk number ${i} of the tale.`).join("\n\n");
  await actions.queue.add("lrlm", [{ name: "tale.txt", content }]);
  await settle();
  expect(state.getState().query.cursor).toBe(9);
  const sourceId = state.getState().query.sourceId!;
  actions.query.setCursor(sourceId, 5);
  await settle();
  expect(search.mock.lastCall?.[0]).toMatchObject({
    query: { task: "lrlm", chunk: "Chunk number 4 of the tale." },
    filter: { sourceIds: [sourceId], beforeOrdinal: 3 },
  });
  expect(state.getState().results.lrlm.result?.hits.every(({ passage }) => passage.ordinal < 3)).toBe(true);
});

test("a file's own date becomes its source's", async () => {
  const { state, actions } = openStore();
  await actions.queue.add("qa", [heldFile("a.md", "Tea").incoming]);
  expect(selectSources(state.getState(), "qa")[0]).toMatchObject({ name: "a.md", dateMs: 1_700_000_000_000 });
});

test("a removed source is gone from list and results", async () => {
  const { state, actions } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  actions.query.use({ task: "qa", question: "compass" });
  await settle();
  const source = selectSources(state.getState(), "qa").find(({ name }) => name === "compass.md");
  await actions.library.remove([source!]);
  expect(selectSources(state.getState(), "qa")).toHaveLength(2);
  expect(state.getState().results.qa.result?.hits).toEqual([]);
});

test("a fall to another device stays until it is dismissed, and the status follows the engine", async () => {
  const { state, actions, engine } = openStore();
  await actions.model.start(new AbortController().signal);
  const why = "The driver stopped answering.";
  engine.emit({ type: "degraded", what: "device", from: "webgpu", to: "wasm", why, code: "gpu/lost" });
  const [degraded] = state.getState().model.degraded;
  expect(degraded).toMatchObject({ from: "webgpu", to: "wasm", why });
  actions.model.dismiss(degraded!.id);
  expect(state.getState().model.degraded).toEqual([]);
});

test("how many passages go into the prompt is kept by task", async () => {
  const { state, actions } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  actions.query.use({ task: "qa", question: "a compass measures" });
  await settle();
  actions.prompt.setCount("qa", 1);
  await settle();
  expect(state.getState().prompt.prompts.qa?.usedIds).toHaveLength(1);
  expect(state.getState().prompt.counts).toEqual({ qa: 1 });
});

test("day or night is remembered on the device", () => {
  const { actions, preferences } = openStore();
  actions.panel.setTheme("dark");
  expect(preferences.get("sextant.theme")).toBe("dark");
});

test("two stores do not know each other", async () => {
  const [one, other] = [openStore(), openStore()];
  await one.actions.queue.add("qa", DOCUMENTS);
  await other.actions.corpus.refresh();
  expect(selectSources(other.state.getState(), "qa")).toEqual([]);
});

test("the whole state is JSON", async () => {
  const { state, actions } = openStore();
  await actions.model.start(new AbortController().signal);
  await actions.queue.add("qa", DOCUMENTS);
  actions.query.use({ task: "qa", question: "compass" });
  await settle();
  expect(JSON.parse(JSON.stringify(state.getState()))).toEqual(state.getState());
});
