import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileServer, type FileServer } from "../../../tools/file-server/file-server.ts";
import type { AddModelProgress, AddModelRequest, Dtype } from "../../contract/index.ts";
import type { LibraryOptions } from "./create-model-library.ts";
import { openLibrary } from "./testing/open-library.ts";
import { graphFiles, hubListing, knownModel, publishedFiles, weightBytes } from "./testing/published.ts";

const COMMIT = "0".repeat(40);
const PREFIX = { query: "q: ", key: "k: " };
let server: FileServer;
const served: Record<string, Uint8Array> = {};

async function publish(
  repository: string,
  files: Record<string, Uint8Array<ArrayBuffer>>,
  { revision = "main", commit = COMMIT } = {},
): Promise<void> {
  served[`/api/models/${repository}/revision/${revision}`] = await hubListing(files, commit);
  for (const [path, bytes] of Object.entries(files))
    served[`/${repository}/resolve/${commit}/${path}`] = bytes;
}

beforeEach(async () => {
  for (const path of Object.keys(served)) delete served[path];
  server = await openFileServer(served);
});
afterEach(() => server.close());

const open = (change: Partial<LibraryOptions> = {}) =>
  openLibrary({ hub: () => ({ endpoint: server.url, token: null }), ...change });
const fromHub = (dtype: Dtype = "q8", repository = "owner/tiny"): AddModelRequest => ({
  origin: { from: "hub", repository },
  dtype,
});
const asked = () => server.asked.map(({ path }) => path.replace(/^.*\/(resolve\/0+|revision)\//, ""));

describe("a model outside the catalog", () => {
  beforeEach(() => publish("owner/tiny", publishedFiles()));

  test("what is needed is fetched, and no more; then it is converted and can be opened", async () => {
    const { library, making } = open();
    const progress: AddModelProgress[] = [];
    const choice = await library.add(fromHub(), { onProgress: (now) => progress.push(now) });
    expect(choice).toEqual({ modelId: "owner/tiny", dtype: "q8" });
    expect(asked()).toEqual([
      "main",
      "config.json",
      "vocab.txt",
      "1_Pooling/config.json",
      "model.safetensors",
    ]);
    expect(making.made[0]?.description).toMatchObject({
      id: "owner/tiny",
      name: "tiny",
      repository: "owner/tiny",
      revision: COMMIT,
      architecture: "bert",
      dim: 8,
      maxTokens: 16,
      pooling: "cls",
      licence: "mit",
      languages: ["en"],
      prefixes: { query: "", key: "" },
      unknown: [expect.stringContaining("instructions")],
    });
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual(["list", "download", "convert"]);
    expect(progress.findLast(({ file }) => file === "model.safetensors")).toMatchObject({
      doneBytes: 400_000,
      totalBytes: 400_000,
    });

    const { manifest, files } = await library.open(choice);
    expect(Object.keys(manifest.weights)).toEqual(["q8"]);
    expect(new TextDecoder().decode(await files.read("onnx/model_quantized.onnx"))).toMatch(/^q8 of /);
  });

  test("a listed model is made from its original, and what was deleted is fetched again under its own id", async () => {
    const { library, making } = open();
    await library.add(fromHub());
    server.asked.length = 0;
    const listed: AddModelRequest = { origin: { from: "list", modelId: "owner/tiny" }, dtype: "q4" };
    expect(await library.add(listed)).toEqual({ modelId: "owner/tiny", dtype: "q4" });
    expect(making.made).toHaveLength(2);
    expect(server.asked).toEqual([]);
    await library.remove("owner/tiny", "original");
    await publish("owner/tiny", publishedFiles(), { revision: COMMIT });
    await library.add({ ...listed, dtype: "fp16" });
    expect(asked()[0]).toBe(COMMIT);
    expect((await library.list()).map(({ id }) => id)).toEqual(["owner/tiny"]);
    await expect(
      library.add({ ...listed, origin: { from: "list", modelId: "nobody/knows" } }),
    ).rejects.toMatchObject({ code: "model/not-found" });
  });

  test("the same again asks nobody, and another precision comes from the kept original", async () => {
    const { library, again, making } = open();
    await library.add(fromHub());
    server.asked.length = 0;
    await library.add(fromHub());
    expect(making.made).toHaveLength(1);
    const reloaded = again();
    await reloaded.add(fromHub("fp16"));
    expect(making.made).toHaveLength(2);
    expect(server.asked).toEqual([]);
    const [entry] = await reloaded.list();
    expect(entry).toMatchObject({
      id: "owner/tiny",
      bundled: false,
      downloadBytes: 400_000,
      variants: [{ dtype: "fp16" }, { dtype: "q8" }],
      original: { doneBytes: 400_000, totalBytes: 400_000 },
    });
  });

  test("two adds of one model at once make it once; of two models, one after the other", async () => {
    await publish("owner/other", publishedFiles(5));
    const { library, making } = open();
    await Promise.all([
      library.add(fromHub()),
      library.add(fromHub()),
      library.add(fromHub("q8", "owner/other")),
    ]);
    expect(making.made.map(({ description }) => description.id)).toEqual(["owner/tiny", "owner/other"]);
    expect(asked().filter((path) => path === "model.safetensors")).toHaveLength(2);
  });

  test("another revision is another model", async () => {
    await publish("owner/tiny", publishedFiles(9), { revision: "v2", commit: "2".repeat(40) });
    const { library } = open();
    await library.add(fromHub());
    const origin = { from: "hub", repository: "owner/tiny", revision: "v2" } as const;
    await library.add({ origin, dtype: "q8" });
    expect((await library.list()).map(({ id }) => id).sort()).toEqual(["owner/tiny", "owner/tiny@v2"]);
  });

  test("pooling and instructions that the person names go before the files", async () => {
    const { library, making } = open();
    await library.add({ ...fromHub(), pooling: "mean", prefixes: PREFIX });
    expect(making.made[0]?.description).toMatchObject({ pooling: "mean", prefixes: PREFIX, unknown: [] });
    await library.remove("owner/tiny", "original");
    await library.add(fromHub("fp16"));
    expect(making.made[1]?.description).toMatchObject({ pooling: "mean", prefixes: PREFIX });
    expect((await library.list())[0]?.variants).toHaveLength(2);
    await expect(library.add({ ...fromHub("q4"), pooling: "cls" })).rejects.toMatchObject({
      code: "engine/invalid-input",
    });
  });

  test("no room is said before the weights are asked for", async () => {
    const { library } = open({ findRoom: async () => 300_000 });
    await expect(library.add(fromHub())).rejects.toMatchObject({
      code: "storage/full",
      details: { roomBytes: 300_000 },
    });
    expect(asked()).not.toContain("model.safetensors");
  });

  test("a repository that moved on gives a new model; precisions of the old weights go", async () => {
    const { library, making } = open();
    await library.add(fromHub());
    await library.remove("owner/tiny", "original");
    await publish("owner/tiny", publishedFiles(9), { commit: "3".repeat(40) });
    await library.add(fromHub("fp16"));
    expect(making.made[1]?.description.revision).toBe("3".repeat(40));
    expect((await library.list())[0]?.variants.map(({ dtype }) => dtype)).toEqual(["fp16"]);
  });

  test("a bad id never becomes an address", async () => {
    const { library } = open();
    for (const repository of ["../x", "a/b?c", "https://evil.example/a"])
      await expect(library.add(fromHub("q8", repository))).rejects.toMatchObject({
        code: "engine/invalid-input",
      });
    expect(server.asked).toEqual([]);
  });
});

describe("cut off", () => {
  beforeEach(() => publish("owner/tiny", publishedFiles()));

  async function stopAt(phase: AddModelProgress["phase"], library: ReturnType<typeof open>["library"]) {
    const stop = new AbortController();
    const onProgress = (now: AddModelProgress) => {
      if (now.phase === phase && (phase !== "download" || now.file === "model.safetensors")) stop.abort();
    };
    await expect(library.add(fromHub(), { signal: stop.signal, onProgress })).rejects.toMatchObject({
      name: "AbortError",
    });
    server.asked.length = 0;
  }

  test("a download goes on where it was, and shows as half until then", async () => {
    server.moods.push({}, {}, {}, {}, { hangAfterBytes: 150_000 });
    const { library, again } = open();
    const stop = new AbortController();
    const adding = library.add(fromHub(), { signal: stop.signal });
    for (;;) {
      const [entry] = await library.list();
      if ((entry?.original?.doneBytes ?? 0) === 150_000) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    stop.abort();
    await expect(adding).rejects.toMatchObject({ name: "AbortError" });
    server.asked.length = 0;

    const reloaded = again();
    expect(await reloaded.list()).toMatchObject([
      { id: "owner/tiny", variants: [], original: { doneBytes: 150_000, totalBytes: 400_000 } },
    ]);
    await expect(reloaded.open({ modelId: "owner/tiny", dtype: "q8" })).rejects.toMatchObject({
      code: "model/not-found",
    });
    await reloaded.add(fromHub());
    expect(server.asked.at(-1)).toMatchObject({ range: "bytes=150000-" });
    expect((await reloaded.list())[0]).toMatchObject({ variants: [{ dtype: "q8" }] });
  });

  test("a conversion that was stopped leaves no half weights, and needs no request to go on", async () => {
    const { library, again, paths } = open();
    await stopAt("convert", library);
    expect(await paths()).not.toContain("owner%002Ftiny/onnx/model_quantized.onnx");
    const reloaded = again();
    expect(await reloaded.list()).toMatchObject([{ variants: [], original: { doneBytes: 400_000 } }]);
    await reloaded.add(fromHub());
    expect(server.asked).toEqual([]);
  });

  test("a worker killed in a conversion leaves a file that nobody takes for a model", async () => {
    const { library, again, store, making, paths } = open();
    await library.add(fromHub("fp16"));
    making.onHalf = () => {
      throw new Error("killed");
    };
    // A killed worker does not clean up either.
    const folder = store.folder("owner%002Ftiny");
    const half = await folder.create("onnx/model_quantized.onnx");
    await half.write(new Uint8Array(9));
    await expect(again().add(fromHub())).rejects.toThrow("killed");
    making.onHalf = null;
    const reloaded = again();
    expect((await reloaded.list())[0]?.variants.map(({ dtype }) => dtype)).toEqual(["fp16"]);
    await reloaded.open({ modelId: "owner/tiny", dtype: "fp16" });
    await expect(reloaded.open({ modelId: "owner/tiny", dtype: "q8" })).rejects.toMatchObject({
      code: "model/not-found",
    });
    await reloaded.add(fromHub());
    expect((await reloaded.list())[0]?.variants).toHaveLength(2);
    expect(await paths()).toContain("owner%002Ftiny/onnx/model_quantized.onnx");
  });

  test("a manifest that was cut off while it was written is read from its copy", async () => {
    const { library, again, store } = open();
    await library.add(fromHub());
    const folder = store.folder("owner%002Ftiny");
    const whole = await folder.open("sextant.json");
    const bytes = await whole.read(0, whole.sizeBytes);
    for (const [path, length] of [
      ["sextant.next.json", bytes.length],
      ["sextant.json", 40],
    ] as const) {
      const sink = await folder.create(path);
      await sink.write(bytes.subarray(0, length));
    }
    expect((await again().list())[0]?.variants).toMatchObject([{ dtype: "q8" }]);
    await folder.remove("sextant.next.json");
    expect((await again().list())[0]?.variants).toEqual([]);
  });
});

describe("a model of the catalog", () => {
  test("is found by its repository, and described by the catalog alone", async () => {
    await publish("owner/known", publishedFiles());
    const { library, making } = open({ catalog: [await knownModel()] });
    const choice = await library.add(fromHub("q8", "Owner/Known"));
    expect(choice.modelId).toBe("known");
    const { manifest } = await library.open(choice);
    expect(manifest).toMatchObject({ id: "known", pooling: "cls", prefixes: "tasks", licence: "MIT" });
    expect(Object.keys(making.made[0]?.description ?? {})).not.toContain("about");
    expect(await library.list()).toMatchObject([
      { id: "known", about: "A model of the catalog.", variants: [{ dtype: "q8" }], downloadBytes: 400_000 },
    ]);
  });

  test("other weights than it pins are corrupt before they are fetched", async () => {
    await publish("owner/known", publishedFiles(7));
    const { library } = open({ catalog: [await knownModel(1)] });
    await expect(library.add(fromHub("q8", "owner/known"))).rejects.toMatchObject({ code: "model/corrupt" });
    expect(asked()).toEqual(["main"]);
  });

  test("weights that differ although the listing is right are corrupt and deleted", async () => {
    await publish("owner/known", publishedFiles());
    served[`/owner/known/resolve/${COMMIT}/model.safetensors`] = weightBytes(3);
    const { library, paths } = open({ catalog: [await knownModel()] });
    await expect(library.add(fromHub("q8", "owner/known"))).rejects.toMatchObject({ code: "model/corrupt" });
    expect((await paths()).filter((path) => path.includes("safetensors"))).toEqual([]);
  });

  test("other pooling than the catalog's is refused", async () => {
    const { library } = open({ catalog: [await knownModel()] });
    const request = { ...fromHub("q8", "owner/known"), pooling: "mean" } as const;
    await expect(library.add(request)).rejects.toMatchObject({ code: "engine/invalid-input" });
    expect(server.asked).toEqual([]);
  });
});

describe("a model that is no BERT", () => {
  test("comes as the graph of its precision, another precision as another graph", async () => {
    await publish("owner/graphs", graphFiles());
    const { library, paths } = open();
    await library.add(fromHub("q8", "owner/graphs"));
    expect(asked()).toEqual(["main", "config.json", "tokenizer.json", "onnx/model_quantized.onnx"]);
    await library.add(fromHub("fp16", "owner/graphs"));
    const entry = (await library.list())[0];
    expect(entry).toMatchObject({
      architecture: "other",
      variants: [{ dtype: "fp16" }, { dtype: "q8" }],
      original: null,
    });
    const { files } = await library.open({ modelId: "owner/graphs", dtype: "fp16" });
    expect(await files.read("onnx/model_fp16.onnx")).toHaveLength(400_000);
    await library.remove("owner/graphs", "q8");
    expect(await paths()).not.toContain("owner%002Fgraphs/onnx/model_quantized.onnx");
  });

  test("a precision that is not published is refused by name", async () => {
    await publish("owner/graphs", graphFiles());
    const { library } = open();
    await expect(library.add(fromHub("q4", "owner/graphs"))).rejects.toThrowError(/fp16, q8/);
  });

  test("without graphs it is refused, naming what the configuration says", async () => {
    await publish("owner/roberta", {
      ...publishedFiles(),
      "config.json": new TextEncoder().encode('{"model_type":"roberta"}'),
    });
    const { library } = open();
    await expect(library.add(fromHub("q8", "owner/roberta"))).rejects.toMatchObject({
      code: "model/unsupported",
      message: expect.stringContaining("roberta") as string,
    });
    expect(asked()).not.toContain("model.safetensors");
  });
});
