import { afterEach, expect, test, vi } from "vitest";
import {
  SextantError,
  type Answer,
  type AnswerRequest,
  type DeviceGenerator,
  type GeneratorState,
} from "../../contract/index.ts";
import { DOCUMENTS, openStore, type OpenedStore } from "./testing/open-store.ts";

afterEach(() => vi.restoreAllMocks());

const NOTHING = { calls: [], sentences: [], promptTokens: null, answerTokens: null } as const;

async function openFound(options: Parameters<typeof openStore>[0] = {}): Promise<OpenedStore> {
  const store = openStore(options);
  await store.actions.model.start(new AbortController().signal);
  await store.actions.queue.add("qa", DOCUMENTS);
  store.actions.query.type("qa", { question: "the compass measures" });
  await store.actions.results.search("qa");
  return store;
}

/** A server that is chosen, and answers in the way given. */
async function openAnswering(
  answer: (
    request: AnswerRequest,
    options: Parameters<OpenedStore["engine"]["answer"]>[1],
  ) => Promise<Partial<Answer>>,
): Promise<OpenedStore> {
  const store = await openFound();
  store.engine.answer = async (request, options) => ({
    text: "",
    finish: "stop",
    ...NOTHING,
    ...(await answer(request, options)),
  });
  store.actions.answers.choose("server");
  store.actions.answers.describeServer({ url: "http://localhost:1/v1", key: "secret" });
  await store.actions.answers.listModels();
  return store;
}

const run = (store: OpenedStore) => store.state.getState().answers.runs.qa;

test("nobody is contacted before the person asks for it, and the key is kept nowhere", async () => {
  const store = await openFound();
  const { answers } = store.actions;
  await answers.ask("qa");
  answers.choose("server");
  answers.describeServer({ url: "http://localhost:1/v1", key: "secret" });
  await answers.ask("qa");
  expect(store.engine.calls).not.toContain("answerModels");
  expect(store.engine.calls).not.toContain("answer");
  expect(run(store)).toBeUndefined();
  await answers.listModels();
  expect(store.state.getState().answers.server).toMatchObject({ models: ["tiny"], model: "tiny" });
  expect([...store.preferences.values()].join(" ")).toContain("http://localhost:1/v1");
  expect([...store.preferences.values()].join(" ")).not.toContain("secret");
  answers.describeServer({ url: "http://localhost:2/v1" });
  expect(store.state.getState().answers.server.models).toBeNull();
});

test("the prompt goes out as it is shown, its sources stand in the order of their numbers, and the answer is checked", async () => {
  const asked: AnswerRequest[] = [];
  const store = await openAnswering((request, options) => {
    asked.push(request);
    options?.onEvent?.({ type: "thought", text: "Hm. " });
    options?.onEvent?.({ type: "text", text: "North [1]." });
    return Promise.resolve({ text: "North [1]." });
  });
  await store.actions.answers.ask("qa");
  const { prompt } = store.state.getState();
  expect(asked).toMatchObject([
    { model: "tiny", server: { key: "secret" }, messages: prompt.prompts.qa?.messages, sources: 3 },
  ]);
  expect(run(store)).toMatchObject({ phase: "done", thought: "Hm. ", failure: null, wasStopped: false });
  const record = run(store)?.record;
  expect(record?.sources.map(({ passageId }) => passageId)).toEqual(prompt.prompts.qa?.usedIds);
  expect(record).toMatchObject({
    text: "North [1].",
    isPart: false,
    check: { sentences: [{ sources: [1] }] },
  });

  await store.actions.answers.save("qa");
  await store.actions.answers.save("qa");
  expect(store.state.getState().answers.saved).toMatchObject([{ record: { text: "North [1]." } }]);
  expect(run(store)?.savedId).toBe(store.state.getState().answers.saved?.[0]?.id);
});

test("what came before a failure or a stop is kept, told apart and compared", async () => {
  const store = await openAnswering(async (_, options) => {
    options?.onEvent?.({ type: "text", text: "Half an " });
    throw new SextantError("answer/cut-off", "The connection broke.");
  });
  await store.actions.answers.ask("qa");
  expect(run(store)).toMatchObject({
    phase: "done",
    failure: { code: "answer/cut-off" },
    wasStopped: false,
    record: { text: "Half an ", isPart: true },
  });

  store.engine.answer = (_, options) =>
    new Promise((_resolve, reject) => {
      options?.onEvent?.({ type: "text", text: "On and on" });
      options?.signal?.addEventListener("abort", () => reject(new SextantError("base/aborted", "Stopped.")));
    });
  const asked = store.actions.answers.ask("qa");
  await expect.poll(store.frame).toBeGreaterThan(0);
  expect(run(store)).toMatchObject({ phase: "answering", record: { text: "On and on" } });
  store.actions.answers.stop("qa");
  await asked;
  expect(run(store)).toMatchObject({ phase: "done", failure: null, wasStopped: true });
  expect(run(store)?.record).toMatchObject({ text: "On and on", isPart: true });
});

test("words of the person's own go out in place of what was found, until they let go of them", async () => {
  const asked: AnswerRequest[] = [];
  const store = await openAnswering((request) => {
    asked.push(request);
    return Promise.resolve({ text: "Yes." });
  });
  const messages = [{ role: "user", content: "Something else?" }] as const;
  store.actions.answers.edit("qa", messages);
  store.actions.query.type("qa", { question: "log" });
  await store.actions.results.search("qa");
  await store.actions.answers.ask("qa");
  store.actions.answers.followHits("qa");
  await store.actions.answers.ask("qa");
  expect(asked[0]?.messages).toEqual(messages);
  expect(JSON.stringify(asked[1]?.messages)).toContain("log");
});

