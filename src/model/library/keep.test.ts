import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileServer, type FileServer } from "../../../tools/file-server/file-server.ts";
import type { AddModelRequest, Dtype } from "../../contract/index.ts";
import type { ModelManifest } from "../manifest.ts";
import { createModelLibrary } from "./create-model-library.ts";
import { folderName, storedIds } from "./stored-model.ts";
import { openLibrary } from "./testing/open-library.ts";
import { DESCRIPTION, knownModel, pickedFrom, publishedFiles } from "./testing/published.ts";

let server: FileServer;
const served: Record<string, Uint8Array> = {};
beforeEach(async () => {
  for (const path of Object.keys(served)) delete served[path];
  server = await openFileServer(served);
});
afterEach(() => server.close());

const fromSite = (id: string, dtype: Dtype = "q8"): AddModelRequest => ({
  origin: { from: "site", id },
  dtype,
});
const open = (change: Parameters<typeof openLibrary>[0] = {}) =>
  openLibrary({ siteUrl: `${server.url}/models/`, ...change });
function serve(id: string, files: Record<string, Uint8Array>): void {
  for (const [path, bytes] of Object.entries(files)) served[`/models/${id}/${path}`] = bytes;
}

describe("the site", () => {
  test("gives a model as published, which is converted here", async () => {
    serve("group/tiny", publishedFiles());
    const { library, making } = open();
    const choice = await library.add(fromSite("group/tiny"));
    expect(choice.modelId).toBe("group/tiny");
    expect(making.made[0]?.description).toMatchObject({ pooling: "cls", repository: null });
    server.asked.length = 0;
    await library.add(fromSite("group/tiny", "q4"));
    expect(server.asked).toEqual([]);
  });

  test("gives a folder that Sextant made, which is verified and kept as it is", async () => {
    const maker = openLibrary();
    const { modelId } = await maker.library.add({
      origin: { from: "files", name: "tiny", files: pickedFrom(publishedFiles()) },
      dtype: "q8",
    });
    const folder = maker.store.folder(folderName(modelId));
    for (const { path, sizeBytes } of await folder.list())
      serve("made", { [path]: await (await folder.open(path)).read(0, sizeBytes) });

    const { library, making, paths } = open();
    const choice = await library.add(fromSite("made"));
    expect(choice.modelId).toBe(modelId);
    expect(making.made).toEqual([]);
    expect((await paths()).filter((path) => /download|source/.test(path))).toEqual([]);
    await library.open(choice);
    await expect(library.add(fromSite("made", "fp16"))).rejects.toMatchObject({ code: "model/not-found" });

    serve("made", { "onnx/model_quantized.onnx": new Uint8Array(10) });
    const other = open();
    await expect(other.library.add(fromSite("made"))).rejects.toMatchObject({ code: "model/corrupt" });
    await expect(other.library.open(choice)).rejects.toMatchObject({ code: "model/not-found" });
  });

  test("pages in place of files count as none", async () => {
    const fetchFile: typeof fetch = async () =>
      new Response("<!doctype html>", { headers: { "Content-Type": "text/html; charset=utf-8" } });
    const { library } = open({ fetchFile });
    await expect(library.add(fromSite("tiny"))).rejects.toMatchObject({
      code: "model/not-found",
      details: { missing: "config.json" },
    });
  });

  test.each(["../secret", "/etc", "a//b", "a?b", "a/../b", "", "https://x"])(
    "the name %j leads nowhere else",
    async (id) => {
      const { library } = open();
      await expect(library.add(fromSite(id))).rejects.toMatchObject({ code: "engine/invalid-input" });
      expect(server.asked).toEqual([]);
    },
  );
});

