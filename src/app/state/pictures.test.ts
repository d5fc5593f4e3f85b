import { expect, test, vi } from "vitest";
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
