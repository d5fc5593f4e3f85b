import { expect, test, vi } from "vitest";
import { heldFile } from "./testing/fake-files.ts";
import { DOCUMENTS, openStore } from "./testing/open-store.ts";

const states = (store: ReturnType<typeof openStore>) =>
  store.state.getState().queue.files.map(({ name, state }) => [name, state]);
const indexed = ({ engine }: ReturnType<typeof openStore>) =>
  engine.calls.filter((call) => call === "index").length;

/** Does something the moment that the files' states allow it. */
function once(
  store: ReturnType<typeof openStore>,
  ready: (states: readonly string[]) => boolean,
  act: () => void,
) {
  const stop = store.state.subscribe(({ queue }) => {
    if (!ready(queue.files.map(({ state }) => state))) return;
    stop();
    act();
  });
}

test("files go through one after the other; one that fails says why and waits for another try", async () => {
  const store = openStore();
  const bad = heldFile("bad.md", "It was changed.");
  bad.damage();
  expect(await store.actions.queue.add("qa", [DOCUMENTS[0]!, bad.incoming, DOCUMENTS[1]!])).toBe(true);
  expect(store.state.getState().queue.files).toMatchObject([
    { name: "bad.md", state: "failed", failure: { code: "ingest/changed", message: /Choose it anew/ } },
  ]);
  const [failed] = store.state.getState().queue.files;
  bad.mend();
  expect(await store.actions.queue.retry(failed!.id)).toBe(true);
  expect(states(store)).toEqual([]);
  expect(store.state.getState().corpus.collections[0]?.sources).toBe(3);
  expect(bad.reads).toBe(2);
});

test("a file that was chosen anew is read in the place of the other", async () => {
  const store = openStore();
  const bad = heldFile("bad.md", "It was changed.");
  bad.damage();
  await store.actions.queue.add("qa", [bad.incoming]);
  const [failed] = store.state.getState().queue.files;
  await store.actions.queue.retry(failed!.id, { name: "good.md", content: "Mended." });
  expect(Object.values(store.state.getState().corpus.sourcesByCollection).flat()).toMatchObject([
    { name: "good.md" },
  ]);
});

test("paused, no other file is read and nothing is embedded; resumed, the rest goes through", async () => {
  const store = openStore();
  const files = DOCUMENTS.map(({ name, content }) => heldFile(name, content));
  const isPaused = new Promise<void>((done) =>
    once(
      store,
      ([first]) => first === "stored",
      () => void store.actions.queue.pause().then(done),
    ),
  );
  const incoming = files.map((file) => file.incoming);
  const adding = store.actions.queue.add("qa", incoming);
  await isPaused;
  await new Promise((done) => setTimeout(done, 20));
  expect(states(store)).toEqual([
    ["sextant.md", "stored"],
    ["compass.md", "waiting"],
    ["log.md", "waiting"],
  ]);
  expect(files.map((file) => file.reads)).toEqual([1, 0, 0]);
  expect(indexed(store)).toBe(0);
  store.actions.queue.resume();
  expect(await adding).toBe(true);
  expect(files.map((file) => file.reads)).toEqual([1, 1, 1]);
  expect(states(store)).toEqual([]);
  expect(indexed(store)).toBeGreaterThan(0);
});

test("indexing that is paused goes on where it stopped", async () => {
  const store = openStore();
  const open = store.engine.holdIndexing();
  const adding = store.actions.queue.add("qa", DOCUMENTS);
  await vi.waitUntil(() => indexed(store) > 0);
  const pausing = store.actions.queue.pause();
  open();
  await pausing;
  const before = indexed(store);
  await new Promise((done) => setTimeout(done, 20));
  expect(indexed(store)).toBe(before);
  store.actions.queue.resume();
  await adding;
  expect(indexed(store)).toBeGreaterThan(before);
  expect(states(store)).toEqual([]);
});

test("cancelled, what was not read is let go and what was read stays", async () => {
  const store = openStore();
  const files = DOCUMENTS.map(({ name, content }) => heldFile(name, content));
  once(
    store,
    ([first]) => first === "stored",
    () => void store.actions.queue.cancel(),
  );
  const incoming = files.map((file) => file.incoming);
  await store.actions.queue.add("qa", incoming);
  expect(files.map((file) => file.reads)).toEqual([1, 0, 0]);
  expect(states(store)).toEqual([]);
  expect(Object.values(store.state.getState().corpus.sourcesByCollection).flat()).toMatchObject([
    { name: "sextant.md" },
  ]);
});

test("a file taken off the list while it waits is never read", async () => {
  const store = openStore();
  const files = DOCUMENTS.map(({ name, content }) => heldFile(name, content));
  once(
    store,
    ([first]) => first === "reading",
    () => store.actions.queue.drop(store.state.getState().queue.files[2]!.id),
  );
  const incoming = files.map((file) => file.incoming);
  await store.actions.queue.add("qa", incoming);
  expect(files.map((file) => file.reads)).toEqual([1, 1, 0]);
});

test("names of files that were not read when the page went are told by the next one", async () => {
  const before = openStore();
  await before.actions.queue.pause();
  void before.actions.queue.add("qa", DOCUMENTS);
  await vi.waitUntil(() => before.preferences.size > 0);
  const after = openStore({ readVisit: (name) => before.preferences.get(name) ?? null });
  await after.engine.createCollection({ name: "Documents", kind: "document" });
  await after.engine.add({ collectionId: 1, files: [DOCUMENTS[0]!] });
  await after.actions.model.start(new AbortController().signal);
  expect(after.state.getState().queue.unread).toEqual(["compass.md", "log.md"]);
});

