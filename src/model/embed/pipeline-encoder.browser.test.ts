import { beforeAll, describe, expect, test } from "vitest";
import type { ModelDescription } from "../../contract/index.ts";
import { convertMini } from "../convert/testing/convert-mini.ts";
import { writeJsonFile, readJsonFile } from "../tokenize/json-file.ts";
import type { WritableFolder } from "../folder.ts";
import { weightsOf, type ModelManifest } from "../manifest.ts";
import { createHttpFiles } from "../source/http-files.ts";
import type { ModelFiles } from "../source/model-files.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { openEncoder } from "./open-encoder.ts";
import { openPipelineEncoder, preparePipeline } from "./pipeline-encoder.ts";
import { openPipeline, poolStates } from "./pipeline-session.ts";

const surroundings = { shipped: createHttpFiles("/models/mini/"), golden: createHttpFiles("/tools/golden/") };

const TEXTS = [
  "how deep is the harbour",
  "",
  "Two clocks hang in the harbour master's office, one for the ferry and one for the tide. ".repeat(40),
];

type Converted = Awaited<ReturnType<typeof convertMini>>;

/** A converted model's weights in a graph that says it is of another family. */
async function publishAs(modelType: string, { manifest, files }: Converted): Promise<WritableFolder> {
  const folder = createMemoryStore().folder("other");
  for (const { path } of [...Object.values(manifest.files), ...Object.values(manifest.weights)]) {
    const sink = await folder.create(path);
    await sink.write(await files.read(path));
    await sink.close();
  }
  const config = await readJsonFile(folder, "config.json");
  await writeJsonFile(folder, "config.json", { ...config, model_type: modelType });
  return folder;
}

const filesIn = (folder: WritableFolder): ModelFiles => ({
  read: async (path) => {
    const source = await folder.open(path);
    return source.read(0, source.sizeBytes);
  },
});

describe("a graph as it was published", () => {
  let own: Converted;
  let folder: WritableFolder;
  let manifest: ModelManifest;
  beforeAll(async () => {
    own = await convertMini(surroundings, "fp32");
    folder = await publishAs("mpnet", own);
    const description: ModelDescription = {
      ...own.manifest,
      id: "other",
      name: "Other",
      architecture: "other",
    };
    manifest = await preparePipeline({ description, folder, dtype: "fp32" });
  }, 120_000);

  test("gives the vectors that our own graph gives, cut at the same token", { timeout: 60_000 }, async () => {
    expect(manifest).toMatchObject({ architecture: "other", dim: 256, weights: { fp32: {} } });
    const ours = await openEncoder({ ...own, dtype: "fp32", gpu: null });
    const theirs = await openPipelineEncoder({ manifest, files: filesIn(folder), dtype: "fp32", gpu: null });
    expect(theirs.device.parityCosine).toBeGreaterThan(0.9999);
    expect(theirs.countTokens(TEXTS)).toEqual(ours.countTokens(TEXTS));
    for (const limitTokens of [128, 64]) {
      const options = { limitTokens, urgency: "now" } as const;
      const [a, b] = [await ours.encode(TEXTS, options), await theirs.encode(TEXTS, options)];
      for (const row of TEXTS.keys()) {
        const part = (all: Float32Array) => all.subarray(row * 256, (row + 1) * 256);
        const cosine = part(a.vectors).reduce((sum, value, i) => sum + value * (part(b.vectors)[i] ?? 0), 0);
        expect(cosine).toBeGreaterThan(0.9999);
      }
    }
    await ours.close();
    await theirs.close();
    await expect(theirs.encode(["x"], { limitTokens: 64, urgency: "now" })).rejects.toMatchObject({
      code: "boundary/closed",
    });
  });

  test("a changed file is refused before anything is run", async () => {
    const files = filesIn(folder);
    const spoilt: ModelFiles = {
      read: async (path) => {
        const bytes = await files.read(path);
        if (path.endsWith(".onnx")) bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        return bytes;
      },
    };
    await expect(
      openPipelineEncoder({ manifest, files: spoilt, dtype: "fp32", gpu: null }),
    ).rejects.toMatchObject({ code: "model/corrupt" });
  });

  test(
    "a graph that cannot be run is refused by name, and spoils none after it",
    { timeout: 60_000 },
    async () => {
      const spoilt = await publishAs("mpnet", own);
      const sink = await spoilt.create("onnx/model.onnx");
      await sink.write(new Uint8Array(1000).fill(7));
      await sink.close();
      const preparing = preparePipeline({ description: manifest, folder: spoilt, dtype: "fp32" });
      await expect(preparing).rejects.toMatchObject({
        code: "model/unsupported",
        message: expect.stringContaining("Other"),
      });

      const contents: Record<string, Uint8Array<ArrayBuffer>> = {};
      for (const { path } of [...Object.values(manifest.files), weightsOf(manifest, "fp32")])
        contents[path] = await filesIn(folder).read(path);
      const { pooling, similarity, name } = manifest;
      const how = { name, contents, dtype: "fp32", device: null, threads: 1, pooling, similarity } as const;
      const { session, tokenizer } = await openPipeline(how);
      const run = (ids: readonly number[]) => {
        const { length } = ids;
        return session.run({
          rows: 1,
          length,
          ids: Int32Array.from(ids),
          mask: new Float32Array(length).fill(1),
        });
      };
      await expect(run([1_000_000_000])).rejects.toThrow();
      expect(await run(tokenizer.encode("bread", 16))).toHaveLength(256);
      await session.close();
    },
  );
});

test("pooling leaves padding out, and lengths only where they are wanted", () => {
  const batch = { rows: 2, length: 2, mask: Float32Array.of(1, 1, 1, 0) };
  const states = Float32Array.of(3, 0, 1, 8, 0, 5, 99, 99);
  expect([...poolStates(states, batch, "mean", "inner-product")]).toEqual([2, 4, 0, 5]);
  expect([...poolStates(states, batch, "cls", "inner-product")]).toEqual([3, 0, 0, 5]);
  expect([...poolStates(states, batch, "cls", "cosine")]).toEqual([1, 0, 0, 1]);
});
