import { afterEach, expect, test } from "vitest";
import { beginStream, event, openServer, type TestServer } from "../answer/generators/testing/open-server.ts";
import { direct } from "../boundary/index.ts";
import type { Engine, GeneratedPart, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let server: TestServer;
afterEach(async () => {
  await storage.close();
  await server.close();
});

async function openEngine(): Promise<Engine> {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  return direct(createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers);
}

test("from a file to a cited answer: only the prompt goes to the server that was named", async () => {
  const engine = await openEngine();
  server = await openServer((response, { path }) => {
    if (path === "/v1/models") return void response.end(JSON.stringify({ data: [{ id: "tiny" }] }));
    beginStream(response);
    response.end(event({ content: "Three minutes [1]. " }) + event({ content: "Or so [4]." }, "stop"));
  });
  const { id: collectionId } = await engine.createCollection({ name: "Notes", kind: "document" });
  await engine.add({ collectionId, files: [{ name: "tea.md", content: "# Tea\n\nSteep three minutes." }] });
  await engine.index({ collectionId, task: "qa" });
  const prompt = await engine.prompt({
    query: { task: "qa", question: "How long?" },
    preset: "practical",
    passageIds: [1],
  });
  const [model = ""] = await engine.answerModels({ url: server.url });
  const parts: GeneratedPart[] = [];
  const { messages, usedIds } = prompt;
  const answer = await engine.answer(
    { server: { url: server.url }, model, messages, sources: usedIds.length },
    { onEvent: (part) => parts.push(part) },
  );
  expect(parts.map(({ text }) => text)).toEqual(["Three minutes [1]. ", "Or so [4]."]);
  expect(answer.sentences).toMatchObject([
    { text: "Three minutes.", sources: [1], unknown: [] },
    { text: "Or so.", sources: [], unknown: [4] },
  ]);
  expect(server.asked.map(({ path }) => path)).toEqual(["/v1/models", "/v1/chat/completions"]);
  expect(server.asked[1]?.body).toMatchObject({ messages });
});

test("each sentence of an answer is held against what it cites, with a cut-off measured on the collection", async () => {
  const engine = await openEngine();
  server = await openServer(() => undefined);
  const { id: collectionId } = await engine.createCollection({ name: "Notes", kind: "document" });
  const texts = [
    "Tea steeps for three minutes. Black leaves need boiling water.",
    "Rope is made of twisted hemp. Sailors splice its ends.",
    "Salt comes from shallow ponds. Wind dries them slowly.",
    "Bread rises twice overnight. Bakers fold cold dough.",
    "Clocks lose seconds daily. Pendulums swing more slowly when warm.",
    "Glass cools in long ovens. Cracks show later otherwise.",
  ];
  const files = texts.map((content, i) => ({ name: `${i}.md`, content }));
  await engine.add({ collectionId, files });
  await engine.index({ collectionId, task: "qa" });
  const { passages } = await engine.passages({ collectionId, offset: 0, limit: 9 });
  const passageIds = passages.slice(0, 2).map(({ id }) => id);
  const text = [
    "Black leaves need boiling water [1].",
    "Black leaves need boiling water [2].",
    "Sailors splice the ends.",
    "Whales sing louder than choirs [1].",
    "Yes [1].",
    "Nobody ever asked afterwards [7].",
  ].join(" ");
  const { sentences, cutoff } = await engine.checkAnswer({ text, passageIds });
  expect(cutoff).toMatchObject({ chance: 0.01 });
  expect(cutoff?.pairs).toBeGreaterThan(50);
  expect(sentences.map(({ isClose, closest }) => [isClose, closest?.source])).toEqual([
    [true, 1],
    [false, 2],
    [true, 2],
    [false, 1],
    [null, undefined],
    [false, expect.any(Number)],
  ]);
  const [first] = sentences;
  expect(passages[0]?.text.slice(first?.closest?.start, first?.closest?.end)).toMatch(/^Black leaves/);
  expect(first?.closest?.cosine).toBeCloseTo(1);

  await engine.setModel({ modelId: "bm25", dtype: "fp32" });
  const withoutVectors = await engine.checkAnswer({ text, passageIds });
  expect(withoutVectors.cutoff).toBeNull();
  expect(withoutVectors.sentences.map(({ isClose }) => isClose)).toEqual(sentences.map(() => null));
});
