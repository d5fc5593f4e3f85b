import { expect, test } from "vitest";
import { NOT_NARROWED } from "../state/refine.ts";
import { DOCUMENTS, openStore } from "../state/testing/open-store.ts";
import { formatWhere, parseWhere } from "./address.ts";

const USUAL = parseWhere("");

test("what a search is narrowed to comes back from its address, without a word of the person's", async () => {
  const { state, actions } = openStore();
  await actions.queue.add("qa", DOCUMENTS);
  const { corpus } = state.getState();
  const sources = Object.values(corpus.sourcesByCollection).flat();
  expect(formatWhere(state.getState(), "qa")).toBe("");
  await actions.corpus.tag(sources[0]!, ["secret"]);
  actions.refine.narrow("document", {
    sourceIds: [sources[0]!.id, sources[2]!.id],
    tags: ["secret"],
    fromDay: "2026-01-31",
  });
  actions.refine.setExactness("fast");
  actions.refine.setFewerDuplicates(true);
  actions.query.use({ task: "qa", question: "a private question" });
  const address = formatWhere(state.getState(), "qa");
  expect(address).not.toMatch(/secret|private/);
  expect(parseWhere(`?task=qa${address}`)).toEqual({
    ...USUAL,
    narrowing: {
      alsoIn: [],
      sourceIds: [sources[0]!.id, sources[2]!.id],
      fromDay: "2026-01-31",
      untilDay: "",
    },
    exactness: "fast",
    fewerDuplicates: true,
  });
});

test("a query of the sample is in the address by its place", async () => {
  const question = { task: "qa", question: "How high is the mast?" } as const;
  const sample = {
    task: "qa",
    title: "",
    line: "",
    licence: "",
    files: [],
    queries: [question],
    expected: [],
  };
  const { state, actions } = openStore({ loadSamples: () => Promise.resolve([sample as never]) });
  await actions.panel.loadSamples();
  actions.query.use(question);
  const address = formatWhere(state.getState(), "qa");
  expect(parseWhere(address.replace("&", "?")).sample).toBe(0);
});

test("what an address says wrongly is as usual", () => {
  expect(parseWhere("?in=x&also=-1.a&sources=..&from=today&nearest=magic&sample=0")).toEqual(USUAL);
  expect(USUAL.narrowing).toEqual({ alsoIn: [], sourceIds: [], fromDay: "", untilDay: "" });
  expect(NOT_NARROWED).toMatchObject(USUAL.narrowing);
});