describe("removing", () => {
  async function filled() {
    serve("tiny", publishedFiles());
    const opened = open();
    await opened.library.add(fromSite("tiny", "q8"));
    await opened.library.add(fromSite("tiny", "fp16"));
    return opened;
  }

  test("one precision leaves the others and the original", async () => {
    const { library, paths } = await filled();
    await library.remove("tiny", "q8");
    expect(await library.list()).toMatchObject([
      { variants: [{ dtype: "fp16" }], original: { doneBytes: 400_000 } },
    ]);
    expect(await paths()).not.toContain("tiny/onnx/model_quantized.onnx");
    await library.remove("tiny", "fp16");
    expect(await library.list()).toMatchObject([{ variants: [], original: { doneBytes: 400_000 } }]);
  });

  test("the original leaves what was made of it; the next precision is fetched anew", async () => {
    const { library, paths } = await filled();
    await library.remove("tiny", "original");
    expect((await paths()).filter((path) => path.includes("original"))).toEqual([]);
    expect(await library.list()).toMatchObject([{ variants: [{}, {}], original: null }]);
    server.asked.length = 0;
    await library.add(fromSite("tiny", "q4"));
    expect(server.asked.map(({ path }) => path)).toContain("/models/tiny/model.safetensors");
  });

  test("everything, piece by piece or at once, leaves nothing", async () => {
    for (const pieces of [["q8", "original", "fp16"], ["original", "fp16", "q8"], [undefined]] as const) {
      const { library, paths } = await filled();
      for (const piece of pieces) await library.remove("tiny", piece);
      expect(await paths()).toEqual([]);
      expect(await library.list()).toEqual([]);
      await library.remove("tiny");
    }
  });

  test("a model that is being added is refused, another is not", async () => {
    serve("tiny", publishedFiles());
    serve("other", publishedFiles(4));
    const { library, making } = open();
    await library.add(fromSite("other"));
    let removing: Promise<unknown> = Promise.resolve();
    making.onHalf = () => {
      removing = Promise.allSettled([library.remove("tiny"), library.remove("other")]);
    };
    await library.add(fromSite("tiny"));
    expect(await removing).toMatchObject([
      { status: "rejected", reason: { code: "engine/invalid-input" } },
      { status: "fulfilled" },
    ]);
    await library.remove("tiny");
    expect(await library.list()).toEqual([]);
  });
});

describe("the bundled model", () => {
  const file = (path: string) => ({ path, sizeBytes: 3, sha256: "cd".repeat(32) });
  const bundled: ModelManifest = {
    ...DESCRIPTION,
    id: "mini",
    format: 1,
    dim: 8,
    maxTokens: 16,
    fingerprint: "ef".repeat(32),
    files: {
      config: file("config.json"),
      tokenizer: file("tokenizer.json"),
      tokenizerConfig: file("tokenizer_config.json"),
      reference: file("reference.json"),
    },
    weights: { q8: file("onnx/model_quantized.onnx") },
  };

  test("is there without being added, is read from the site, and cannot be removed", async () => {
    serve("mini", { "onnx/model_quantized.onnx": new Uint8Array([1, 2, 3]) });
    const mini = await knownModel(1, { id: "mini", repository: null, bundled });
    const none = await knownModel(1, { id: "bm25", architecture: "none", repository: null });
    const { library, paths } = open({ catalog: [mini, none] });
    expect(await library.list()).toMatchObject([
      { id: "mini", bundled: true, variants: [{ dtype: "q8", sizeBytes: 3 }] },
      { id: "bm25", bundled: false, variants: [] },
    ]);
    expect(await library.add(fromSite("mini"))).toEqual({ modelId: "mini", dtype: "q8" });
    const { manifest, files } = await library.open({ modelId: "mini", dtype: "q8" });
    expect(manifest).toBe(bundled);
    expect(await files.read("onnx/model_quantized.onnx")).toEqual(Uint8Array.of(1, 2, 3));
    for (const what of [undefined, "q8"] as const)
      await expect(library.remove("mini", what)).rejects.toMatchObject({ code: "engine/invalid-input" });
    await expect(library.add(fromSite("bm25"))).rejects.toMatchObject({ code: "engine/invalid-input" });
    await expect(library.open({ modelId: "mini", dtype: "fp32" })).rejects.toMatchObject({
      code: "model/not-found",
    });
    expect(await paths()).toEqual([]);
  });
});

test("an id becomes a folder's name of plain letters, and comes back from it", async () => {
  const ids = ["BAAI/llm-embedder", "files:Größe-模型", "a.b@v1/x", "..", "%41"];
  const { store } = openLibrary();
  for (const id of ids) {
    expect(folderName(id)).toMatch(/^[\w%-]+$/);
    await (await store.folder(folderName(id)).create("a")).close();
  }
  expect(await storedIds(store)).toEqual(ids);
});

test("without a browser nobody says how much room there is, and nothing is refused", async () => {
  const { store, making } = openLibrary();
  const hub = () => ({ endpoint: "https://hub.invalid", token: null });
  const library = createModelLibrary({ store, catalog: [], siteUrl: null, hub, convert: making.convert });
  const files = pickedFrom(publishedFiles());
  await library.add({ origin: { from: "files", name: "x", files }, dtype: "q8" });
  expect(await library.list()).toHaveLength(1);
});
