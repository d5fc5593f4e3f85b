import { beforeAll, describe, expect, test, vi } from "vitest";
import { readBundledTokenizer } from "../../../tools/random-bert/bundled-tokenizer.ts";
import { writeRandomBert } from "../../../tools/random-bert/write-random-bert.ts";
import type { Dtype, ModelDescription } from "../../contract/index.ts";
import { openEncoder } from "../embed/open-encoder.ts";
import { inspectParity, parseReference } from "../embed/parity.ts";
import type { WritableFolder } from "../folder.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { createTokenizer } from "../tokenize/tokenizer.ts";
import { openCheckpoint } from "./checkpoint/open-checkpoint.ts";
import { convertModel, type ConvertOptions } from "./convert-model.ts";
import { parseBertConfig } from "./graphs/bert-config.ts";
import { computeInFloat64 } from "./testing/float64-bert.ts";

/** ONNX Runtime starts slowly on a machine that is busy otherwise. */
vi.setConfig({ testTimeout: 60_000 });

const SHAPE = { layers: 2, hidden: 64, heads: 2, intermediate: 128, vocabulary: 2000, positions: 320 };
const DESCRIPTION: ModelDescription = {
  id: "random",
  name: "Random",
  repository: null,
  revision: null,
  architecture: "bert",
  dim: null,
  maxTokens: null,
  pooling: "cls",
  similarity: "cosine",
  prefixes: "tasks",
  languages: ["en"],
  licence: "MIT",
  unknown: [],
};

async function randomBert(format: "safetensors" | "pytorch", seed = 1): Promise<WritableFolder> {
  const folder = createMemoryStore().folder("published");
  await writeRandomBert(folder, {
    shape: SHAPE,
    seed,
    format,
    dtype: "f32",
    tokenizer: await readBundledTokenizer(),
  });
  return folder;
}
const readJson = async (folder: WritableFolder, path: string): Promise<Record<string, unknown>> => {
  const source = await folder.open(path);
  return JSON.parse(new TextDecoder().decode(await source.read(0, source.sizeBytes)));
};
async function write(folder: WritableFolder, path: string, content: string): Promise<void> {
  const sink = await folder.create(path);
  await sink.write(new TextEncoder().encode(content));
  await sink.close();
}
const filesOf = (folder: WritableFolder) => ({
  read: async (path: string) => {
    const source = await folder.open(path);
    return source.read(0, source.sizeBytes);
  },
});
const listed = async (folder: WritableFolder) => (await folder.list()).map(({ path }) => path).sort();
const convert = (
  source: WritableFolder,
  target: WritableFolder,
  dtype: Dtype,
  more: Partial<ConvertOptions> = {},
) => convertModel({ description: DESCRIPTION, source, target, dtype, ...more });

const SMALL_FILES = [
  "config.json",
  "reference.json",
  "sextant.json",
  "tokenizer.json",
  "tokenizer_config.json",
];

