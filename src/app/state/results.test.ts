import { expect, test, vi } from "vitest";
import { SextantError } from "../../contract/index.ts";
import { DOCUMENTS, openStore } from "./testing/open-store.ts";

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function asked(question: string) {
  const store = openStore();
  await store.actions.queue.add("qa", DOCUMENTS);
  store.actions.query.use({ task: "qa", question });
  await settle();
  const results = () => store.state.getState().results.qa;
  const ids = () => results().result?.hits.map(({ passage }) => passage.id) ?? [];
  return { ...store, results, ids };
}

test("sentences are scored once a passage, and kept while the same question is answered anew", async () => {
  const { actions, engine, results, ids } = await asked("star compass");
  const sentences = vi.spyOn(engine, "sentences");
  await actions.results.scoreSentences("qa", ids());
  expect(
    Object.keys(results().sentences)
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual(ids().toSorted((a, b) => a - b));
  await actions.results.search("qa");
  await actions.results.scoreSentences("qa", ids());
  expect(sentences).toHaveBeenCalledTimes(1);
});

test("scores of a former question are stopped, and never shown under another", async () => {
  const { actions, engine, results, ids } = await asked("star");
  const { sentences } = engine;
  const signals: (AbortSignal | undefined)[] = [];
  let answer: () => void = () => undefined;
  engine.sentences = async (input, options) => {
    signals.push(options?.signal);
    await new Promise<void>((resolve) => (answer = resolve));
    return sentences(input);
  };
  const scoring = actions.results.scoreSentences("qa", ids());
  actions.query.use({ task: "qa", question: "compass" });
  await settle();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  answer();
  await scoring;
  expect(results().sentences).toEqual({});
});

test("without vectors no sentence is scored, and a failure to score takes no hits away", async () => {
  const { actions, engine, state, results, ids } = await asked("star");
  engine.failWith("sentences", new SextantError("gpu/lost", "The device is gone. Try again."));
  await actions.results.scoreSentences("qa", ids());
  expect(state.getState().jobs.failures).toMatchObject([{ code: "gpu/lost" }]);
  expect(results().phase).toBe("ready");
  const sentences = vi.spyOn(engine, "sentences");
  actions.query.setMode("keywords");
  await settle();
  await actions.results.scoreSentences("qa", ids());
  expect(sentences).not.toHaveBeenCalled();
});

test("a mark asks the same question anew and leaves the person at the same hit", async () => {
  const { actions, engine, results } = await asked("a compass measures");
  actions.results.select("qa", 1);
  const hit = results().result!.hits[1]!;
  const { search } = engine;
  engine.search = async (...args) => {
    const found = await search(...args);
    return { ...found, hits: found.hits.toReversed() };
  };
  await actions.adaptation.mark("qa", hit, "pinned");
  const { selected, result } = results();
  expect(result?.hits[selected]).toMatchObject({ mark: "pinned", passage: { id: hit.passage.id } });
  await actions.adaptation.mark("qa", result!.hits[selected]!, null);
  expect(results().result?.hits.map(({ mark }) => mark)).toEqual(results().result?.hits.map(() => null));
});
