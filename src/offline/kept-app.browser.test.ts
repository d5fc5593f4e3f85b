import { afterEach, beforeEach, expect, test } from "vitest";
import type { AppFiles } from "./app-files.ts";
import { keepApp } from "./kept-app.ts";

const scope = `${location.origin}/served/`;
let host: Map<string, string>;
let asked: string[];

const digestOf = async (text: string) =>
  btoa(
    String.fromCharCode(
      ...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
    ),
  );

async function listOf(build: string, late: readonly string[] = []): Promise<AppFiles> {
  const files = [...host].map(async ([path, text]) => {
    const digest = await digestOf(text);
    return [
      path === "" ? "index.html" : path,
      late.includes(path) ? { digest, late: true as const } : { digest },
    ] as const;
  });
  return {
    build,
    files: Object.fromEntries(await Promise.all(files)),
    headers: { "Cross-Origin-Opener-Policy": "same-origin" },
    policy: "default-src 'none'",
    exceptions: [{ start: "assets/engine.", policy: "connect-src https:" }],
  };
}

const ground = {
  caches,
  scope,
  fetch: (request: Request) => {
    const path = request.url.slice(scope.length);
    asked.push(path);
    const text = host.get(path);
    const headers = { "Content-Type": "text/x-test", "Content-Encoding": "identity", Vary: "Origin" };
    return Promise.resolve(
      text === undefined ? new Response("", { status: 404 }) : new Response(text, { headers }),
    );
  },
};
const get = (path: string) => new Request(scope + path);
const textOf = async (answer: Promise<Response> | null) => (await answer!).text();

beforeEach(() => {
  asked = [];
  host = new Map([
    ["", "page one"],
    ["assets/app-1.js", "app one"],
    ["assets/engine.worker-1.js", "engine"],
    ["assets/maps.bcmap", "maps"],
  ]);
});
afterEach(async () => {
  for (const name of await caches.keys()) if (name.startsWith("sextant-app-")) await caches.delete(name);
});

test("what is kept is answered without the host, under the app's headers", async () => {
  const app = keepApp(await listOf("one", ["assets/maps.bcmap"]), ground);
  await app.keep();
  expect(asked.toSorted()).toEqual(["", "assets/app-1.js", "assets/engine.worker-1.js"]);
  host.clear();
  const page = await app.answer(get("?task=qa"))!;
  expect(await page.text()).toBe("page one");
  expect(Object.fromEntries(page.headers)).toEqual({
    "content-type": "text/x-test",
    "content-security-policy": "default-src 'none'",
    "cross-origin-opener-policy": "same-origin",
  });
  const engine = await app.answer(get("assets/engine.worker-1.js"))!;
  expect(engine.headers.get("content-security-policy")).toBe("connect-src https:");
  expect((await app.answer(get("assets/maps.bcmap"))!).status).toBe(404);
  expect(app.answer(new Request("https://elsewhere.test/served/"))).toBeNull();
  expect(app.answer(new Request(scope, { method: "POST" }))).toBeNull();
});

test("a late file is kept from its first use on", async () => {
  const app = keepApp(await listOf("one", ["assets/maps.bcmap"]), ground);
  await app.keep();
  expect(await textOf(app.answer(get("assets/maps.bcmap")))).toBe("maps");
  host.clear();
  expect(await textOf(app.answer(get("assets/maps.bcmap")))).toBe("maps");
});

const parts: readonly (readonly [string, string, string | null])[] = [
  ["bytes=2-4", "p o", "bytes 2-4/7"],
  ["bytes=4-", "one", "bytes 4-6/7"],
  ["bytes=-2", "ne", "bytes 5-6/7"],
  ["bytes=4-99", "one", "bytes 4-6/7"],
  ["bytes=7-", "", "bytes */7"],
  ["bytes=0-1,3-4", "app one", null],
];
test.each(parts)("of a kept file asked for by %s comes %j", async (range, text, contentRange) => {
  const app = keepApp(await listOf("one"), ground);
  await app.keep();
  host.clear();
  const request = new Request(`${scope}assets/app-1.js`, { headers: { Range: range } });
  const answer = await app.answer(request)!;
  expect(answer.status).toBe(contentRange === null ? 200 : text === "" ? 416 : 206);
  expect(await answer.text()).toBe(text);
  expect(answer.headers.get("content-range")).toBe(contentRange);
  expect(answer.headers.get("content-type")).toBe("text/x-test");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'");
});