describe("a random BERT of 2 layers and 64 dimensions", () => {
  let published: WritableFolder;
  beforeAll(async () => {
    published = await randomBert("safetensors");
  });

  test("becomes a folder that opens; its reference is what float64 makes of the published weights", async () => {
    const target = createMemoryStore().folder("out");
    const manifest = await convert(published, target, "fp32");
    expect(await listed(target)).toEqual([...SMALL_FILES, "onnx/model.onnx"].sort());
    expect(await readJson(target, "sextant.json")).toEqual(manifest);
    expect(manifest).toMatchObject({ dim: 64, maxTokens: 320 });

    const encoder = await openEncoder({ manifest, files: filesOf(target), dtype: "fp32", gpu: null });
    const checked = await inspectParity(encoder, encoder.reference);
    await encoder.close();
    expect(Math.min(...checked.map(({ cosine }) => cosine))).toBeGreaterThan(0.999999);
    for (const [i, wanted] of [16, 16, 64, 256].entries()) {
      const { lengthTokens } = checked[i] ?? { lengthTokens: 0 };
      expect(lengthTokens).toBeLessThanOrEqual(wanted);
      expect(lengthTokens).toBeGreaterThan(wanted - 8);
    }

    const { texts, vectors } = parseReference(await readJson(target, "reference.json"), 64);
    const tokenizer = await createTokenizer(
      await readJson(target, "tokenizer.json"),
      await readJson(target, "tokenizer_config.json"),
    );
    const exact = await computeInFloat64(
      await openCheckpoint(published),
      parseBertConfig(await readJson(published, "config.json")),
      texts.map((text) => tokenizer.encode(text, 320)),
      "cls",
    );
    for (const [i, vector] of vectors.entries()) {
      const length = Math.hypot(...(exact[i] ?? []));
      vector.forEach((value, k) => expect(value).toBeCloseTo((exact[i]?.[k] ?? 0) / length, 5));
    }
  });

  test("is the same from a PyTorch checkpoint, but for where it came from", async () => {
    const fromTorch = createMemoryStore().folder("torch");
    const fromSafetensors = createMemoryStore().folder("safetensors");
    const torch = await convert(await randomBert("pytorch"), fromTorch, "q8");
    const safetensors = await convert(published, fromSafetensors, "q8");
    expect(torch.weights).toEqual(safetensors.weights);
    expect(torch.files).toEqual(safetensors.files);
    expect(torch.fingerprint).not.toBe(safetensors.fingerprint);
  });

  test("gains precisions one by one; what the published weights give is computed once", async () => {
    const target = createMemoryStore().folder("out");
    const phases: string[] = [];
    const onProgress: ConvertOptions["onProgress"] = ({ phase }) => phases.push(phase);
    const first = await convert(published, target, "q8", { onProgress });
    const layers = () => phases.splice(0).filter((phase) => phase === "reference").length;
    expect(layers()).toBe(2 * SHAPE.layers);
    const given = await readJson(target, "reference.json");
    const second = await convert(published, target, "q4", { onProgress });
    expect(layers()).toBe(SHAPE.layers);
    const { texts, vectors, stored } = await readJson(target, "reference.json");
    expect({ texts, vectors }).toEqual({ texts: given["texts"], vectors: given["vectors"] });
    expect(Object.keys(stored as object)).toEqual(["q8", "q4"]);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(Object.keys(second.weights)).toEqual(["q8", "q4"]);
    for (const dtype of ["q8", "q4"] as const) {
      const encoder = await openEncoder({ manifest: second, files: filesOf(target), dtype, gpu: null });
      expect(encoder.info.key).toContain(`/${dtype}`);
      await encoder.close();
    }
  });

  test("other weights, or other prefixes, are another model: what was there is removed", async () => {
    const target = createMemoryStore().folder("out");
    const first = await convert(published, target, "q8");
    const other = await convert(await randomBert("safetensors", 2), target, "q4");
    expect(other.fingerprint).not.toBe(first.fingerprint);
    expect(Object.keys(other.weights)).toEqual(["q4"]);
    expect(await listed(target)).not.toContain("onnx/model_quantized.onnx");
    const description = { ...DESCRIPTION, prefixes: { query: "query: ", key: "" } };
    const prefixed = await convert(await randomBert("safetensors", 2), target, "q4", { description });
    expect(prefixed.fingerprint).not.toBe(other.fingerprint);
  });

  test("an abort leaves nothing that is taken for a model, and what was whole before stays", async () => {
    const target = createMemoryStore().folder("out");
    const stop = () => {
      const controller = new AbortController();
      const onProgress: ConvertOptions["onProgress"] = ({ phase, file, doneBytes }) => {
        if (phase === "convert" && file.endsWith(".onnx") && doneBytes > 100_000) controller.abort();
      };
      return { signal: controller.signal, onProgress };
    };
    await expect(convert(published, target, "q8", stop())).rejects.toMatchObject({ name: "AbortError" });
    expect(await listed(target)).not.toContain("sextant.json");
    expect(await listed(target)).not.toContain("onnx/model_quantized.onnx");

    const whole = await convert(published, target, "q8");
    await expect(convert(published, target, "fp32", stop())).rejects.toMatchObject({ name: "AbortError" });
    expect(await readJson(target, "sextant.json")).toEqual(whole);
    await expect(convert(published, target, "q8", stop())).rejects.toMatchObject({ name: "AbortError" });
    expect(await readJson(target, "sextant.json")).toMatchObject({ weights: {} });
  });

  test("progress rises to the size of the file that is written", async () => {
    const target = createMemoryStore().folder("out");
    const seen: { doneBytes: number; totalBytes: number | null }[] = [];
    const onProgress: ConvertOptions["onProgress"] = (progress) => {
      if (progress.file === "onnx/model_fp16.onnx") seen.push(progress);
    };
    const manifest = await convert(published, target, "fp16", { onProgress });
    const done = seen.map(({ doneBytes }) => doneBytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({
      doneBytes: manifest.weights.fp16?.sizeBytes,
      totalBytes: manifest.weights.fp16?.sizeBytes,
    });
  });

  test.each([
    ["another architecture", "config.json", { model_type: "roberta" }, "model/unsupported"],
    ["more layers than there are", "config.json", { num_hidden_layers: 3 }, "model/unsupported"],
    ["a smaller vocabulary than there is", "config.json", { vocab_size: 1999 }, "model/unsupported"],
    ["no sizes", "config.json", { hidden_size: "64" }, "model/unsupported"],
  ])("%s is refused before anything is written", async (_, path, change, code) => {
    const source = await randomBert("safetensors");
    await write(source, path, JSON.stringify({ ...(await readJson(source, path)), ...change }));
    const target = createMemoryStore().folder("out");
    await expect(convert(source, target, "q8")).rejects.toMatchObject({ code });
    expect(await listed(target)).toEqual([]);
  });

  test("a tokenizer of another model is refused by name", async () => {
    const source = await randomBert("safetensors");
    const { tokenizer } = (await readBundledTokenizer()) as { tokenizer: object };
    await write(source, "tokenizer.json", JSON.stringify(tokenizer));
    await expect(convert(source, createMemoryStore().folder("out"), "q8")).rejects.toMatchObject({
      code: "model/corrupt",
      message: expect.stringContaining("tokenizer.json"),
    });
  });

  test("files of a model with other dimensions are not taken for this one", async () => {
    const description = { ...DESCRIPTION, dim: 768 };
    const target = createMemoryStore().folder("out");
    await expect(convert(published, target, "q8", { description })).rejects.toMatchObject({
      code: "model/corrupt",
      message: expect.stringContaining("64"),
    });
  });

  test("a stored file of another model is refused when it is opened", async () => {
    const target = createMemoryStore().folder("out");
    const manifest = await convert(published, target, "q8");
    const wider = { ...(await readJson(target, "config.json")), intermediate_size: 256 };
    await write(target, "config.json", JSON.stringify(wider));
    const { sizeBytes } = await target.open("config.json");
    const bytes = await (await target.open("config.json")).read(0, sizeBytes);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const sha256 = Buffer.from(digest).toString("hex");
    const config = { ...manifest.files.config, sizeBytes, sha256 };
    const forged = { ...manifest, files: { ...manifest.files, config } };
    await expect(
      openEncoder({ manifest: forged, files: filesOf(target), dtype: "q8", gpu: null }),
    ).rejects.toMatchObject({
      code: "model/corrupt",
      message: expect.stringContaining("onnx/model_quantized.onnx"),
    });
  });
});
