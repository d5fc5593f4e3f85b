import { afterAll, expect, test } from "vitest";
import { openFileServer } from "../../../tools/file-server/file-server.ts";
import { readBundledTokenizer } from "../../../tools/random-bert/bundled-tokenizer.ts";
import { writeRandomBert } from "../../../tools/random-bert/write-random-bert.ts";
import type { ModelChoice } from "../../contract/index.ts";
import { convertModel } from "../convert/convert-model.ts";
import { openEncoder } from "../embed/open-encoder.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { createModelLibrary } from "./create-model-library.ts";
import { hubListing, pickedFrom } from "./testing/published.ts";

/** The runtime is loaded for each conversion and each encoder. */
const SLOW = { timeout: 60_000 };
const SHAPE = { layers: 2, hidden: 32, heads: 4, intermediate: 64, vocabulary: 600, positions: 64 };

async function randomBert(): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const folder = createMemoryStore().folder("bert");
  const tokenizer = await readBundledTokenizer();
  await writeRandomBert(folder, { shape: SHAPE, seed: 7, format: "both", dtype: "f32", tokenizer });
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { path, sizeBytes } of await folder.list())
    files[path] = await (await folder.open(path)).read(0, sizeBytes);
  return files;
}

const published = await randomBert();
const served: Record<string, Uint8Array> = {
  "/api/models/owner/tiny/revision/main": await hubListing(published),
};
for (const [path, bytes] of Object.entries(published))
  served[`/owner/tiny/resolve/${"0".repeat(40)}/${path}`] = bytes;
const server = await openFileServer(served);
afterAll(() => server.close());

const library = createModelLibrary({
  store: createMemoryStore(),
  catalog: [],
  siteUrl: null,
  hub: () => ({ endpoint: server.url, token: null }),
  convert: convertModel,
});

async function encode(choice: ModelChoice): Promise<{ vectors: Float32Array; dim: number }> {
  const { manifest, files } = await library.open(choice);
  const encoder = await openEncoder({ manifest, files, dtype: choice.dtype, gpu: null });
  try {
    const texts = ["a ship sails to the harbour", "bread"];
    const { vectors } = await encoder.encode(texts, { limitTokens: manifest.maxTokens, urgency: "now" });
    return { vectors, dim: manifest.dim };
  } finally {
    await encoder.close();
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test(
  "a model of the hub is converted, opened and embeds; another precision needs no request",
  SLOW,
  async () => {
    const origin = { from: "hub", repository: "owner/tiny" } as const;
    const q8 = await library.add({ origin, dtype: "q8" });
    server.asked.length = 0;
    const fp32 = await library.add({ origin, dtype: "fp32" });
    expect(server.asked).toEqual([]);
    expect((await library.list())[0]).toMatchObject({
      name: "tiny",
      dim: SHAPE.hidden,
      maxTokens: SHAPE.positions,
      pooling: "cls",
      variants: [{ dtype: "fp32" }, { dtype: "q8" }],
    });
    const [exact, rounded] = [await encode(fp32), await encode(q8)];
    expect(exact.vectors).toHaveLength(2 * SHAPE.hidden);
    expect(cosine(exact.vectors, rounded.vectors)).toBeGreaterThan(0.999);
  },
);

test("the PyTorch checkpoint of the same weights gives the same vectors", SLOW, async () => {
  const { "model.safetensors": _safetensors, ...rest } = published;
  const origin = { from: "files", name: "tiny", files: pickedFrom(rest) } as const;
  const picked = await encode(await library.add({ origin, dtype: "fp32" }));
  const hub = await encode({ modelId: "owner/tiny", dtype: "fp32" });
  expect(picked.vectors).toEqual(hub.vectors);
});