test("a part of a kept file that was begun elsewhere is answered by all of it", async () => {
  const app = keepApp(await listOf("one"), ground);
  await app.keep();
  const headers = { Range: "bytes=4-", "If-Range": '"older"' };
  const answer = await app.answer(new Request(`${scope}assets/app-1.js`, { headers }))!;
  expect([answer.status, await answer.text()]).toEqual([200, "app one"]);
});

test("a model beside the app is downloaded in parts: what the host says of a part arrives, under the app's headers", async () => {
  const said = {
    "Content-Type": "application/octet-stream",
    "Content-Range": "bytes 3-6/7",
    "Content-Length": "4",
    ETag: '"a model"',
    "Set-Cookie2": "a=b",
  };
  const asked: (string | null)[] = [];
  const fetch = (request: Request) => {
    asked.push(request.headers.get("Range"));
    return Promise.resolve(new Response("ghts", { status: 206, headers: said }));
  };
  const app = keepApp(await listOf("one"), { ...ground, fetch });
  const request = new Request(`${scope}models/own/model.onnx`, { headers: { Range: "bytes=3-" } });
  const answer = await app.answer(request)!;
  expect(asked).toEqual(["bytes=3-"]);
  expect([answer.status, await answer.text()]).toEqual([206, "ghts"]);
  expect(Object.fromEntries(answer.headers)).toEqual({
    "content-type": "application/octet-stream",
    "content-range": "bytes 3-6/7",
    "content-length": "4",
    etag: '"a model"',
    "content-security-policy": "default-src 'none'",
    "cross-origin-opener-policy": "same-origin",
  });
});

test("nothing is kept of a build that the host changed or holds in part", async () => {
  const list = await listOf("one");
  host.set("assets/app-1.js", "app one, and a stranger's line");
  await expect(keepApp(list, ground).keep()).rejects.toThrow("assets/app-1.js is not the file of this build");
  expect(await caches.has("sextant-app-one")).toBe(false);
});

test("a newer build fetches only what changed; tabs of the older one find their files until it is forgotten", async () => {
  await keepApp(await listOf("one"), ground).keep();
  host.delete("assets/app-1.js");
  host.set("assets/app-2.js", "app two").set("", "page two");
  asked = [];
  const two = keepApp(await listOf("two"), ground);
  await two.keep();
  expect(asked.toSorted()).toEqual(["", "assets/app-2.js"]);
  expect(await textOf(two.answer(get("")))).toBe("page two");
  expect(await textOf(two.answer(get("assets/app-1.js")))).toBe("app one");
  await two.forgetOlder();
  expect((await two.answer(get("assets/app-1.js"))!).status).toBe(404);
});

test("a build that came meanwhile is not forgotten by the one before it", async () => {
  const one = keepApp(await listOf("one"), ground);
  await one.keep();
  host.set("", "page two");
  const two = keepApp(await listOf("two"), ground);
  await two.keep();
  await one.forgetOlder();
  host.clear();
  expect(await textOf(two.answer(get("")))).toBe("page two");
  expect(await textOf(two.answer(get("assets/app-1.js")))).toBe("app one");
  await two.forgetOlder();
  expect(await caches.has("sextant-app-one")).toBe(false);
  expect(await textOf(two.answer(get("")))).toBe("page two");
});

test("what is missing of a kept build is fetched again; without a network what is there stays", async () => {
  const app = keepApp(await listOf("one", ["assets/maps.bcmap"]), ground);
  await app.keep();
  const cache = await caches.open("sextant-app-one");
  await cache.delete(`${scope}assets/app-1.js`);
  asked = [];
  await app.mend();
  expect(asked).toEqual(["assets/app-1.js"]);
  await cache.delete(`${scope}assets/app-1.js`);
  host.clear();
  await expect(app.mend()).rejects.toThrow("assets/app-1.js is not the file of this build");
  expect(await textOf(app.answer(get("")))).toBe("page one");
});

test("with its kept files lost, the app is what the host has, even when that is newer", async () => {
  const app = keepApp(await listOf("one"), ground);
  await app.keep();
  await caches.delete("sextant-app-one");
  host.set("", "page two");
  expect(await textOf(app.answer(get("")))).toBe("page two");
});
