import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server does with the next questions. */
export type Mood =
  /** Answers with these pieces, one after the other. */
  | { readonly is: "answering"; readonly pieces: readonly string[] }
  /** Answers with a piece, and then with another for as long as somebody listens. */
  | { readonly is: "endless"; readonly piece: string }
  | { readonly is: "calling"; readonly name: string; readonly arguments: string }
  | { readonly is: "refusing"; readonly status: number; readonly message: string }
  /** A piece, then the connection is cut. */
  | { readonly is: "breaking"; readonly piece: string };

/** A small server of this project's own that speaks the part of OpenAI's protocol that is used here. */
export interface AnswerServer {
  /** With `/v1`. */
  readonly url: string;
  mood: Mood;
  /** Paths that were asked for, oldest first. */
  readonly asked: string[];
  /** The bodies of questions. */
  readonly questions: { readonly messages: readonly { readonly role: string; readonly content: string }[] }[];
  /** How many questions were left before their answer's end. */
  readonly left: () => number;
  close(): Promise<void>;
}

const PAUSE_MS = 30;

export async function openAnswerServer(): Promise<AnswerServer> {
  let left = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    const path = request.url ?? "";
    served.asked.push(path);
    if (path === "/v1/models") return json(response, 200, { data: [{ id: "tiny" }, { id: "other" }] });
    if (path !== "/v1/chat/completions") return json(response, 404, { error: { message: "no such path" } });
    served.questions.push(JSON.parse(await textOf(request)) as (typeof served.questions)[number]);
    response.on("close", () => {
      if (!response.writableFinished) left++;
    });
    await reply(response, served.mood);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  const served: AnswerServer = {
    url: `http://localhost:${port}/v1`,
    mood: { is: "answering", pieces: [] },
    asked: [],
    questions: [],
    left: () => left,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return served;
}

async function reply(response: ServerResponse, mood: Mood): Promise<void> {
  if (mood.is === "refusing") return json(response, mood.status, { error: { message: mood.message } });
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  switch (mood.is) {
    case "answering":
      for (const content of mood.pieces) {
        response.write(event({ content }));
        await pause();
      }
      return void response.end(`${event({}, "stop")}data: [DONE]\n\n`);
    case "endless":
      while (!response.destroyed) {
        response.write(event({ content: mood.piece }));
        await pause();
      }
      return;
    case "calling": {
      const called = { name: mood.name, arguments: mood.arguments };
      response.write(event({ tool_calls: [{ index: 0, type: "function", function: called }] }));
      return void response.end(`${event({}, "tool_calls")}data: [DONE]\n\n`);
    }
    case "breaking":
      response.write(event({ content: mood.piece }));
      // At once it would take along what the browser has not read yet.
      await pause(300);
      return void response.destroy();
    default:
      return mood satisfies never;
  }
}

function event(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ object: "chat.completion.chunk", choices })}\n\n`;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

const pause = (ms = PAUSE_MS): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += String(piece);
  return text;
}
