import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What one answer does differently from a server as it should be. */
export interface Mood {
  /** Breaks the connection after so many bytes of the body. */
  readonly dropAfterBytes?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers 200 with everything. */
  readonly ignoreRange?: boolean;
  readonly etag?: string;
  readonly content?: Uint8Array;
  /** Says a length that is so much larger (or smaller) than the content. */
  readonly lengthOffBytes?: number;
  /** Sends in pieces of this size, each in a turn of its own. */
  readonly pieceBytes?: number;
  /** Sends the beginning and then nothing more. */
  readonly hangAfterBytes?: number;
  readonly redirectTo?: string;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  readonly ifRange: string | null;
  readonly authorization: string | null;
}

export interface FileServer {
  readonly url: string;
  readonly asked: Asked[];
  /** Moods of the next answers, first in front; after them it is kind. */
  readonly moods: Mood[];
  close(): Promise<void>;
}

/** Serves files over HTTP as a static host does, and in moods as only the real network does. */
export async function openFileServer(files: Readonly<Record<string, Uint8Array>>): Promise<FileServer> {
  const asked: Asked[] = [];
  const moods: Mood[] = [];

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const header = (name: string): string | null => (request.headers[name] as string | undefined) ?? null;
    const [range, ifRange, authorization] = [header("range"), header("if-range"), header("authorization")];
    asked.push({ method: request.method ?? "", path, range, ifRange, authorization });
    const mood = moods.shift() ?? {};
    if (mood.redirectTo !== undefined)
      return void response.writeHead(302, { Location: mood.redirectTo }).end();
    if (mood.status !== undefined) return void response.writeHead(mood.status, mood.headers).end("no");

    const content = mood.content ?? files[path];
    if (!content) return void response.writeHead(404).end("no such file");
    const etag = mood.etag ?? '"one"';
    const stale = ifRange !== null && ifRange !== etag;
    const from = mood.ignoreRange || stale ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    if (from > 0 && from >= content.length)
      return void response.writeHead(416, { "Content-Range": `bytes */${content.length}` }).end();
    response.writeHead(from > 0 ? 206 : 200, {
      ETag: etag,
      "Content-Length": content.length - from + (mood.lengthOffBytes ?? 0),
      ...(from > 0 ? { "Content-Range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    void send(response, content.subarray(from), mood);
  }

  async function send(response: ServerResponse, body: Uint8Array, mood: Mood): Promise<void> {
    const end = Math.min(body.length, mood.dropAfterBytes ?? body.length, mood.hangAfterBytes ?? body.length);
    const write = (bytes: Uint8Array) => new Promise<void>((done) => response.write(bytes, () => done()));
    const pieceBytes = mood.pieceBytes ?? Math.max(1, end);
    for (let at = 0; at < end; at += pieceBytes) {
      await write(body.subarray(at, Math.min(end, at + pieceBytes)));
      if (mood.pieceBytes) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    if (mood.hangAfterBytes !== undefined) return;
    if (mood.dropAfterBytes !== undefined || (mood.lengthOffBytes ?? 0) > 0) {
      // The last bytes leave before the reset does.
      await new Promise((resolve) => setTimeout(resolve, 20));
      response.destroy();
    } else response.end();
  }

  const server = createServer((request, response) => {
    response.strictContentLength = false;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    moods,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
