import { textOfQuery } from "../../contract/index.ts";
import { expect, test, vi } from "vitest";
import { comparedQueries, requestUnder } from "./comparison.ts";
import { cutOf, isBeyond } from "./pictures.ts";
import { DOCUMENTS, openStore } from "./testing/open-store.ts";

const cosineAt = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

async function openWithHits() {
  const store = openStore();
  await store.actions.model.refresh();
  await store.actions.queue.add("qa", DOCUMENTS);
  store.actions.query.use({ task: "qa", question: "What measures the angle of a star?" });
  await vi.waitFor(() => expect(store.state.getState().prompt.prompts.qa).toBeDefined());
  return store;
}

test("hits beyond the arm stay out of the prompt, and come back with it", async () => {
  const { state, actions } = await openWithHits();
  const { hits } = state.getState().results.qa.result!;
  const cosines = hits.map(({ semantic }) => semantic!.raw).toSorted((a, b) => b - a);
  const between = (Math.acos(cosines[0]!) + Math.acos(cosines.at(-1)!)) * (90 / Math.PI);
  const inPrompt = () => {
    const { usedIds, droppedIds } = state.getState().prompt.prompts.qa!;
    return usedIds.length + droppedIds.length;
  };
  const all = inPrompt();
  actions.pictures.cut("qa", between);
  const near = hits.filter((hit) => !isBeyond(hit, between)).length;
  expect(near).toBeGreaterThan(0);
  expect(near).toBeLessThan(hits.length);
  await vi.waitFor(() => expect(inPrompt()).toBe(near));
  actions.pictures.cut("qa", null);
  await vi.waitFor(() => expect(inPrompt()).toBe(all));
});

test("each task has an arm of its own, and where there are no angles there is none", async () => {
  const { state, actions } = await openWithHits();
  actions.pictures.cut("qa", 40);
  actions.pictures.cut("icl", 30);
  expect([cutOf(state.getState(), "qa"), cutOf(state.getState(), "tool")]).toEqual([40, null]);
  actions.pictures.cut("qa", null);
  expect(state.getState().pictures.cuts).toEqual({ icl: 30 });
  const { model } = state.getState();
  const inner = { ...model.status!, model: { ...model.status!.model, similarity: "inner-product" as const } };
  expect(cutOf({ ...state.getState(), model: { ...model, status: inner } }, "icl")).toBeNull();
});

test("a hit that was found by words alone has no angle, and no arm leaves it out", () => {
  const contribution = { rank: 1, share: 1, raw: cosineAt(50) };
  const hit = { semantic: contribution } as Parameters<typeof isBeyond>[0];
  expect(isBeyond(hit, 49)).toBe(true);
  expect(isBeyond(hit, 51)).toBe(false);
  expect(isBeyond({ ...hit, semantic: null }, 1)).toBe(false);
});

test("six ways: every instruction and none are asked once a result, the task's own first", async () => {
  const { state, actions, engine } = await openWithHits();
  const searches = () => engine.calls.filter((call) => call === "search").length;
  const before = searches();
  await Promise.all([actions.pictures.askSixWays("qa"), actions.pictures.askSixWays("qa")]);
  const { ways, phase, of } = state.getState().pictures.sixWays;
  expect(ways.map(({ instruction }) => instruction)).toEqual([
    "qa",
    "convsearch",
    "chat",
    "lrlm",
    "icl",
    "tool",
    "none",
  ]);
  expect([phase, of]).toEqual(["ready", state.getState().results.qa.result]);
  expect(searches() - before).toBe(7);
});

test("the query on the page comes first, also where it is one of the person's lines", async () => {
  const { state, actions } = await openWithHits();
  actions.pictures.compareWith({ lines: "the horizon\nWhat measures the angle of a star?" });
  expect(comparedQueries(state.getState(), "qa").map(textOfQuery)).toEqual([
    "What measures the angle of a star?",
    "the horizon",
  ]);
});

test("a sample's queries are compared once all its files are here", async () => {
  const { state } = await openWithHits();
  const query = { task: "qa", question: "Who made the first sextant?" } as const;
  const known = DOCUMENTS.map(({ name }) => ({ name, path: name }));
  const offer = (files: typeof known): readonly string[] => {
    const sample = {
      task: "qa",
      title: "A sample",
      line: "",
      licence: "",
      expected: [],
      queries: [query],
      files,
    } as const;
    state.setState(({ panel }) => ({ panel: { ...panel, samples: [sample] } }));
    return comparedQueries(state.getState(), "qa").map(textOfQuery);
  };
  expect(offer(known)).toContain(query.question);
  expect(offer([...known, { name: "another.md", path: "another.md" }])).not.toContain(query.question);
});

test("two settings are asked the same queries: the one on the page, and each line", async () => {
  const { state, actions } = await openWithHits();
  actions.pictures.compareWith({ right: { mode: "keywords" }, lines: "the horizon\n\nspeed of a ship" });
  await actions.pictures.compare("qa");
  const { pairs, phase, task } = state.getState().pictures.comparison;
  expect([phase, task]).toEqual(["ready", "qa"]);
  expect(pairs.map(({ query }) => textOfQuery(query))).toEqual([
    "What measures the angle of a star?",
    "the horizon",
    "speed of a ship",
  ]);
  for (const { left, right } of pairs) {
    expect(left.hits.every(({ semantic }) => semantic !== null)).toBe(true);
    expect(right.hits.every(({ semantic }) => semantic === null)).toBe(true);
  }
});

test("the model alone is asked by naming the task's own instruction", () => {
  const request = { query: { task: "qa", question: "?" }, diversity: 0.3 } as Parameters<
    typeof requestUnder
  >[1];
  const setting = {
    mode: "semantic",
    exactness: "fast",
    policy: "paper",
    encoding: "model",
    prefix: "with",
    model: null,
    collectionId: null,
  } as const;
  expect(requestUnder(setting, request)).toEqual({
    query: { task: "qa", question: "?" },
    mode: "semantic",
    exactness: "fast",
    policy: "paper",
    instruction: "qa",
  });
  expect(requestUnder({ ...setting, prefix: "without" }, request).instruction).toBe("none");
  const narrowed = { ...request, collectionIds: [1], filter: { sourceIds: [4] } };
  expect(requestUnder({ ...setting, collectionId: 1 }, narrowed).filter).toEqual({ sourceIds: [4] });
  const elsewhere = requestUnder({ ...setting, collectionId: 2 }, narrowed);
  expect([elsewhere.collectionIds, elsewhere.filter]).toEqual([[2], undefined]);
});
