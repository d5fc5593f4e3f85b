import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../base/hash.ts";
import { createRng } from "../../base/rng.ts";
import type { WritableFolder } from "../folder.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { downloadFile, type DownloadOptions, type DownloadProgress } from "./download.ts";
import { findWhole } from "./download-record.ts";
import { openFileServer, type FileServer, type Mood } from "../../../tools/file-server/file-server.ts";

const rng = createRng(11);
const content = Uint8Array.from({ length: 600_000 }, () => Math.floor(rng() * 256));
const digest = await sha256(content);
const PATH = "original/model.safetensors";
const known = { sizeBytes: content.length, sha256: digest };
const unknown = { sizeBytes: null, sha256: null };

let server: FileServer;
let target: WritableFolder;
let pauses: number[];

beforeEach(async () => {
  server = await openFileServer({ "/m/model.safetensors": content, "/copy": content });
  target = createMemoryStore().folder("m");
  pauses = [];
});
afterEach(() => server.close());

/** Each call is a fresh start: nothing is kept between calls but the folder. */
function download(options: Partial<DownloadOptions> = {}) {
  const pause = async (ms: number) => void pauses.push(ms);
  const patience = { pause, ...options.patience };
  const url = `${server.url}/m/model.safetensors`;
  return downloadFile({ url, target, path: PATH, expected: known, ...options, patience });
}

async function stored(): Promise<Uint8Array<ArrayBuffer>> {
  const source = await target.open(PATH);
  return source.read(0, source.sizeBytes);
}

/** Digests are compared because a matcher takes a second for each array. */
async function expectStored(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  expect(await sha256(await stored())).toBe(await sha256(bytes));
}

const paths = async () => (await target.list()).map((file) => file.path);

/** Stops a first download after it has written some of the file. */
async function cutOff(mood: Mood, expected: DownloadOptions["expected"] = known): Promise<number> {
  server.moods.push({ pieceBytes: 30_000, ...mood });
  const stop = new AbortController();
  const onProgress = ({ doneBytes }: DownloadProgress) => {
    if (doneBytes > 100_000) stop.abort();
  };
  let nowMs = 0;
  const patience = { nowMs: () => (nowMs += 1000) };
  const cut = download({ expected, signal: stop.signal, onProgress, patience });
  await expect(cut).rejects.toMatchObject({ name: "AbortError" });
  server.asked.length = 0;
  const { length } = await stored();
  expect(length).toBeGreaterThan(100_000);
  expect(length).toBeLessThan(content.length);
  expect(await findWhole(target, PATH)).toBeNull();
  return length;
}

describe("a kind server", () => {
  test.each([
    ["size and digest known", known],
    ["nothing known", unknown],
    ["the digest alone", { ...known, sizeBytes: null }],
  ])("%s: the file arrives and is marked whole", async (_what, expected) => {
    expect(await download({ expected })).toEqual(known);
    await expectStored(content);
    expect(await findWhole(target, PATH)).toMatchObject(known);
    expect(server.asked).toMatchObject([{ range: null }]);
  });

  test("a file that is there is not asked for again", async () => {
    await download();
    expect(await download()).toEqual(known);
    expect(server.asked).toHaveLength(1);
  });

  test("a file that came in another way is taken when its digest is right", async () => {
    const sink = await target.create(PATH);
    await sink.write(content);
    await sink.close();
    expect(await download()).toEqual(known);
    expect(server.asked).toHaveLength(0);
    expect(await findWhole(target, PATH)).toMatchObject(known);
  });

  test("another file under the same name is replaced", async () => {
    const sink = await target.create(PATH);
    await sink.write(content.slice().reverse());
    await sink.close();
    await download();
    await expectStored(content);
  });

  test("headers go with every request", async () => {
    server.moods.push({ dropAfterBytes: 1000 });
    await download({ headers: { Authorization: "Bearer secret" } });
    expect(server.asked).toMatchObject(Array(2).fill({ authorization: "Bearer secret" }));
  });
});

