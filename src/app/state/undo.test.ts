import { expect, test } from "vitest";
import { openStore } from "./testing/open-store.ts";

test("turns that were taken out come back beside the question that was written since", () => {
  const { state, actions } = openStore();
  const turns = ["Which modes?", "Two."];
  actions.query.use({ task: "convsearch", turns, question: "And staging?" });
  actions.query.dropTurns([]);
  expect(state.getState().query.drafts.convsearch.turns).toEqual([]);
  actions.query.type("convsearch", { turns: [], question: "Something else" });
  const [offer] = state.getState().undo.offers;
  void actions.undo.take(offer!.id);
  expect(state.getState().query.drafts.convsearch).toEqual({ turns, question: "Something else" });
  expect(state.getState().undo.offers).toEqual([]);
});

test("an answer that was deleted is kept again", async () => {
  const { state, actions, engine } = openStore();
  await actions.answers.loadSaved();
  const record = {
    query: { task: "qa", question: "How high?" },
    preset: "practical",
    generator: "server",
    model: "a",
    messages: [],
    sources: [],
    passageIds: [],
    text: "High.",
    isPart: false,
  } as unknown as Parameters<typeof engine.saveAnswer>[0]["record"];
  await engine.saveAnswer({ record });
  await actions.answers.loadSaved();
  const [kept] = state.getState().answers.saved!;
  await actions.answers.remove(kept!.id);
  expect(state.getState().answers.saved).toEqual([]);
  await actions.undo.take(state.getState().undo.offers[0]!.id);
  expect(state.getState().answers.saved).toMatchObject([{ record }]);
});

test("of many offers the last three stay", () => {
  const { state, actions } = openStore();
  const done: number[] = [];
  for (const n of [1, 2, 3, 4]) actions.undo.offer(String(n), () => void done.push(n));
  expect(state.getState().undo.offers.map(({ said }) => said)).toEqual(["2", "3", "4"]);
  for (const { id } of state.getState().undo.offers) void actions.undo.take(id);
  expect(done).toEqual([2, 3, 4]);
});
