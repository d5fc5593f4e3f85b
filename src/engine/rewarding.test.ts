import { afterEach, expect, test } from "vitest";
import { openServer, type Respond } from "../answer/generators/testing/open-server.ts";
import { direct } from "../boundary/index.ts";
import type { StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const texts = ["The harbour lies north.", "The violin hangs south.", "The kettle stands east."];

async function opened(respond: Respond) {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(handlers, close);
  const engine = createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER });
  const server = await openServer(respond);
  closing.push(() => storage.close(), engine.close, server.close);
  const face = direct(engine.handlers);
  const { id: collectionId } = await face.createCollection({ name: "Things", kind: "document" });
  const drafts = texts.map((text) => ({
    title: "",
    text,
    startUtf16: 0,
    endUtf16: text.length,
    record: { kind: "document" as const },
  }));
  await engine.addPassages(collectionId, "things", "test/1", drafts);
  await face.index({ collectionId, task: "qa" });
  const { passages } = await face.passages({ collectionId, offset: 0, limit: 9 });
  const request = {
    query: { task: "qa", question: "Where is the violin?" },
    passageIds: passages.map(({ id }) => id),
    wanted: "It hangs south.",
    server: { url: server.url },
    model: "tiny",
  } as const;
  return { face, storage, server, request, place: { collectionId, task: "qa" } as const };
}

interface Completion {
  readonly prompt: string;
}

/** Tokens are words with the space before them; a word that the prompt said before is likely. */
const echo: Respond = (response, { path, body }) => {
  if (path !== "/v1/completions") return void response.writeHead(404).end("{}");
  const { prompt } = body as Completion;
  const tokens = [...`${prompt} end`.matchAll(/\s*\S+/g)];
  const likelihoods = tokens.map(({ 0: token, index }) =>
    prompt.slice(0, index).includes(token.trim()) ? -0.5 : -4,
  );
  const logprobs = {
    text_offset: tokens.map(({ index }) => index),
    token_logprobs: [null, ...likelihoods.slice(1)],
  };
  response.end(JSON.stringify({ choices: [{ text: `${prompt} end`, logprobs }] }));
};

test("where the server tells likelihoods, a passage's reward is the mean over the wanted answer's tokens", async () => {
  const { face, storage, server, request, place } = await opened(echo);
  const parts: number[] = [];
  const { rewards, way, status } = await face.reward(request, { onEvent: ({ part }) => parts.push(part) });
  expect(way).toBe("likelihood");
  // "It", "hangs", "south.": only the second passage says the latter two.
  expect(rewards.map(({ reward }) => reward)).toEqual([-4, (-4 - 0.5 - 0.5) / 3, -4]);
  expect(parts).toEqual([1 / 4, 2 / 4, 3 / 4]);
  expect((server.asked[1]!.body as Completion).prompt).toBe(
    "Knowledge: The violin hangs south.\n\nQuestion: Where is the violin?\n\nAnswer: It hangs south.",
  );
  expect(status).toMatchObject({ scored: 1 });
  expect(await storage.rewards(place)).toEqual([{ query: "Where is the violin?", rewards }]);
  expect(await face.forgetRewards(place)).toMatchObject({ scored: 0 });
  expect(await storage.rewards(place)).toEqual([]);
});

test("where it does not, the answers given with each passage are compared with the wanted one", async () => {
  const { face, request, server } = await opened((response, { path, body }) => {
    if (path === "/v1/completions") return void response.writeHead(404).end('{"error":"no such path"}');
    const { messages } = body as { messages: { content: string }[] };
    const knows = /violin (?:\w+) (\w+)/.exec(messages[0]?.content ?? "");
    const content = knows ? "It hangs south." : "Nobody can tell that from the coast.";
    const choices = [{ message: { content }, finish_reason: "stop" }];
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ choices }));
  });
  const { rewards, way } = await face.reward(request);
  expect(way).toBe("rank");
  const [without, helped, other] = rewards.map(({ reward }) => reward);
  expect(helped).toBe(1 / 4);
  expect([without, other]).toEqual([0, 0]);
  expect(server.asked.filter(({ path }) => path === "/v1/chat/completions")).toHaveLength(4);
});

test("a refusal is told and nothing is kept; what cannot be learned from is refused before anyone is asked", async () => {
  const { face, storage, request, place, server } = await opened((response, { path }) => {
    if (path === "/v1/completions") return void response.writeHead(404).end("{}");
    response.writeHead(401).end("{}");
  });
  await expect(face.reward(request)).rejects.toMatchObject({ code: "answer/denied" });
  expect(await storage.rewards(place)).toEqual([]);
  const asked = server.asked.length;
  const invalid = { code: "engine/invalid-input" };
  const [first] = request.passageIds;
  await expect(face.reward({ ...request, passageIds: [first!] })).rejects.toMatchObject(invalid);
  await expect(face.reward({ ...request, wanted: " " })).rejects.toMatchObject(invalid);
  const toolQuery = { task: "tool", request: "x" } as const;
  await expect(face.reward({ ...request, query: toolQuery })).rejects.toMatchObject(invalid);
  expect(server.asked).toHaveLength(asked);
});
