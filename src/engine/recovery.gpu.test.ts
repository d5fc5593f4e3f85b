import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeRandomBert } from "../../tools/random-bert/write-random-bert.ts";
import type { EngineEvent, ModelChoice } from "../contract/index.ts";
import { convertModel, createMemoryStore } from "../model/index.ts";
import { createEncoderHost, type EncoderHost } from "./encoder-host.ts";
import { createModelPart } from "./model-part.ts";

vi.setConfig({ testTimeout: 240_000 });

/** One small layer: the software adapter compiles as many pipelines for it as for a large one, and computes it at once. */
const SHAPE = { layers: 1, hidden: 32, heads: 1, intermediate: 64, vocabulary: 2000, positions: 320 };
const RANDOM: ModelChoice = { modelId: "random", dtype: "fp16" };

/** The tests go on from one another, since each device compiles its pipelines anew. */
let host: EncoderHost;
const events: EngineEvent[] = [];
const devices: GPUDevice[] = [];
/** What the next device is made to say of itself. */
let lie: (device: GPUDevice) => void = () => undefined;

beforeAll(async () => {
  const json = async (name: string) => (await (await fetch(`/models/mini/${name}`)).json()) as object;
  const store = createMemoryStore();
  const source = store.folder("published");
  const tokenizer = {
    tokenizer: await json("tokenizer.json"),
    tokenizerConfig: await json("tokenizer_config.json"),
  };
  await writeRandomBert(source, { shape: SHAPE, seed: 1, format: "safetensors", dtype: "f32", tokenizer });
  await convertModel({
    description: {
      id: RANDOM.modelId,
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
    },
    source,
    target: store.folder(RANDOM.modelId),
    dtype: RANDOM.dtype,
  });
  const request = GPUAdapter.prototype.requestDevice;
  vi.spyOn(GPUAdapter.prototype, "requestDevice").mockImplementation(async function (
    this: GPUAdapter,
    ...descriptor
  ) {
    const device = await request.apply(this, descriptor);
    lie(device);
    devices.push(device);
    return device;
  });
  const model = createModelPart({ siteUrl: "/models/", store });
  const wanted = { model: RANDOM, device: "webgpu" } as const;
  const reports = { emit: (event: EngineEvent) => void events.push(event), onChange: () => {} };
  host = createEncoderHost(model, () => Promise.resolve(wanted), reports);
});
afterAll(() => void vi.restoreAllMocks());

const LATER = { limitTokens: 320, urgency: "later" } as const;
const named = (wanted: string) => events.filter(({ type }) => type === wanted);

test("a GPU that offers half precision and refuses it computes in float32, which is told", async () => {
  lie = ({ features }) => {
    const has = features.has.bind(features);
    Object.defineProperty(features, "has", { value: (name: string) => name === "shader-f16" || has(name) });
  };
  const { encoder } = await host.current();
  lie = () => undefined;
  expect(encoder.device).toMatchObject({ used: "webgpu", arithmetic: "float32" });
  expect(named("degraded")).toMatchObject([{ what: "precision", from: "float16", to: "float32" }]);
});

test("a device that is destroyed in the middle of work is replaced by another, which is told; the work is finished", async () => {
  const { encoder: first } = await host.current();
  const texts = Array.from({ length: 200 }, (_, i) => `item ${i}`);
  const expected = await first.encode(texts.slice(0, 9), LATER);
  const submits = vi.spyOn(GPUQueue.prototype, "submit");
  const encoding = host.encode(texts, LATER);
  await vi.waitUntil(() => submits.mock.calls.length > 3, { timeout: 20_000, interval: 1 });
  const destroyed = devices.at(-1);
  destroyed?.destroy();
  const { vectors } = await encoding;
  expect(vectors.length).toBe(200 * SHAPE.hidden);
  const part = vectors.subarray(0, expected.vectors.length);
  expect(Math.max(...part.map((value, i) => Math.abs(value - (expected.vectors[i] ?? 9))))).toBeLessThan(
    1e-4,
  );
  expect(named("restarted")).toHaveLength(1);
  const { encoder, device } = await host.current();
  expect(encoder).not.toBe(first);
  expect(encoder.gpuDevice).toBe(devices.at(-1));
  expect(encoder.gpuDevice).not.toBe(destroyed);
  expect(device.used).toBe("webgpu");
});

test("after warming no text waits for a pipeline, however long it is; the device ends with the encoder", async () => {
  const { encoder } = await host.current();
  await encoder.warm();
  const compiled = [
    vi.spyOn(GPUDevice.prototype, "createComputePipeline"),
    vi.spyOn(GPUDevice.prototype, "createComputePipelineAsync"),
  ];
  for (const words of [3, 20, 40, 100, 200, 300]) {
    const texts = Array.from({ length: 5 }, (_, i) => `word ${i} `.repeat(words));
    await encoder.encode(texts.slice(0, 1), { ...LATER, urgency: "now" });
    await encoder.encode(texts, LATER);
  }
  for (const spy of compiled) expect(spy).not.toHaveBeenCalled();
  await host.close();
  await expect(encoder.gpuDevice?.lost).resolves.toMatchObject({ reason: "destroyed" });
});
