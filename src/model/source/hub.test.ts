import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileServer, type FileServer } from "../../../tools/file-server/file-server.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { downloadFile } from "./download.ts";
import { checkRepository, hubHeaders, parseEndpoint, resolveUrl } from "./hub-access.ts";
import { listRepository } from "./hub.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const SHA = "ab".repeat(32);
const LISTING = {
  sha: COMMIT,
  gated: false,
  cardData: { license: "mit", language: ["en", "zh"] },
  siblings: [
    { rfilename: "config.json", size: 571, blobId: "x" },
    {
      rfilename: "model.safetensors",
      size: 438,
      lfs: { size: 438, sha256: SHA, pointerSize: 134 },
    },
    { rfilename: "onnx/model.onnx" },
    { size: 3 },
  ],
};
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer({
    "/api/models/BAAI/llm-embedder/revision/main": bytes(LISTING),
    "/mirror/api/models/BAAI/llm-embedder/revision/v1/x": bytes(LISTING),
    "/BAAI/llm-embedder/resolve/main/config.json": bytes({}),
  });
});
afterEach(() => server.close());

const hub = (token: string | null = null) => ({ endpoint: server.url, token });

describe("listing", () => {
  test("files come with sizes, and digests where the hub has them", async () => {
    expect(await listRepository(hub(), "BAAI/llm-embedder")).toEqual({
      repository: "BAAI/llm-embedder",
      commit: COMMIT,
      files: [
        { path: "config.json", sizeBytes: 571, sha256: null },
        { path: "model.safetensors", sizeBytes: 438, sha256: SHA },
        { path: "onnx/model.onnx", sizeBytes: null, sha256: null },
      ],
      gated: false,
      licence: "mit",
      languages: ["en", "zh"],
    });
  });

  test("a mirror may lie below a path, and a revision may hold a slash", async () => {
    const mirror = { endpoint: `${server.url}/mirror`, token: null };
    const listed = await listRepository(mirror, "BAAI/llm-embedder", { revision: "v1/x" });
    expect(listed.commit).toBe(COMMIT);
  });

  test.each([
    [401, "model/denied"],
    [403, "model/denied"],
    [404, "model/not-found"],
    [500, "model/not-found"],
  ])("%i is %s", async (status, code) => {
    server.moods.push({ status });
    await expect(listRepository(hub(), "BAAI/llm-embedder")).rejects.toMatchObject({ code });
  });

  test.each([
    ["a page", new TextEncoder().encode("<!doctype html>")],
    ["no files", bytes({ sha: COMMIT })],
    ["no commit", bytes({ ...LISTING, sha: "../../x" })],
    ["nothing", bytes(null)],
  ])("%s for an answer is corrupt", async (_what, content) => {
    server.moods.push({ content });
    await expect(listRepository(hub(), "BAAI/llm-embedder")).rejects.toMatchObject({
      code: "model/corrupt",
    });
  });

  test("no connection is not-found, and an abort is an abort", async () => {
    const away = { endpoint: "http://127.0.0.1:1", token: null };
    await expect(listRepository(away, "a/b")).rejects.toMatchObject({ code: "model/not-found" });
    const signal = AbortSignal.abort();
    await expect(listRepository(hub(), "a/b", { signal })).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("token", () => {
  test("goes to the endpoint with the listing and the files", async () => {
    await listRepository(hub("hf_x"), "BAAI/llm-embedder");
    const url = resolveUrl(hub(), "BAAI/llm-embedder", "main", "config.json");
    const headers = hubHeaders(hub("hf_x"), url);
    const target = createMemoryStore().folder("m");
    await downloadFile({ url, headers, target, path: "a", expected: { sizeBytes: null, sha256: null } });
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(["Bearer hf_x", "Bearer hf_x"]);
  });

  test("does not follow a redirect to another origin", async () => {
    const elsewhere = await openFileServer({ "/weights": bytes({ weights: true }) });
    server.moods.push({ redirectTo: `${elsewhere.url}/weights` });
    const url = resolveUrl(hub(), "BAAI/llm-embedder", "main", "model.safetensors");
    const headers = hubHeaders(hub("hf_x"), url);
    const target = createMemoryStore().folder("m");
    await downloadFile({ url, headers, target, path: "a", expected: { sizeBytes: null, sha256: null } });
    expect(server.asked).toMatchObject([{ authorization: "Bearer hf_x" }]);
    expect(elsewhere.asked).toMatchObject([{ path: "/weights", authorization: null }]);
    await elsewhere.close();
  });

  test("is for no other origin, and nothing is sent without one", () => {
    const access = { endpoint: "https://hub.example/path", token: "hf_x" };
    expect(hubHeaders(access, "https://hub.example/a")).toEqual({ Authorization: "Bearer hf_x" });
    expect(hubHeaders(access, "https://cdn.hub.example/a")).toEqual({});
    expect(hubHeaders(access, "http://hub.example/a")).toEqual({});
    expect(hubHeaders({ ...access, token: null }, "https://hub.example/a")).toEqual({});
  });
});

describe("what people type", () => {
  test.each(["BAAI/llm-embedder", "a/b", "Xenova/all-MiniLM-L6-v2", "a_b/c.d-e_1"])("%s is an id", (id) => {
    expect(() => checkRepository(id)).not.toThrow();
  });

  test.each([
    "",
    "a",
    "a/b/c",
    "/a/b",
    "a/",
    "../b",
    "a/..",
    "a/b?x=1",
    "a/b#c",
    "a/b%2F..",
    "https://evil.example/a",
    "a\\b/c",
    "a/b ",
    "a/b\n",
    "-a/b",
    "a/b.",
    "a--b/c",
    "a/b.git",
    "a@b/c",
    `a/${"b".repeat(97)}`,
  ])("%j is none", (id) => {
    expect(() => checkRepository(id)).toThrowError(expect.objectContaining({ code: "engine/invalid-input" }));
  });

  test("a file's name cannot leave its repository", () => {
    const url = resolveUrl(hub(), "a/b", "main", "onnx/a#b %.json");
    expect(url).toBe(`${server.url}/a/b/resolve/main/onnx/a%23b%20%25.json`);
    expect(() => resolveUrl(hub(), "a/b", "main", "../../settings")).toThrowError(
      expect.objectContaining({ code: "engine/invalid-input" }),
    );
  });

  test.each([
    ["", "https://huggingface.co"],
    [" https://hf-mirror.com/ ", "https://hf-mirror.com"],
    ["https://x.example/hub//", "https://x.example/hub"],
    ["http://localhost:8080", "http://localhost:8080"],
  ])("the address %j is %s", (typed, endpoint) => {
    expect(parseEndpoint(typed)).toBe(endpoint);
  });

  test.each([
    "http://hub.example",
    "ftp://a",
    "hub",
    "https://u:p@hub.example",
    "https://a/?x",
    "https://a/#x",
  ])("the address %j is refused", (typed) => {
    expect(() => parseEndpoint(typed)).toThrowError(
      expect.objectContaining({ code: "engine/invalid-input" }),
    );
  });
});
