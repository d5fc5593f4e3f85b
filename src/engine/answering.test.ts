import { afterEach, expect, test } from "vitest";
import { beginStream, event, openServer, type TestServer } from "../answer/generators/testing/open-server.ts";
import { direct } from "../boundary/index.ts";
import type { Engine, GeneratedPart, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { createFakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let server: TestServer;
afterEach(async () => {
  await storage.close();
  await server.close();
});

async function openEngine(): Promise<Engine> {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  return direct(createLocalEngine({ storage, model: createFakeModel() }).handlers);
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
