import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openFaultProxy, type Fault } from "../../../tools/chroma/fault-proxy.ts";
import { SELF_SIGNED } from "../../../tools/chroma/self-signed.ts";
import { startChroma } from "../../../tools/chroma/start-chroma.ts";
import { TEST_MAKE, testRows } from "../../contract/corpus-store.contract.ts";
import type { CorpusRow, SextantError } from "../../contract/index.ts";
import { DEFAULT_PLACE } from "../../remote/address.ts";
import type { Patience } from "../../remote/ask.ts";
import { openChroma } from "../../remote/index.ts";
import { pushCorpus, type PushSource } from "./push-corpus.ts";

const server = await startChroma();
const proxy = await openFaultProxy(server?.url ?? "http://127.0.0.1:9");
afterAll(async () => {
  await proxy.close();
  await server?.close();
});
beforeEach(() => {
  proxy.fault = () => null;
});

const QUICK: Patience = { attempts: 3, firstMs: 1, mostMs: 4, answerMs: 5_000 };
const ROWS = testRows(60);
const { signal } = new AbortController();

let made = 0;
let name = "";
beforeEach(() => void (name = `faults-${++made}`));

const pauses: { ms: number; why: SextantError }[] = [];
function connect(url = proxy.url, patience = QUICK) {
  pauses.length = 0;
  return openChroma(
    { url, ...DEFAULT_PLACE, key: "a key" },
    { patience, onPause: (ms, why) => pauses.push({ ms, why }) },
  );
}

/** In batches of 10; counts what had to be embedded. */
function sourceOf(rows: readonly CorpusRow[]): PushSource & { embedded: number } {
  const vectors = new Map(rows.map(({ item, vector }) => [item.id, vector]));
  const source = {
    embedded: 0,
    total: rows.length,
    async *batches() {
      for (let from = 0; from < rows.length; from += 10)
        yield rows.slice(from, from + 10).map(({ item }) => item);
    },
    async vectorsOf(items: readonly { id: string }[]) {
      source.embedded += items.length;
      return items.map(({ id }) => vectors.get(id)!);
    },
  };
  return source;
}

const push = async (source = sourceOf(ROWS), options: { deletes?: boolean; scope?: "part" } = {}) =>
  pushCorpus(source, await connect().openFor(name, TEST_MAKE), {
    signal,
    scope: "whole",
    lanes: 1,
    ...options,
  });

/** Every row is there once, to the last value. */
async function expectAllThere(rows = ROWS): Promise<void> {
  const store = await connect(server!.url).open(name);
  expect(await store.count()).toBe(rows.length);
  expect(await store.read(rows.map(({ item }) => item.id))).toEqual(rows);
}

const isUpsert = ({ path }: { path: string }) => path.endsWith("/upsert");
/** What the n-th upsert and those after it meet. */
function fromUpsert(n: number, fault: Fault | ((upserts: number) => Fault | null)): void {
  let upserts = 0;
  proxy.fault = (request) => {
    if (!isUpsert(request) || ++upserts < n) return null;
    return typeof fault === "function" ? fault(upserts) : fault;
  };
}

