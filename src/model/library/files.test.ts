import { describe, expect, test } from "vitest";
import type { AddModelProgress, AddModelRequest, Dtype, PickedFile } from "../../contract/index.ts";
import { openLibrary } from "./testing/open-library.ts";
import { graphFiles, knownModel, pickedFrom, publishedFiles, weightBytes } from "./testing/published.ts";

const fromFiles = (
  files: readonly PickedFile[],
  dtype: Dtype = "q8",
  name = "My tiny BERT",
): AddModelRequest => ({
  origin: { from: "files", name, files },
  dtype,
});
const picked = pickedFrom(publishedFiles());

/** A folder that the library made, as a person would pick it. */
async function madeFolder(dtypes: readonly Dtype[] = ["q8", "fp16"]) {
  const { library, store } = openLibrary();
  let id = "";
  for (const dtype of dtypes) id = (await library.add(fromFiles(picked, dtype))).modelId;
  const [name = ""] = await store.names();
  const folder = store.folder(name);
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { path, sizeBytes } of await folder.list())
    files[path] = await (await folder.open(path)).read(0, sizeBytes);
  return { id, files };
}

describe("weights as published", () => {
  test("are converted straight from where they lie; no copy is made", async () => {
    const { library, making, paths } = openLibrary();
    const progress: AddModelProgress[] = [];
    const choice = await library.add(fromFiles(picked), { onProgress: (now) => progress.push(now) });
    expect(choice.modelId).toMatch(/^files:my-tiny-bert-[0-9a-f]{8}$/);
    expect(making.made[0]).toMatchObject({
      description: { name: "My tiny BERT", repository: null, pooling: "cls", licence: "not stated" },
      sourceSha256: expect.stringMatching(choice.modelId.slice(-8)) as string,
    });
    expect((await paths()).filter((path) => /safetensors|original|bin/.test(path))).toEqual([]);
    expect(progress.map(({ phase }) => phase)).toContain("convert");
    expect(await library.list()).toMatchObject([{ about: "Added from files.", original: null }]);
    await library.open(choice);
  });

  test("the same files are the same model, under any name; others are another", async () => {
    const { library, making } = openLibrary();
    const first = await library.add(fromFiles(picked));
    await library.add(fromFiles(picked));
    expect(making.made).toHaveLength(1);
    const second = await library.add(fromFiles(pickedFrom(publishedFiles(3), "")));
    expect(second.modelId).not.toBe(first.modelId);
    expect(await library.list()).toHaveLength(2);
  });

  test("the catalog's own weights are known by their digest", async () => {
    const { library, making } = openLibrary({ catalog: [await knownModel()] });
    expect(await library.add(fromFiles(picked))).toEqual({ modelId: "known", dtype: "q8" });
    expect(making.made[0]?.description).toMatchObject({ id: "known", prefixes: "tasks" });
    const other = await library.add(fromFiles(pickedFrom(publishedFiles(3)), "q8", "known"));
    expect(other.modelId).toMatch(/^files:known-/);
  });

  test("where the catalog has no digest, name and size decide", async () => {
    const files = [{ path: "model.safetensors", sizeBytes: 400_000, sha256: null }];
    const { library } = openLibrary({ catalog: [await knownModel(1, { files })] });
    expect((await library.add(fromFiles(picked, "q8", "owner--known"))).modelId).toBe("known");
    expect((await library.add(fromFiles(picked, "q8", "something"))).modelId).toMatch(/^files:/);
  });

  test("a conversion that fails leaves nothing behind", async () => {
    const { library, making, paths } = openLibrary();
    making.onHalf = () => {
      throw new Error("broken");
    };
    await expect(library.add(fromFiles(picked))).rejects.toThrow("broken");
    expect(await paths()).toEqual([]);
    expect(await library.list()).toEqual([]);
  });

  test("no room is said before anything is written", async () => {
    const { library, paths } = openLibrary({ findRoom: async () => 1000 });
    await expect(library.add(fromFiles(picked))).rejects.toMatchObject({ code: "storage/full" });
    expect(await paths()).toEqual([]);
  });

  test("what is missing is named", async () => {
    const { library } = openLibrary();
    const without = picked.filter(({ path }) => !path.endsWith("vocab.txt"));
    await expect(library.add(fromFiles(without))).rejects.toMatchObject({
      code: "model/not-found",
      details: { missing: "tokenizer.json or vocab.txt" },
    });
  });
});

