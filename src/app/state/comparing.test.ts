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

test("what was found under other settings is not shown, whether they change after it or meanwhile", async () => {
  const { actions, engine, comparison } = await openWithHits();
  const signals: (AbortSignal | undefined)[] = [];
  const { marks, indexPlan } = engine;
  engine.marks = (request, options) => marks(request, (signals.push(options?.signal), options));
  engine.indexPlan = (request, options) => indexPlan(request, (signals.push(options?.signal), options));
  await actions.pictures.compare("qa");
  expect(signals.every((signal) => signal !== undefined)).toBe(true);
  actions.pictures.compareWith({ lines: "Which way is north?", right: { mode: "keywords" } });
  expect(comparison()).toMatchObject({ phase: "ready", pairs: [{}] });
  actions.pictures.compareWith({ right: { mode: "hybrid" } });
  expect(comparison()).toMatchObject({ phase: "idle", pairs: [] });
  const { search } = engine;
  engine.search = (request, options) => {
    expect(comparison().phase).toBe("searching");
    actions.pictures.compareWith({ left: { mode: "keywords" } });
    return search(request, options);
  };
  await actions.pictures.compare("qa");
  expect(comparison()).toMatchObject({ phase: "idle", pairs: [] });
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

test("judgements that were brought are asked and measure both sides, by record ids and by file names", async () => {
  const { state, actions, engine, comparison } = await openWithHits();
  const records = ["The log line was knotted.", "Sextant makers of London."].map((text, i) =>
    JSON.stringify({ _id: `r${i}`, text }),
  );
  const { search, readSource } = engine;
  engine.readSource = async (input) => ({ ...(await readSource(input)), text: records.join("\n") });
  // As if the second document had come as the first record of a file of records.
  engine.search = async (request, options) => {
    const found = await search(request, options);
    const hits = found.hits.map((hit) =>
      hit.sourceName === "compass.md"
        ? {
            ...hit,
            sourceName: "corpus.jsonl",
            passage: { ...hit.passage, startUtf16: 0, endUtf16: records[0]!.length },
          }
        : hit,
    );
    return { ...found, hits };
  };
  const qrels = "q1\tsextant\t1\nq2\tr0\t1\nq3\tnowhere\t1";
  const queries = `q1\t${QUESTION}\nq2\tcompass needle north\nq3\tnothing of this`;
  const isRead = await actions.pictures.judge([
    { name: "test.tsv", content: new Blob([qrels]) },
    { name: "queries.tsv", content: queries },
  ]);
  expect(isRead).toBe(true);
  await actions.pictures.compare("qa");
  const judgedOf = comparison().pairs.map(({ left, judged }) => [left.query.text, judged]);
  expect(judgedOf).toEqual([
    [QUESTION, { left: 1, right: 1 }],
    ["compass needle north", { left: 1, right: 1 }],
    ["nothing of this", { left: 0, right: 0 }],
  ]);
  expect(comparison().pairs.map(({ ndcg }) => ndcg)).toEqual([null, null, null]);

  expect(await actions.pictures.judge([{ name: "bad.tsv", content: "no judgements" }])).toBe(false);
  expect(state.getState().jobs.failures.map(({ code }) => code)).toEqual(["ingest/unreadable"]);
  expect(comparison().judgements?.name).toBe("test.tsv");
  actions.pictures.compareWith({ judgements: null });
  await actions.pictures.compare("qa");
  expect(comparison().pairs.map(({ judged }) => judged)).toEqual([null]);
});
