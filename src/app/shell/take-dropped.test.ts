import { expect, test } from "vitest";
import { openStore, type OpenedStore } from "../state/testing/open-store.ts";
import { takeDropped } from "./take-dropped.ts";

const file = (path: string, content: string) => ({ path, content: new File([content], path) });

async function material({ engine, state }: OpenedStore): Promise<string[]> {
  const { collections } = state.getState().corpus;
  const sources = await Promise.all(collections.map(({ id }) => engine.sources({ collectionId: id })));
  return sources.flat().map(({ name }) => name);
}

test("dropped qrels and their queries go to the comparison, the corpus beside them becomes material", async () => {
  const store = openStore();
  const { actions, state } = store;
  await actions.model.refresh();
  const files = [
    file("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\t1\t1"),
    file("set/queries.jsonl", '{"_id": "q1", "text": "tides"}'),
    file(
      "set/corpus.jsonl",
      '{"_id": "1", "text": "The sea rises."}\n{"_id": "2", "text": "The moon pulls."}',
    ),
  ];
  await takeDropped({ files, hasFolder: true, tooMany: false }, "qa", actions);
  const { pictures } = state.getState();
  expect(pictures.picture).toBe("compare");
  expect(pictures.comparison.judgements).toMatchObject({ queries: [{ text: "tides", grades: { "1": 1 } }] });
  expect(await material(store)).toEqual(["set/corpus.jsonl"]);
});

test("queries without judgements beside them are material", async () => {
  const store = openStore();
  const { actions, state } = store;
  await actions.model.refresh();
  const files = [file("queries.jsonl", '{"_id": "q1", "text": "tides"}')];
  await takeDropped({ files, hasFolder: false, tooMany: false }, "qa", actions);
  expect(state.getState().pictures).toMatchObject({ picture: "limb", comparison: { judgements: null } });
  expect(await material(store)).toEqual(["queries.jsonl"]);
});
