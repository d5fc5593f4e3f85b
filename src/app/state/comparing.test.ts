import { expect, test, vi } from "vitest";
import { SextantError, type Dtype } from "../../contract/index.ts";
import { comparedModels, openChoice } from "./comparison.ts";
import { DOCUMENTS, openStore } from "./testing/open-store.ts";

const QUESTION = "What measures the angle of a star?";

async function openWithHits() {
  const store = openStore();
  await store.actions.model.refresh();
  await store.actions.models.refresh();
  await store.actions.queue.add("qa", DOCUMENTS);
  store.actions.query.use({ task: "qa", question: QUESTION });
  await vi.waitFor(() => expect(store.state.getState().prompt.prompts.qa).toBeDefined());
  const { models, model } = store.state.getState();
  const open = openChoice(model.status);
  const dtype: Dtype = open!.dtype === "fp16" ? "q8" : "fp16";
  await store.engine.addModel({ origin: { from: "list", modelId: open!.modelId }, dtype });
  expect(comparedModels(models.entries)).toContainEqual(expect.objectContaining(open!));
  const comparison = () => store.state.getState().pictures.comparison;
  return { ...store, open: open!, other: { modelId: open!.modelId, dtype }, comparison };
}

test("another precision is opened for its side, its vectors are made, and what was open is open again", async () => {
  const { state, actions, engine, open, other, comparison } = await openWithHits();
  const chosen: unknown[] = [];
  const { setModel } = engine;
  engine.setModel = (choice, options) => {
    chosen.push(choice);
    return setModel(choice, options);
  };
  const from = engine.calls.length;
  actions.pictures.compareWith({ right: { mode: "semantic", model: other } });
  await actions.pictures.compare("qa");
  expect(chosen).toEqual([other, open]);
  expect(comparison()).toMatchObject({ phase: "ready", task: "qa", pairs: [{ ndcg: null }] });
  const calls = engine.calls.slice(from);
  expect(calls.indexOf("indexPlan")).toBeLessThan(calls.indexOf("search"));
  expect(openChoice(state.getState().model.status)).toEqual(open);
});

test("a comparison that fails half-way leaves no other model open, and says why", async () => {
  const { state, actions, engine, open, other, comparison } = await openWithHits();
  actions.pictures.compareWith({ left: { mode: "keywords" }, right: { mode: "semantic", model: other } });
  engine.failWith("indexPlan", new SextantError("storage/not-found", "The disk said no."));
  await actions.pictures.compare("qa");
  expect(comparison()).toMatchObject({ phase: "idle", pairs: [] });
  expect(openChoice(state.getState().model.status)).toEqual(open);
  expect(state.getState().jobs.failures.map(({ code }) => code)).toContain("storage/not-found");
});

test("what the person marked measures both sides", async () => {
  const { state, actions, comparison } = await openWithHits();
  const { hits } = state.getState().results.qa.result!;
  await actions.adaptation.mark("qa", hits[0]!, "right");
  await actions.adaptation.mark("qa", hits[1]!, "wrong");
  await actions.pictures.compare("qa");
  expect(comparison().pairs[0]?.ndcg).toEqual({ left: 1, right: 1 });
  await actions.adaptation.mark("qa", hits[0]!, "wrong");
  await actions.pictures.compare("qa");
  expect(comparison().pairs[0]?.ndcg).toBeNull();
});

test("the same text in another collection is compared by its places", async () => {
  const { state, actions, engine, comparison } = await openWithHits();
  const copy = await engine.createCollection({ name: "Cut otherwise", kind: "document" });
  await engine.add({ collectionId: copy.id, files: DOCUMENTS });
  const [digest] = (await engine.sources({ collectionId: copy.id })).map((source) => source.digest);
  const { sources } = engine;
  // The fake gives every file a digest of its own: here both collections have the same texts.
  engine.sources = async (input) => {
    const found = await sources(input);
    return found.map((source) => ({ ...source, digest: source.name }));
  };
  expect(digest).toBeDefined();
  actions.pictures.compareWith({ right: { mode: "semantic", collectionId: copy.id } });
  await actions.pictures.compare("qa");
  const [pair] = comparison().pairs;
  expect(pair!.right.hits.every(({ passage }) => passage.collectionId === copy.id)).toBe(true);
  expect(pair!.ids.right).toEqual(pair!.ids.left);
  expect(state.getState().jobs.failures).toEqual([]);
});
