import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fetchFile } from "./fetch-file.ts";

const pages: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/guide": (response) => response.setHeader("Content-Type", "text/html; charset=utf-8").end("<h1>Tea</h1>"),
  "/": (response) => response.setHeader("Content-Type", "text/html").end("home"),
  "/notes.md": (response) => response.setHeader("Content-Type", "text/plain").end("# Tea"),
  "/api.json": (response) => response.setHeader("Content-Type", "application/json").end("[]"),
  "/a%20%E8%8C%B6.page": (response) => response.setHeader("Content-Type", "text/html").end("tea"),
  "/moved": (response) => response.writeHead(302, { Location: "/guide" }).end(),
  "/breaks": (response) => {
    response.writeHead(200, { "Content-Length": 100 }).write("half");
    setTimeout(() => response.destroy(), 20);
  },
  "/slow": (response) => void response.writeHead(200).write("a"),
};

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    if (page) page(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const signal = AbortSignal.timeout(60_000);

test.each([
  ["/guide", "guide.html", "<h1>Tea</h1>"],
  ["/moved", "guide.html", "<h1>Tea</h1>"],
  ["/", "127.0.0.1.html", "home"],
  ["/notes.md", "notes.md", "# Tea"],
  ["/api.json?key=1#part", "api.json", "[]"],
  ["/a%20%E8%8C%B6.page", "a 茶.page.html", "tea"],
])("%s is read as %s", async (path, name, text) => {
  const known = await fetchFile(`  ${base}${path.replace("?key=1", "")}\n`, { signal });
  expect(known.name).toBe(name);
  expect(new TextDecoder().decode(known.content as Uint8Array)).toBe(text);
});

test.each(["/missing", "/breaks"])("%s cannot be read, and what to do instead is said", async (path) => {
  await expect(fetchFile(base + path, { signal })).rejects.toMatchObject({
    code: "ingest/unreachable",
    message: expect.stringContaining("save it") as string,
  });
});

test.each(["", "guide.html", "file:///etc/passwd", "javascript:alert(1)", "data:text/plain,tea"])(
  "“%s” is no web address",
  async (address) => {
    await expect(fetchFile(address, { signal })).rejects.toMatchObject({ code: "engine/invalid-input" });
  },
);

test("stopping it ends it with the signal's reason", async () => {
  const stop = new AbortController();
  const fetched = fetchFile(`${base}/slow`, {
    signal: stop.signal,
    onBytes: () => stop.abort(new Error("enough")),
  });
  await expect(fetched).rejects.toThrow("enough");
});