describe.skipIf(server === null)("a push to a server that does what bad servers do", () => {
  test("pushed twice it is there once; nothing is embedded again; what was added and removed is told apart", async () => {
    const first = await push();
    expect(first).toEqual({ passages: 60, sent: 60, others: 0, removed: 0 });
    const again = sourceOf(ROWS);
    expect(await push(again)).toMatchObject({ sent: 0, others: 0 });
    expect(again.embedded).toBe(0);
    const changed = [...ROWS.slice(5), ...testRows(3, 8)];
    expect(await push(sourceOf(changed))).toEqual({ passages: 58, sent: 3, others: 5, removed: 0 });
    expect(await (await connect().open(name)).count()).toBe(63);
    expect(await push(sourceOf(changed), { deletes: true })).toMatchObject({
      sent: 0,
      others: 5,
      removed: 5,
    });
    await expectAllThere(changed);
    expect((await connect().open(name)).sealed?.passages).toBe(58);
  });

  test("shares of one job add up, and none removes another's", async () => {
    await push(sourceOf(ROWS.slice(0, 25)), { scope: "part" });
    await push(sourceOf(ROWS.slice(25)), { scope: "part" });
    expect(await push()).toMatchObject({ sent: 0, others: 0 });
    await expectAllThere();
  });

  test("killed in the middle and started again: the rest is sent, nothing doubled", async () => {
    const store = await connect().openFor(name, TEST_MAKE);
    let killed: Promise<void> | undefined;
    const onProgress = ({ donePassages }: { donePassages: number }): void => {
      if (donePassages === 20) killed = server!.kill();
    };
    const cut = pushCorpus(sourceOf(ROWS), store, { signal, scope: "whole", lanes: 1, onProgress });
    await expect(cut).rejects.toMatchObject({ code: "remote/unreachable" });
    await killed;
    await server!.restart();
    const rest = sourceOf(ROWS);
    await push(rest);
    expect(rest.embedded).toBeLessThanOrEqual(40);
    await expectAllThere();
  });

  test("connections that end before and within an answer are asked again", async () => {
    let upserts = 0;
    proxy.fault = (request) =>
      isUpsert(request) ? ([{ cut: "after" }, { cut: "before" }, null] as const)[upserts++ % 3]! : null;
    expect(await push()).toMatchObject({ sent: 60 });
    expect(pauses.map(({ why }) => why.code)).toContain("remote/unreachable");
    expect(pauses.map(({ why }) => why.code)).toContain("remote/cut-off");
    await expectAllThere();
    fromUpsert(1, { cut: "after" });
    await expect(push(sourceOf(testRows(3, 9)))).rejects.toMatchObject({ code: "remote/cut-off" });
  });

  test("429 waits as long as it is told, and not for an hour; 503 is the same", async () => {
    fromUpsert(2, (n) =>
      n === 2 ? { answer: 429, headers: { "Retry-After": "0" } } : n === 3 ? { answer: 503 } : null,
    );
    expect(await push()).toMatchObject({ sent: 60 });
    expect(pauses.map(({ ms }) => ms)).toEqual([0, 2]);
    await expectAllThere();
    name += "-hour";
    fromUpsert(1, { answer: 429, headers: { "Retry-After": "3600" } });
    await expect(push()).rejects.toMatchObject({ code: "remote/busy" });
    expect(pauses).toEqual([]);
  });

  test("413 sends halves; a single passage that is too large is refused with what to do", async () => {
    proxy.fault = (request) => (isUpsert(request) && request.body.length > 2_500 ? { answer: 413 } : null);
    expect(await push()).toMatchObject({ sent: 60 });
    await expectAllThere();
    name += "-none";
    fromUpsert(1, { answer: 413 });
    await expect(push()).rejects.toMatchObject({ code: "remote/refused", details: { status: 413 } });
  });

  test("500 is tried again; when it stays, what has arrived is kept and not sent again", async () => {
    fromUpsert(3, (n) => (n === 3 ? { answer: 500 } : null));
    await push(sourceOf(ROWS.slice(0, 30)));
    fromUpsert(2, { answer: 500, body: "<h1>Oops</h1>" });
    await expect(push()).rejects.toMatchObject({
      code: "remote/cut-off",
      details: { said: "<h1>Oops</h1>" },
    });
    proxy.fault = () => null;
    const rest = sourceOf(ROWS);
    await push(rest);
    expect(rest.embedded).toBe(20);
    await expectAllThere();
  });

  test("a slow server is waited for; a silent one is not waited for for ever", async () => {
    fromUpsert(2, { waitMs: 30 });
    expect(await push()).toMatchObject({ sent: 60 });
    proxy.fault = () => ({ waitMs: 2_000 });
    const impatient = { ...QUICK, attempts: 2, answerMs: 40 };
    await expect(connect(proxy.url, impatient).open(name)).rejects.toMatchObject({ code: "remote/cut-off" });
    const stop = AbortSignal.timeout(40);
    await expect(connect().open(name, stop)).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("a collection that holds vectors of another length refuses, whatever it says of itself", async () => {
    const store = await connect().openFor(name, { ...TEST_MAKE, dim: 3 });
    await store.put([{ item: testRows(1, 5)[0]!.item, vector: Float32Array.of(1, 0, 0) }]);
    await expect(push()).rejects.toMatchObject({ code: "remote/other-model" });
    proxy.fault = ({ method, path }) =>
      method === "GET" && path.endsWith(name)
        ? { lie: (body) => body.replace('"sextant:dim":3', '"sextant:dim":24') }
        : null;
    await expect(push()).rejects.toMatchObject({ code: "remote/other-model" });
    expect(await store.count()).toBe(1);
  });

  test("another version's API, another program, another key: each is said before anything is sent", async () => {
    const faults: [Fault, string][] = [
      [{ answer: 404 }, "remote/other-version"],
      [
        { answer: 410, body: '{"error":"Unimplemented","message":"The v2 API is gone"}' },
        "remote/other-version",
      ],
      [{ answer: 200, body: "<html>Welcome</html>" }, "remote/other-version"],
      [{ answer: 401 }, "remote/denied"],
      [{ answer: 403 }, "remote/denied"],
      [{ answer: 307, headers: { Location: "http://127.0.0.1:9/" } }, "remote/unreachable"],
    ];
    for (const [fault, code] of faults) {
      proxy.fault = () => fault;
      const before = proxy.asked.length;
      await expect(push()).rejects.toMatchObject({ code });
      expect(proxy.asked.slice(before).every(({ body }) => body === "")).toBe(true);
    }
    expect(proxy.asked.at(-1)!.headers["x-chroma-token"]).toBe("a key");
    await expect(connect().open(name)).rejects.toMatchObject({ code: "remote/unreachable" });
  });

  test("an address where nothing answers is said soon, however patient the work is", async () => {
    proxy.fault = () => ({ cut: "before" });
    await expect(connect(proxy.url, { ...QUICK, attempts: 9 }).open(name)).rejects.toMatchObject({
      code: "remote/unreachable",
    });
    expect(pauses).toHaveLength(1);
  });

  test("a server that lies about counts, or loses what it took, is found out", async () => {
    const lies: [RegExp, (body: string) => string][] = [
      [/\/count$/, () => "59"],
      [/\/get$/, (body) => body.replace(ROWS[30]!.item.id, ROWS[31]!.item.id)],
    ];
    for (const [path, lie] of lies) {
      await push();
      proxy.fault = (request) => (path.test(request.path) ? { lie } : null);
      await expect(push()).rejects.toMatchObject({ code: "remote/miscount" });
      proxy.fault = () => null;
    }
    proxy.fault = ({ path }) => (path.endsWith("/count") ? { lie: () => '"many"' } : null);
    await expect(push()).rejects.toMatchObject({ code: "remote/other-version" });
    proxy.fault = () => null;
    await expectAllThere();
  });
});

test("a certificate that nobody vouches for is refused before anything is sent", async () => {
  const secure = await openFaultProxy("http://127.0.0.1:9", SELF_SIGNED);
  const failed = await connect(secure.url)
    .open("any")
    .catch((error: SextantError) => error);
  expect(failed).toMatchObject({
    code: "remote/unreachable",
    details: { why: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  });
  expect((failed as Error).message).toContain("certificate");
  expect(secure.asked).toEqual([]);
  await secure.close();
});

test("where nothing listens is said with the address, and a wrong address before it is asked", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  await expect(connect(`http://127.0.0.1:${port}`).list()).rejects.toMatchObject({
    code: "remote/unreachable",
    details: { url: `http://127.0.0.1:${port}`, why: "ECONNREFUSED" },
  });
  for (const url of ["ftp://x", "http://u:p@x", "http://x/chroma", "http://"])
    expect(() => connect(url)).toThrow("The address of the server must be like");
});
