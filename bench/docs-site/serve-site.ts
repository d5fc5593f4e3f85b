import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
};

/** A static host that compresses text, as most do, and counts what it sends. */
export async function serveSite(folder: string) {
  let bytes = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
      const content = await readFile(join(folder, path)).catch(() => null);
      if (content === null || path.includes("..")) return void response.writeHead(404).end();
      const type = TYPES[extname(path)];
      const body = type ? gzipSync(content) : content;
      bytes += body.length;
      requests++;
      if (type) response.setHeader("Content-Encoding", "gzip");
      response.setHeader("Content-Type", type ?? "application/octet-stream");
      response.end(body);
    })();
  });
  await new Promise<void>((ready) => server.listen(0, "localhost", ready));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    /** Since it was last asked. */
    sent(): { bytes: number; requests: number } {
      const now = { bytes, requests };
      bytes = 0;
      requests = 0;
      return now;
    },
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  };
}