describe("graphs alone", () => {
  test("are stored as they are for transformers.js", async () => {
    const { library, paths } = openLibrary();
    const choice = await library.add(fromFiles(pickedFrom(graphFiles())));
    expect((await library.list())[0]).toMatchObject({ architecture: "other", variants: [{ dtype: "q8" }] });
    expect((await paths()).filter((path) => path.endsWith(".onnx"))).toHaveLength(1);
    await library.open(choice);
  });

  test("a failure leaves nothing, and without a pipeline they are refused", async () => {
    const failing = openLibrary({ preparePipeline: () => Promise.reject(new Error("no")) });
    await expect(failing.library.add(fromFiles(pickedFrom(graphFiles())))).rejects.toThrow("no");
    expect(await failing.paths()).toEqual([]);
  });
});

describe("a folder that Sextant made", () => {
  test("is copied in the wanted precision, verified, and needs no conversion", async () => {
    const { id, files } = await madeFolder();
    const { library, making, paths } = openLibrary();
    const choice = await library.add(fromFiles(pickedFrom(files)));
    expect(choice).toEqual({ modelId: id, dtype: "q8" });
    expect(making.made).toEqual([]);
    expect((await library.open(choice)).manifest.weights).toEqual({
      q8: expect.objectContaining({ path: "onnx/model_quantized.onnx" }) as object,
    });
    await library.add(fromFiles(pickedFrom(files), "fp16"));
    expect((await library.list())[0]?.variants).toHaveLength(2);
    expect((await paths()).filter((path) => path.endsWith("source.json"))).toEqual([]);
    await expect(library.add(fromFiles(pickedFrom(files), "q4"))).rejects.toThrowError(/fp16/);
  });

  test.each(["onnx/model_quantized.onnx", "tokenizer.json"])("another %s is corrupt", async (path) => {
    const { files } = await madeFolder();
    const changed = { ...files, [path]: weightBytes(4, files[path]?.length) };
    const { library } = openLibrary();
    await expect(library.add(fromFiles(pickedFrom(changed)))).rejects.toMatchObject({
      code: "model/corrupt",
    });
    expect((await library.list()).flatMap(({ variants }) => variants)).toEqual([]);
    await library.add(fromFiles(pickedFrom(files)));
    expect((await library.list())[0]?.variants).toHaveLength(1);
  });

  test.each<[string, (manifest: Record<string, unknown>) => object]>([
    ["no JSON object", () => []],
    ["a file outside", (manifest) => ({ ...manifest, files: { config: { path: "../config.json" } } })],
    ["weights in another place", (manifest) => ({ ...manifest, weights: { q8: { path: "source.json" } } })],
    ["no digest", (manifest) => ({ ...manifest, fingerprint: "x" })],
    ["an unknown precision", (manifest) => ({ ...manifest, weights: { q1: {} } })],
    ["no size", (manifest) => ({ ...manifest, dim: -1 })],
  ])("a manifest with %s is corrupt", async (_what, change) => {
    const { files } = await madeFolder(["q8"]);
    const manifest = JSON.parse(new TextDecoder().decode(files["sextant.json"])) as Record<string, unknown>;
    const text = new TextEncoder().encode(JSON.stringify(change(manifest)));
    const { library, paths } = openLibrary();
    const adding = library.add(fromFiles(pickedFrom({ ...files, "sextant.json": text })));
    await expect(adding).rejects.toMatchObject({ code: "model/corrupt" });
    expect(await paths()).toEqual([]);
  });

  test("of a later format is unsupported", async () => {
    const text = new TextEncoder().encode('{"format":2}');
    const { library } = openLibrary();
    const adding = library.add(fromFiles(pickedFrom({ "sextant.json": text })));
    await expect(adding).rejects.toMatchObject({ code: "model/unsupported" });
  });

  test("another version under the same id is refused; the one here stays", async () => {
    const { files, id } = await madeFolder(["q8"]);
    const manifest = JSON.parse(new TextDecoder().decode(files["sextant.json"])) as object;
    const other = { ...manifest, fingerprint: "ab".repeat(32) };
    const text = new TextEncoder().encode(JSON.stringify(other));
    const { library } = openLibrary();
    await library.add(fromFiles(pickedFrom(files)));
    const adding = library.add(fromFiles(pickedFrom({ ...files, "sextant.json": text })));
    await expect(adding).rejects.toMatchObject({ code: "engine/invalid-input" });
    await library.open({ modelId: id, dtype: "q8" });
  });
});
