import { afterEach, expect, test } from "vitest";
import type { ErrorCode, GeneratedPart } from "../../contract/index.ts";
import { createEndpoint, type EndpointOptions } from "./endpoint.ts";
import { beginStream, event, openServer, type Respond, type TestServer } from "./testing/open-server.ts";

const ASK = [{ role: "user", content: "How long does tea take?" }] as const;
const END = "data: [DONE]\n\n";

let server: TestServer;
afterEach(() => server.close());

async function open(respond: Respond, options: Partial<EndpointOptions> = {}) {
  server = await openServer(respond);
  return createEndpoint({ url: server.url, ...options });
}

/** What came before the answer ended or failed. */
async function answerOf(respond: Respond, options: Partial<EndpointOptions> = {}, signal?: AbortSignal) {
  const endpoint = await open(respond, options);
  const parts: GeneratedPart[] = [];
  const asked = endpoint.generator("tiny").generate(ASK, { signal, onPart: (part) => parts.push(part) });
  const answer = await asked.catch((error: unknown) => error);
  return { answer, text: parts.map((part) => part.text).join("") };
}

test("text comes piece by piece and is put together; the counts of the last event are kept", async () => {
  const { answer, text } = await answerOf((response) => {
    beginStream(response);
    const all = [
      ": a comment\n\n",
      event({ role: "assistant", content: "" }),
      event({ content: "Three " }),
      event({ content: "minutes — 三分钟 [1]." }),
      event({}, "stop"),
      `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } })}\n\n`,
      END,
    ].join("");
    // Cut in the middle of characters and of lines.
    for (const [i] of [...Buffer.from(all)].entries()) response.write(Buffer.from(all).subarray(i, i + 1));
    response.end();
  });
  expect(answer).toEqual({
    text: "Three minutes — 三分钟 [1].",
    calls: [],
    finish: "stop",
    promptTokens: 9,
    answerTokens: 4,
  });
  expect(text).toBe("Three minutes — 三分钟 [1].");
  expect(server.asked).toMatchObject([
    { path: "/v1/chat/completions", body: { model: "tiny", stream: true, messages: ASK } },
  ]);
});

test("thoughts are told apart from the answer", async () => {
  const { answer, text } = await answerOf((response) => {
    beginStream(response);
    response.end(event({ reasoning_content: "Tea? " }) + event({ content: "Three." }, "stop") + END);
  });
  expect(answer).toMatchObject({ text: "Three." });
  expect(text).toBe("Tea? Three.");
});

test("fragments of calls are joined by their place, and handed over as the model wrote them", async () => {
  const call = (index: number, name: string, args: string) =>
    event({ tool_calls: [{ index, type: "function", function: { name, arguments: args } }] });
  const endpoint = await open((response) => {
    beginStream(response);
    const fragments = [
      call(0, "brew", '{"min'),
      call(1, "pour", "{"),
      call(0, "", 'utes":3}'),
      call(1, "", "}"),
    ];
    response.end(fragments.join("") + event({}, "tool_calls") + END);
  });
  const functions = [{ name: "brew", parameters: { type: "object" } }];
  expect(await endpoint.generator("tiny").generate(ASK, { functions, maxTokens: 50 })).toMatchObject({
    text: "",
    finish: "function-call",
    calls: [
      { name: "brew", arguments: '{"minutes":3}' },
      { name: "pour", arguments: "{}" },
    ],
  });
  expect(server.asked[0]?.body).toMatchObject({
    max_tokens: 50,
    tools: [{ type: "function", function: functions[0] }],
  });
});

test("a server that does not stream, and one that ends without a last word, are understood", async () => {
  const whole = { choices: [{ message: { content: "Three." }, finish_reason: "length" }] };
  const plain = await answerOf((response) => void response.end(JSON.stringify(whole)));
  expect(plain.answer).toMatchObject({ text: "Three.", finish: "length" });
  await server.close();
  const silent = await answerOf((response) => {
    beginStream(response);
    response.end(event({ content: "Three." }) + event({}, "stop"));
  });
  expect(silent.answer).toMatchObject({ text: "Three.", finish: "stop" });
});

