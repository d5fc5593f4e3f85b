import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";
import { CACHE_ASK, CACHE_FOREVER, headersOf } from "./headers.ts";

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".jsonl": "application/x-ndjson; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
};

/** A running server; `close` also ends open connections. */
export interface Site {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

async function findFile(
  root: string,
  path: string,
): Promise<{ file: string; size: number; mtimeMs: number } | null> {
  const file = join(root, normalize(path));
  if (!file.startsWith(root + sep)) return null;
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return findFile(root, join(path, "index.html"));
  return found?.isFile() ? { file, size: found.size, mtimeMs: found.mtimeMs } : null;
}

function parsePath(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    return path.includes("\0") ? null : path;
  } catch {
    return null;
  }
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, text: string) =>
    response.writeHead(status, { ...headersOf(""), "Content-Type": "text/plain; charset=utf-8" }).end(text);
  if (request.method !== "GET" && request.method !== "HEAD") return void refuse(405, "Only GET and HEAD.\n");
  const path = parsePath(request.url ?? "/");
  if (path === null) return void refuse(400, "Not a path.\n");
  const isPage = extname(path) === "" && request.headers.accept?.includes("text/html") === true;
  const found = (await findFile(root, path)) ?? (isPage ? await findFile(root, "/index.html") : null);
  if (found === null) return void refuse(404, "Not found.\n");
  const etag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
  const headers = {
    ...headersOf(path),
    "Content-Type": MIME_TYPES[extname(found.file)] ?? "application/octet-stream",
    "Cache-Control": path.startsWith("/assets/") ? CACHE_FOREVER : CACHE_ASK,
    ETag: etag,
  };
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, "Content-Length": found.size });
  if (request.method === "HEAD") return void response.end();
  createReadStream(found.file)
    .on("error", () => response.destroy())
    .pipe(response);
}

/**
 * Serves a folder on localhost with the app's headers.
 *
 * Throws: EADDRINUSE when `port` is taken; port 0 takes any free one.
 */
export async function openSite(root: string, port: number): Promise<Site> {
  const server = createServer((request, response) => {
    answer(normalize(root), request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "localhost", resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://localhost:${bound}/`,
    port: bound,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
