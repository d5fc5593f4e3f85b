import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What was asked of the server, oldest first. */
export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface TestServer {
  /** With `/v1`. */
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Settles when the client has gone away from a request that was not answered to its end. */
  readonly left: Promise<void>;
  close(): Promise<void>;
}

export type Respond = (response: ServerResponse, asked: Asked) => void | Promise<void>;

/** A small server of this project's own that speaks the part of OpenAI's protocol that is used here. */
export async function openServer(respond: Respond): Promise<TestServer> {
  const asked: Asked[] = [];
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  const server = createServer((request, response) => {
    response.on("close", () => {
      if (!response.writableFinished) leave();
    });
    void (async () => {
      const one = {
        path: request.url ?? "",
        authorization: request.headers.authorization,
        body: JSON.parse((await textOf(request)) || "null") as unknown,
      };
      asked.push(one);
      await respond(response, one);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    left,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An event of a streamed completion. */
export function event(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += String(piece);
  return text;
}