test("the browser's model is looked at when it is chosen, and fetched only when the person says so", async () => {
  const builtIn = {
    state: vi.fn<() => Promise<GeneratorState>>(() => Promise.resolve("downloadable")),
    fetch: vi.fn(() => Promise.resolve()),
    generate: vi.fn(() => Promise.resolve({ text: "Yes.", finish: null, ...NOTHING })),
    measure: () => Promise.resolve({ used: 30, window: 4096 }),
  } satisfies DeviceGenerator;
  const store = await openFound({ builtIn });
  store.actions.answers.choose("browser");
  await expect.poll(() => store.state.getState().answers.browser.state).toBe("downloadable");
  expect(builtIn.fetch).not.toHaveBeenCalled();
  await store.actions.answers.fetchBrowserModel();
  expect(builtIn.fetch).toHaveBeenCalledOnce();
  builtIn.state.mockResolvedValue("ready");
  store.actions.answers.choose("browser");
  await expect.poll(() => store.state.getState().answers.browser.state).toBe("ready");
  await store.actions.answers.measure("qa");
  expect(store.state.getState().answers.browser.room).toEqual({ used: 30, window: 4096 });
  await store.actions.answers.ask("qa");
  expect(run(store)?.record).toMatchObject({ text: "Yes.", model: "LanguageModel" });
});

test("a conversation remembers itself: exchanges become sources, the last go along, older ones are recalled", async () => {
  const asked: AnswerRequest[] = [];
  const store = await openAnswering((request) => {
    asked.push(request);
    return Promise.resolve({ text: `reply ${asked.length}` });
  });
  await store.actions.talk.begin();
  store.actions.query.setTask("chat");
  const say = async (utterance: string): Promise<void> => {
    store.actions.query.type("chat", { utterance });
    await store.actions.results.search("chat");
    await store.actions.answers.ask("chat");
  };
  for (let i = 1; i <= 6; i++) await say(`word number ${i}`);
  const { talk, corpus } = store.state.getState();
  expect(talk.turns.map(({ reply }) => reply)).toEqual([1, 2, 3, 4, 5, 6].map((i) => `reply ${i}`));
  expect(corpus.sourcesByCollection[talk.collectionId ?? 0]).toHaveLength(6);
  const said = asked[5]?.messages.map(({ content }) => content) ?? [];
  expect(said.filter((content) => content.startsWith("reply"))).toEqual(
    [2, 3, 4, 5].map((i) => `reply ${i}`),
  );
  const recalled = talk.turns[5]?.recalled.map(({ text }) => text).join("\n") ?? "";
  expect(recalled).toContain("reply 1");
  expect(recalled).not.toContain("reply 5");
});

test("an answer that another took the place of comes back, and then that one; what was kept is not offered", async () => {
  let count = 0;
  const store = await openAnswering(() => Promise.resolve({ text: `Answer ${++count}.` }));
  const { answers, undo } = store.actions;
  const offers = () => store.state.getState().undo.offers;
  const takeBack = () => undo.take(offers().at(-1)!.id);
  await answers.ask("qa");
  expect(offers()).toEqual([]);
  await answers.ask("qa");
  await answers.ask("qa");
  expect(offers()).toMatchObject([{ said: expect.stringContaining("the compass measures") as string }]);
  await takeBack();
  expect(run(store)?.record.text).toBe("Answer 2.");
  await takeBack();
  expect(run(store)?.record.text).toBe("Answer 3.");
  await answers.save("qa");
  undo.dismiss(offers()[0]!.id);
  await answers.ask("qa");
  expect(offers()).toEqual([]);
});

test("a kept answer that is deleted can be kept again, and is the kept one again when it comes back", async () => {
  const store = await openAnswering(() => Promise.resolve({ text: "North [1]." }));
  const { answers, undo } = store.actions;
  await answers.ask("qa");
  await answers.save("qa");
  const first = run(store)!;
  await answers.remove(first.savedId!);
  expect(run(store)?.savedId).toBeNull();
  await undo.take(store.state.getState().undo.offers[0]!.id);
  const { saved } = store.state.getState().answers;
  expect(saved).toHaveLength(1);
  expect(run(store)?.savedId).toBe(saved![0]!.id);
  await answers.remove(saved![0]!.id);
  await answers.ask("qa");
  expect(store.state.getState().undo.offers).toHaveLength(2);
  expect(run(store)?.id).not.toBe(first.id);
});

test("an answer that comes back is not written over by the one that was under way", async () => {
  let finish: (answer: Partial<Answer>) => void = () => undefined;
  const store = await openAnswering(() => new Promise((resolve) => (finish = resolve)));
  const first = store.actions.answers.ask("qa");
  await vi.waitFor(() => expect(run(store)).toBeDefined());
  finish({ text: "First." });
  await first;
  const second = store.actions.answers.ask("qa");
  await vi.waitFor(() => expect(store.state.getState().undo.offers).toHaveLength(1));
  await store.actions.undo.take(store.state.getState().undo.offers[0]!.id);
  finish({ text: "Second." });
  await second;
  expect(run(store)).toMatchObject({ phase: "done", record: { text: "First." } });
});

test("a prompt in one's own words that was let go of comes back", async () => {
  const store = await openFound();
  const { answers, undo } = store.actions;
  const messages = [{ role: "user", content: "Something else?" }] as const;
  answers.followHits("qa");
  expect(store.state.getState().undo.offers).toEqual([]);
  answers.edit("qa", messages);
  answers.followHits("qa");
  expect(store.state.getState().answers.edited.qa).toBeUndefined();
  await undo.take(store.state.getState().undo.offers[0]!.id);
  expect(store.state.getState().answers.edited.qa?.messages).toEqual(messages);
});
