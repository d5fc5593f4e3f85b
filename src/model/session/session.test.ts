import { expect, test, vi } from "vitest";
import { drawTensor } from "../../../tools/random-bert/draw-tensor.ts";
import { planTensors } from "../../../tools/random-bert/shape.ts";
import { buildBert } from "../convert/graphs/bert.ts";
import { createMemoryCheckpoint } from "../convert/testing/memory-checkpoint.ts";
import { storeInMemory } from "../convert/testing/store-in-memory.ts";
import { loadRuntime, type Runtime } from "./runtime.ts";
import { openSession } from "./session.ts";

/** 8 MB of weights. */
const config = {
  hidden: 64,
  layers: 1,
  heads: 2,
  intermediate: 128,
  vocabulary: 32_000,
  positions: 64,
  epsilon: 1e-12,
};
const checkpoint = createMemoryCheckpoint(
  planTensors(config).map((plan) => ({ ...plan, values: () => drawTensor(plan, 5) })),
);
const model = buildBert({
  config,
  weights: await storeInMemory({ config, checkpoint, dtype: "fp32" }),
  pooling: "cls",
  similarity: "cosine",
  arithmetic: "float32",
  device: "wasm",
});
const batch = { rows: 1, length: 8, ids: new Int32Array(8), mask: new Float32Array(8).fill(1) };

test("ten loads on the CPU take the memory of one", async () => {
  const runtime = await loadRuntime(1);
  const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow");
  const load = async () => {
    const session = await openSession(runtime, model, null);
    expect((await session.run(batch)).every(Number.isFinite)).toBe(true);
    return session;
  };
  const first = await load();
  const second = await load();
  expect(grow).toHaveBeenCalled();
  await first.close();
  await second.close();
  grow.mockClear();
  for (let i = 0; i < 10; i++) await (await load()).close();
  expect(grow).not.toHaveBeenCalled();
  grow.mockRestore();
});

test.each([
  "Can't create a session. failed to allocate a buffer of size 438000000.",
  "RangeError: Array buffer allocation failed",
  "ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc",
])("%s: is told as a model that is too large, with what to do", async (message) => {
  const create = () => Promise.reject(new Error(message));
  const full = { InferenceSession: { create } } as unknown as Runtime;
  await expect(openSession(full, model, null)).rejects.toMatchObject({
    code: "model/too-large",
    message: expect.stringContaining("Choose a smaller model"),
  });
});

test("another error of the runtime stays what it is", async () => {
  const create = () => Promise.reject(new Error("no such operator"));
  const broken = { InferenceSession: { create } } as unknown as Runtime;
  await expect(openSession(broken, model, null)).rejects.toThrow("no such operator");
});