test("models are listed; the key is sent when there is one, and only then", async () => {
  const respond: Respond = (response) =>
    void response.end(JSON.stringify({ object: "list", data: [{ id: "a" }, { id: "b:7b" }, {}] }));
  expect(await (await open(respond, { key: "secret" })).models()).toEqual(["a", "b:7b"]);
  expect(server.asked[0]).toMatchObject({ path: "/v1/models", authorization: "Bearer secret" });
  await server.close();
  await (await open(respond)).models();
  expect(server.asked[0]?.authorization).toBeUndefined();
});

test.each<[number, string, ErrorCode, string]>([
  [401, '{"error":{"message":"bad key"}}', "answer/denied", "bad key"],
  [404, '{"error":{"message":"model not found"}}', "answer/no-model", "model not found"],
  [429, '{"error":"slow down"}', "answer/busy", "slow down"],
  [503, "Loading model", "answer/busy", "Loading model"],
  [400, '{"object":"error","message":"context too long"}', "answer/refused", "context too long"],
  [500, "<html><b>oops</b></html>", "answer/refused", "oops"],
])("status %i with %s is %s", async (status, body, code, said) => {
  const { answer } = await answerOf((response) => void response.writeHead(status).end(body));
  expect(answer).toMatchObject({ code });
  expect(String(answer)).toContain(said);
});

test.each<[string, Respond]>([
  ["HTML", (response) => void response.end("<!doctype html><title>Welcome</title>")],
  ["JSON of another kind", (response) => void response.end('{"models":[]}')],
  ["nothing", (response) => void response.end()],
  [
    "an event that is no JSON",
    (response) => {
      beginStream(response);
      response.end("data: {oops\n\n");
    },
  ],
])("%s is answer/unreadable", async (_, respond) => {
  expect((await answerOf(respond)).answer).toMatchObject({ code: "answer/unreadable" });
});

test.each<[string, Respond]>([
  ["breaks the connection", (response) => void setTimeout(() => response.destroy(), 20)],
  ["ends without a reason", (response) => void response.end()],
  ["tells of an error", (response) => void response.end('data: {"error":{"message":"out of memory"}}\n\n')],
  ["falls silent", () => undefined],
])("a server that %s in the middle is answer/cut-off, and what had come is kept", async (_, goOn) => {
  const { answer, text } = await answerOf(
    (response, asked) => {
      beginStream(response);
      response.write(event({ content: "Three " }));
      return goOn(response, asked);
    },
    { silenceMs: 200 },
  );
  expect(answer).toMatchObject({ code: "answer/cut-off" });
  expect(text).toBe("Three ");
});

test("a server that never ends is cut off", async () => {
  const { answer, text } = await answerOf((response) => {
    beginStream(response);
    const piece = event({ content: "tea ".repeat(5000) });
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", more);
    more();
  });
  expect(answer).toMatchObject({ code: "answer/cut-off" });
  expect(text.length).toBeGreaterThan(1_000_000);
  await server.left;
});

test("stopping ends the request at the server, with the signal's reason", async () => {
  const stop = new AbortController();
  const endpoint = await open((response) => {
    beginStream(response);
    response.write(event({ content: "Three " }));
  });
  const asked = endpoint.generator("tiny").generate(ASK, {
    signal: stop.signal,
    onPart: () => stop.abort(new Error("enough")),
  });
  await expect(asked).rejects.toThrow("enough");
  await server.left;
});

test("a server that is not there is unreachable, and the message says what to set", async () => {
  const endpoint = await open(() => undefined);
  await server.close();
  await expect(endpoint.models()).rejects.toMatchObject({
    code: "answer/unreachable",
    message: expect.stringContaining("OLLAMA_ORIGINS") as string,
  });
});

test("a redirect is not followed: the key belongs to the address that was entered", async () => {
  const { answer } = await answerOf(
    (response) => void response.writeHead(302, { Location: "http://127.0.0.1:9/v1/models" }).end(),
    { key: "secret" },
  );
  expect(answer).toMatchObject({ code: "answer/unreachable" });
  expect(server.asked).toHaveLength(1);
});

test.each(["", "localhost:11434", "file:///etc/passwd", "http://user:password@localhost/v1"])(
  "the address “%s” is refused",
  async (url) => {
    server = await openServer(() => undefined);
    expect(() => createEndpoint({ url })).toThrow(expect.objectContaining({ code: "engine/invalid-input" }));
  },
);
