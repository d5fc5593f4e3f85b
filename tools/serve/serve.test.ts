import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isStale } from "./freshness.ts";
import {
  ENGINE_POLICY,
  ENGINE_SCRIPT,
  formatHeadersFile,
  headersOf,
  META_POLICY,
  OTHER_WORKERS,
} from "./headers.ts";
import { openSite, type Site } from "./static-server.ts";

let folder: string;
let site: Site;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sextant-serve-"));
  mkdirSync(join(folder, "site/assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "site/index.html"), "<h1>Sextant</h1>");
  writeFileSync(join(folder, "site/assets/kernel-abc.wasm"), new Uint8Array([0, 97, 115, 109]));
  writeFileSync(join(folder, "site/assets/app-abc.mjs"), "export {}");
  site = await openSite(join(folder, "site"), 0);
});

afterEach(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

/** Sends the path as it is: `fetch` would tidy it first. */
const statusOf = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(site.url);
    request({ host: "localhost", port, path, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });

test("every answer carries isolation and the content policy, errors too", async () => {
  for (const path of ["", "assets/app-abc.mjs", "missing.js"]) {
    const answer = await fetch(site.url + path);
    for (const [name, value] of Object.entries(headersOf(path))) expect(answer.headers.get(name)).toBe(value);
  }
});

test("wasm and modules have the types that browsers insist on; hashed files are kept for good", async () => {
  const wasm = await fetch(`${site.url}assets/kernel-abc.wasm`);
  expect(wasm.headers.get("content-type")).toBe("application/wasm");
  expect(wasm.headers.get("cache-control")).toContain("immutable");
  expect(new Uint8Array(await wasm.arrayBuffer())).toEqual(new Uint8Array([0, 97, 115, 109]));
  const module = await fetch(`${site.url}assets/app-abc.mjs`);
  expect(module.headers.get("content-type")).toContain("text/javascript");
});

test("the page answers any page address; a missing file stays missing", async () => {
  const page = await fetch(`${site.url}qa?mode=hybrid`, { headers: { accept: "text/html" } });
  expect(await page.text()).toBe("<h1>Sextant</h1>");
  expect((await fetch(`${site.url}missing.js`, { headers: { accept: "text/html" } })).status).toBe(404);
  expect((await fetch(`${site.url}missing`)).status).toBe(404);
});

test("the same file is not sent twice", async () => {
  const first = await fetch(site.url);
  const etag = first.headers.get("etag") ?? "";
  expect((await fetch(site.url, { headers: { "if-none-match": etag } })).status).toBe(304);
  expect((await fetch(site.url, { method: "POST" })).status).toBe(405);
});

test("nothing outside the folder is served", async () => {
  for (const path of [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5c..%5csecret.txt",
    "/%00",
    "/%ff",
  ])
    expect(await statusOf(path), path).toBeGreaterThanOrEqual(400);
});

test("a build is stale when a source is newer, added or removed", () => {
  const [built, source] = [join(folder, "built"), join(folder, "src")];
  expect(isStale(built, [source])).toBe(true);
  mkdirSync(source);
  writeFileSync(join(source, "a.ts"), "");
  writeFileSync(built, "");
  const at = (path: string, seconds: number) => utimesSync(path, seconds, seconds);
  at(join(source, "a.ts"), 100);
  at(source, 100);
  at(built, 200);
  expect(isStale(built, [source, join(folder, "no-such-file")])).toBe(false);
  at(join(source, "a.ts"), 300);
  expect(isStale(built, [source])).toBe(true);
  at(join(source, "a.ts"), 100);
  at(source, 300);
  expect(isStale(built, [source])).toBe(true);
});

/** What a host that reads `_headers` sends: every rule that matches adds its headers. */
function sentBy(file: string, path: string): Record<string, string[]> {
  const sent: Record<string, string[]> = {};
  let applies = false;
  for (const line of file.split("\n")) {
    if (line.startsWith("/")) {
      applies = line.endsWith("*") ? path.startsWith(line.slice(0, -1)) : path === line;
    } else if (applies && line.startsWith("  ")) {
      const [name = "", value = ""] = line.trim().split(/: (.*)/);
      (sent[name] ??= []).push(value);
    }
  }
  return sent;
}

test("static hosts send what the local server sends, and one policy for one file", () => {
  const file = formatHeadersFile();
  const workers = [ENGINE_SCRIPT, ...OTHER_WORKERS].map((start) => `${start}-x.js`);
  for (const path of ["/", "/index.html", ...workers]) {
    const sent = sentBy(file, path);
    for (const [name, value] of Object.entries(headersOf(path))) expect(sent[name], path).toEqual([value]);
  }
});

test("only the engine may leave the origin; the page's policy leaves out what a page cannot set", () => {
  expect(META_POLICY).not.toContain("frame-ancestors");
  expect(META_POLICY).not.toMatch(/https?:|\*|'unsafe-eval'/);
  for (const path of ["/", "/assets/index-x.js", "/assets/storage.worker-x.js"])
    expect(headersOf(path)["Content-Security-Policy"]).toContain("connect-src 'self';");
  expect(headersOf("/assets/engine.worker-x.js")["Content-Security-Policy"]).toBe(ENGINE_POLICY);
  expect(ENGINE_POLICY.replace(/connect-src [^;]+/, "")).not.toMatch(/https?:|\*|'unsafe-eval'/);
});
