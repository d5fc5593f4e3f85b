import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { searchedCollections } from "./refine.ts";
import { DOCUMENTS, openStore, type OpenedStore } from "./testing/open-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(1000);

/** Two collections of documents; the second one is worked on. */
async function openWithTwo(): Promise<OpenedStore> {
  const store = openStore();
  const { actions } = store;
  await actions.model.start(new AbortController().signal);
  await actions.queue.add("qa", DOCUMENTS);
  await actions.corpus.create("qa", "Ships");
  await actions.queue.add("qa", [{ name: "ship.md", content: "A ship follows its compass." }]);
  actions.query.use({ task: "qa", question: "compass" });
  await settle();
  return store;
}

const names = ({ state }: OpenedStore) =>
  state.getState().results.qa.result?.hits.map(({ sourceName }) => sourceName);

test("what is put in goes into the collection that is worked on, which is the one that is searched", async () => {
  const store = await openWithTwo();
  expect(names(store)).toEqual(["ship.md"]);
  const [first] = store.state.getState().corpus.collections;
  store.actions.corpus.choose(first!);
  await settle();
  expect(names(store)).toEqual(["compass.md"]);
});

test("a search is narrowed to sources that are still there, and as wide as ever without them", async () => {
  const store = await openWithTwo();
  const { state, actions } = store;
  actions.corpus.choose(state.getState().corpus.collections[0]!);
  const sources = Object.values(state.getState().corpus.sourcesByCollection).flat();
  const log = sources.find(({ name }) => name === "log.md")!;
  actions.refine.narrow("document", { sourceIds: [log.id] });
  await settle();
  expect(names(store)).toEqual([]);
  await actions.library.remove([log]);
  await settle();
  expect(names(store)).toEqual(["compass.md"]);
});

test("a region of the map narrows the search of the collection that it is of, and of no other", async () => {
  const store = await openWithTwo();
  const { state, actions } = store;
  const [first, second] = state.getState().corpus.collections;
  actions.corpus.choose(first!);
  await settle();
  const found = state.getState().results.qa.result!.hits.map(({ passage }) => passage.id);
  actions.refine.narrow("document", { region: { collectionId: first!.id, passageIds: [999], name: "" } });
  await settle();
  expect(names(store)).toEqual([]);
  actions.refine.narrow("document", { region: { collectionId: first!.id, passageIds: found, name: "" } });
  await settle();
  expect(names(store)).toEqual(["compass.md"]);
  actions.corpus.choose(second!);
  await settle();
  expect(names(store)).toEqual(["ship.md"]);
});

test("how is searched goes with the request, and is remembered on this device", async () => {
  const { actions, engine, preferences } = await openWithTwo();
  const search = vi.spyOn(engine, "search");
  actions.refine.setExactness("fast");
  actions.refine.setFewerDuplicates(true);
  await settle();
  expect(search.mock.lastCall?.[0]).toMatchObject({ exactness: "fast", diversity: expect.any(Number) });
  const again = openStore({ readPreference: (name) => preferences.get(name) ?? null });
  expect(again.state.getState().refine).toMatchObject({ exactness: "fast", fewerDuplicates: true });
});

test("a collection that is deleted is neither worked on nor searched any more", async () => {
  const store = await openWithTwo();
  const [first, ships] = store.state.getState().corpus.collections;
  store.actions.corpus.choose(first!);
  store.actions.refine.narrow("document", { alsoIn: [ships!.id] });
  expect(searchedCollections(store.state.getState(), "qa").map(({ name }) => name)).toEqual([
    "Documents",
    "Ships",
  ]);
  await store.actions.library.deleteCollection(ships!.id);
  expect(searchedCollections(store.state.getState(), "qa").map(({ name }) => name)).toEqual(["Documents"]);
});