describe("an unkind server", () => {
  test("dropped connections are taken up where they broke", async () => {
    server.moods.push({ dropAfterBytes: 300_000 }, { dropAfterBytes: 1000 }, { dropAfterBytes: 0 });
    await download();
    await expectStored(content);
    expect(server.asked.map(({ range }) => range)).toEqual([
      null,
      "bytes=300000-",
      "bytes=301000-",
      "bytes=301000-",
    ]);
    expect(pauses).toEqual([500, 500, 1000]);
  });

  test("a line that never carries much is given up, and what came is kept", async () => {
    server.moods.push(...Array(20).fill({ dropAfterBytes: 10 }));
    await expect(download()).rejects.toMatchObject({
      code: "model/not-found",
      details: { doneBytes: 70 },
    });
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000]);
    server.moods.length = 0;
    await download();
    expect(server.asked.at(-1)).toMatchObject({ range: "bytes=70-" });
    await expectStored(content);
  });

  test("a server that never sends a part is not asked for ever", async () => {
    server.moods.push(...Array(30).fill({ dropAfterBytes: 500_000, ignoreRange: true }));
    await expect(download()).rejects.toMatchObject({ code: "model/not-found" });
    expect(server.asked).toHaveLength(8);
  });

  test("no server at all is not-found after some tries", async () => {
    const fetchFile = async () => {
      throw new TypeError("fetch failed");
    };
    await expect(download({ fetchFile })).rejects.toMatchObject({ code: "model/not-found" });
    expect(pauses).toHaveLength(6);
  });

  test("a longer length than the content is a drop; the rest that is not there is no error", async () => {
    server.moods.push({ lengthOffBytes: 50 });
    await download({ expected: unknown });
    await expectStored(content);
    expect(server.asked.at(-1)).toMatchObject({ range: "bytes=600000-" });
  });

  test("a shorter length than the content: the rest is asked for", async () => {
    server.moods.push({ lengthOffBytes: -1000 });
    await download();
    await expectStored(content);
    expect(server.asked.at(-1)).toMatchObject({ range: "bytes=599000-" });
  });

  test.each<[string, Mood]>([
    ["other bytes", { content: content.slice().reverse() }],
    ["more bytes", { content: new Uint8Array(content.length + 1) }],
  ])("%s are corrupt, and nothing of them is kept", async (_what, mood) => {
    server.moods.push(mood);
    await expect(download()).rejects.toMatchObject({ code: "model/corrupt" });
    expect(await paths()).toEqual([]);
    await download();
    await expectStored(content);
  });

  test("503 is waited out as long as the server says, within reason", async () => {
    server.moods.push(
      { status: 503, headers: { "Retry-After": "7" } },
      { status: 429, headers: { "Retry-After": "9999" } },
      { status: 500 },
    );
    await download();
    expect(pauses).toEqual([7000, 30_000, 2000]);
  });

  test.each([
    [401, "model/denied"],
    [403, "model/denied"],
    [404, "model/not-found"],
    [400, "model/not-found"],
  ])("%i is %s at once", async (status, code) => {
    server.moods.push({ status });
    await expect(download()).rejects.toMatchObject({ code, details: { status } });
    expect(server.asked).toHaveLength(1);
  });

  test("a slow server is waited for as long as something comes", async () => {
    server.moods.push({ pieceBytes: 50_000 });
    await download({ patience: { stallMs: 2000 } });
    expect(server.asked).toHaveLength(1);
  });

  test("a silent connection is given up and taken up again", async () => {
    server.moods.push({ hangAfterBytes: 5000 });
    await download({ patience: { stallMs: 200 } });
    expect(server.asked.map(({ range }) => range)).toEqual([null, "bytes=5000-"]);
    await expectStored(content);
  });
});

describe("after a reload", () => {
  test("it goes on from what was written", async () => {
    const from = await cutOff({});
    const progress: DownloadProgress[] = [];
    await download({ onProgress: (now) => progress.push(now) });
    expect(server.asked).toMatchObject([{ range: `bytes=${from}-`, ifRange: null }]);
    expect(progress[0]).toMatchObject({ doneBytes: from, totalBytes: content.length });
    await expectStored(content);
  });

  test("without a digest the server is asked whether it is still the same file", async () => {
    const from = await cutOff({}, unknown);
    await download({ expected: unknown });
    expect(server.asked).toMatchObject([{ range: `bytes=${from}-`, ifRange: '"one"' }]);
    await expectStored(content);
  });

  test("another file on the server is downloaded from its beginning", async () => {
    await cutOff({}, unknown);
    const other = content.slice(0, 400_000).reverse();
    server.moods.push({ content: other, etag: '"two"' });
    await download({ expected: unknown });
    await expectStored(other);
  });

  test("a changed tag on a partial answer starts anew", async () => {
    await cutOff({});
    server.moods.push({ etag: '"two"' });
    await download();
    expect(server.asked.at(-1)).toMatchObject({ range: null });
    await expectStored(content);
  });

  test("a server that ignores ranges sends everything again", async () => {
    await cutOff({});
    server.moods.push({ ignoreRange: true });
    await download();
    expect(server.asked).toHaveLength(1);
    await expectStored(content);
  });

  test("a part longer than the server's file starts anew", async () => {
    await cutOff({}, unknown);
    server.moods.push({ content: content.subarray(0, 1000) });
    await download({ expected: unknown });
    await expectStored(content);
    expect(server.asked.map(({ range }) => range === null)).toEqual([false, true]);
  });

  test("another source of the same digest goes on", async () => {
    const from = await cutOff({});
    await download({ url: `${server.url}/copy` });
    expect(server.asked).toMatchObject([{ path: "/copy", range: `bytes=${from}-` }]);
    await expectStored(content);
  });

  test("another source without a digest is another file, cut off or whole", async () => {
    await cutOff({}, unknown);
    await download({ url: `${server.url}/copy`, expected: unknown });
    expect(server.asked).toMatchObject([{ path: "/copy", range: null }]);
    await download({ expected: unknown });
    expect(server.asked.at(-1)).toMatchObject({ path: "/m/model.safetensors", range: null });
  });

  test("a record that was cut off while it was written counts as none", async () => {
    await cutOff({});
    const sink = await target.create(`${PATH}.download.json`);
    await sink.write(new TextEncoder().encode('{"url":"htt'));
    await sink.close();
    await download();
    expect(server.asked).toMatchObject([{ range: null }]);
    await expectStored(content);
  });
});

test("stopping while it waits to try again is at once", async () => {
  const stop = new AbortController();
  server.moods.push({ status: 503, headers: { "Retry-After": "30" } });
  const loading = downloadFile({
    url: `${server.url}/m/model.safetensors`,
    target,
    path: PATH,
    expected: known,
    signal: stop.signal,
  });
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  await expect(loading).rejects.toMatchObject({ name: "AbortError" });
});

test("a full store is said, and what came is kept for when there is room", async () => {
  const small = createMemoryStore({ capacityBytes: 200_000 }).folder("m");
  server.moods.push({ pieceBytes: 30_000 });
  await expect(download({ target: small })).rejects.toMatchObject({ code: "storage/full" });
  expect((await small.open(PATH)).sizeBytes).toBeGreaterThan(100_000);
  expect(await findWhole(small, PATH)).toBeNull();
});