test("guessed columns are asked about, and the right ones are read in their place", async () => {
  const store = openStore();
  const columns = { names: ["a", "b", "c"], input: "a", output: "b", isSure: false };
  store.engine.added = { columns: [{ sourceId: 0, columns }] };
  const add = vi.spyOn(store.engine, "add");
  await store.actions.queue.add("icl", [{ name: "t.csv", content: "a,b,c\n1,2,3" }]);
  const [file] = store.state.getState().queue.files;
  expect(file).toMatchObject({ name: "t.csv", columns });
  store.engine.added = {};
  await store.actions.queue.confirm(file!.id, { input: "c", output: "a" });
  expect(add.mock.lastCall?.[0].options).toEqual({ input: "c", output: "a" });
  expect(states(store)).toEqual([]);
  expect(store.engine.calls).toContain("removeSources");
});

test("another task says what it costs before it embeds more than a moment's work", async () => {
  const store = openStore();
  await store.actions.queue.add("qa", DOCUMENTS);
  store.engine.plan = { missing: 12_000, seconds: 95 };
  const before = indexed(store);
  store.actions.query.setTask("convsearch");
  await vi.waitUntil(() => store.state.getState().corpus.offers.length > 0);
  const [offer] = store.state.getState().corpus.offers;
  expect(offer).toMatchObject({ task: "convsearch", missing: 12_000, seconds: 95 });
  expect(indexed(store)).toBe(before);
  await store.actions.corpus.decide(offer!, true);
  expect(indexed(store)).toBe(before + 1);
  expect(store.state.getState().corpus.offers).toEqual([]);
});

test("at start nothing is embedded anew without asking, and the reason is there", async () => {
  const pending = [{ collectionId: 1, sourceId: 2, sourceName: "atlas.md", done: 3, total: 9 }];
  const store = openStore({ pending });
  await store.engine.createCollection({ name: "Documents", kind: "document" });
  await store.engine.add({ collectionId: 1, files: DOCUMENTS });
  store.engine.plan = { unfinished: 6, missing: 50_000, seconds: null };
  await store.actions.model.start(new AbortController().signal);
  expect(indexed(store)).toBe(0);
  expect(store.state.getState().corpus.offers).toMatchObject([
    { unfinished: 6, missing: 50_000, seconds: null },
  ]);
});

test("the same remark on many files is one notice", () => {
  const store = openStore();
  const remark = (file: string) => ({
    level: "warning" as const,
    code: "ingest/inexact" as const,
    file,
    message: "Read as UTF-16.",
  });
  store.actions.corpus.noteAll(["a", "b", "c"].map(remark));
  expect(store.state.getState().corpus.notices).toMatchObject([{ file: "a", others: 2 }]);
});

test("a file that was here in another form asks whether it takes the older one's place, and says how much was kept", async () => {
  const store = openStore();
  await store.actions.queue.add("qa", [heldFile("log.md", "The sea was calm.").incoming]);
  store.engine.kept = { passages: 340, kept: 328 };
  await store.actions.queue.add("qa", [heldFile("log.md", "The sea was rough.").incoming]);
  const { files } = store.state.getState().queue;
  expect(files).toMatchObject([{ name: "log.md", state: "stored", kept: { passages: 340, kept: 328 } }]);
  const before = Object.values(store.state.getState().corpus.sourcesByCollection).flat();
  expect(files[0]?.older).toEqual([before[0]?.id]);

  await store.actions.queue.replaceOlder(true);
  expect(states(store)).toEqual([]);
  const after = Object.values(store.state.getState().corpus.sourcesByCollection).flat();
  expect(after).toEqual([before[1]]);
  expect(store.state.getState().library.told).toHaveLength(1);
});

test("a file whose older form is still being indexed asks the same; two of one name that came at once do not", async () => {
  const store = openStore();
  const open = store.engine.holdIndexing();
  const sources = () => Object.values(store.state.getState().corpus.sourcesByCollection).flat();
  const log = (text: string) => heldFile("log.md", text).incoming;
  const first = store.actions.queue.add("qa", [log("The sea was calm."), log("The sea was grey.")]);
  await vi.waitFor(() => expect(sources()).toHaveLength(2));
  const earlier = sources().map(({ id }) => id);
  const second = store.actions.queue.add("qa", [log("The sea was rough.")]);
  await vi.waitFor(() => expect(states(store).filter(([, state]) => state === "stored")).toHaveLength(3));
  expect(store.state.getState().queue.files.map(({ older }) => older)).toEqual([[], [], earlier]);
  open();
  await Promise.all([first, second]);
  expect(states(store)).toHaveLength(1);
});

test("both forms of a file can be kept; two pastes ask nothing", async () => {
  const store = openStore();
  for (const text of ["calm", "rough"])
    await store.actions.queue.add("qa", [heldFile("log.md", `The sea was ${text}.`).incoming]);
  await store.actions.queue.replaceOlder(false);
  expect(states(store)).toEqual([]);
  for (const content of ["One.", "Two."])
    await store.actions.queue.add("qa", [{ name: "Pasted text", content }]);
  expect(states(store)).toEqual([]);
  expect(Object.values(store.state.getState().corpus.sourcesByCollection).flat()).toHaveLength(4);
});
