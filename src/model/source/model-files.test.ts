import { expect, test } from "vitest";
import { sha256 } from "../../base/hash.ts";
import { createHttpFiles } from "./http-files.ts";
import { readVerified } from "./model-files.ts";

const content = new TextEncoder().encode("weights");
const pinned = { path: "a.bin", sizeBytes: content.length, sha256: await sha256(content) };
const serving = (answer: () => Response) => createHttpFiles("https://models/x/", async () => answer());

test("a file arrives in pieces and is reported as it comes", async () => {
  const asked: string[] = [];
  const files = createHttpFiles("https://models/x/", async (url) => {
    asked.push(String(url));
    const parts = [content.subarray(0, 3), content.subarray(3)];
    return new Response(
      new ReadableStream({ pull: (c) => (parts[0] ? c.enqueue(parts.shift()) : c.close()) }),
    );
  });
  const done: number[] = [];
  const bytes = await readVerified(files, pinned, { onProgress: (n) => done.push(n) });
  expect(bytes).toEqual(content);
  expect(done).toEqual([3, 7]);
  expect(asked).toEqual(["https://models/x/a.bin"]);
});

test.each([
  ["an error page", () => new Response("no", { status: 404 })],
  [
    "no connection",
    () => {
      throw new TypeError("fetch failed");
    },
  ],
  [
    "a broken connection",
    () => new Response(new ReadableStream({ pull: (c) => c.error(new Error("reset")) })),
  ],
])("%s is not-found", async (_, answer) => {
  await expect(readVerified(serving(answer), pinned)).rejects.toMatchObject({ code: "model/not-found" });
});

test.each([
  ["a cut file", "weigh"],
  ["another file of the same length", "weightz"],
])("%s is corrupt", async (_, text) => {
  await expect(
    readVerified(
      serving(() => new Response(text)),
      pinned,
    ),
  ).rejects.toMatchObject({
    code: "model/corrupt",
  });
});

test("an abort is an abort, not a missing file", async () => {
  const files = createHttpFiles("https://models/x/", async (_, init) => {
    await new Promise((_, reject) =>
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
    );
    return new Response();
  });
  const stop = new AbortController();
  const reading = files.read("a.bin", { signal: stop.signal });
  stop.abort();
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
});
