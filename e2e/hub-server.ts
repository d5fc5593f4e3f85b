import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A hub that holds one repository, as huggingface.co answers, and can be unkind. */
export interface Hub {
  readonly endpoint: string;
  readonly repository: string;
  /** Paths that were asked for, oldest first. */
  readonly asked: string[];
  /** Authorization headers that came in. */
  readonly tokens: Set<string>;
  /** The next answers break off after this many bytes; null answers in full. */
  breakAfterBytes: number | null;
  close(): Promise<void>;
}

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

export async function openHub(files: ReadonlyMap<string, Uint8Array>): Promise<Hub> {
  const repository = "tester/tiny-bert";
  const listing = {
    id: repository,
    sha: COMMIT,
    gated: false,
    cardData: { license: "mit" },
    siblings: [...files].map(([rfilename, bytes]) => ({
      rfilename,
      size: bytes.length,
      lfs: { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
    })),
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "*, Authorization");
    response.setHeader("Access-Control-Expose-Headers", "*, ETag, Content-Range");
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    const { pathname } = new URL(request.url ?? "/", "http://hub");
    hub.asked.push(pathname);
    if (request.headers.authorization) hub.tokens.add(request.headers.authorization);
    if (pathname.startsWith(`/api/models/${repository}`))
      return void response
        .writeHead(200, { "Content-Type": "application/json" })
        .end(JSON.stringify(listing));
    const path = pathname.split(`/resolve/${COMMIT}/`)[1] ?? pathname.split("/resolve/main/")[1] ?? "";
    const bytes = files.get(decodeURIComponent(path));
    if (!pathname.startsWith(`/${repository}/`) || !bytes) return void response.writeHead(404).end();
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const headers = { ETag: `"${path}"`, "Content-Length": bytes.length - from, "Accept-Ranges": "bytes" };
    if (from > 0) {
      const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { ...headers, "Content-Range": range });
    } else response.writeHead(200, headers);
    const end =
      hub.breakAfterBytes === null ? bytes.length : Math.min(bytes.length, from + hub.breakAfterBytes);
    response.write(bytes.subarray(from, end));
    if (end === bytes.length) response.end();
    // At once it would take along what the browser has not read yet.
    else setTimeout(() => response.destroy(), 300);
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const hub: Hub = {
    endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
    repository,
    asked: [],
    tokens: new Set(),
    breakAfterBytes: null,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
  return hub;
}
