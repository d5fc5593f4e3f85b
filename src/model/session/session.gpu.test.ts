import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createRng } from "../../base/rng.ts";
import { fitting, GPU_BUCKETS } from "../embed/batches.ts";
import { loadRuntime, type Runtime } from "./runtime.ts";
import type { EncoderSession } from "./session.ts";
import {
  batchOf,
  expectAgreement,
  expectAnswersBeside,
  openDevice,
  openRandomSession,
  POSITIONS,
} from "./session.contract.ts";

/** A software adapter compiles for seconds on an idle machine. */
vi.setConfig({ testTimeout: 180_000 });

let device: GPUDevice;
let runtime: Runtime;
const sessions: EncoderSession[] = [];

beforeAll(async () => {
  device = await openDevice();
  runtime = await loadRuntime(1);
});
afterAll(closeAll);

afterEach(() => void vi.restoreAllMocks());

async function closeAll(): Promise<void> {
  for (const session of sessions.splice(0)) await session.close();
}

/** On the one device of this file, so that its pipelines are compiled once. */
async function open(where: GPUDevice | null, pooling: "mean" | "cls" = "mean"): Promise<EncoderSession> {
  const session = await openRandomSession(runtime, where, pooling);
  sessions.push(session);
  return session;
}

test("the CPU answers while the GPU compiles", async () => {
  await expectAnswersBeside(runtime, await open(device));
});

test.each(["mean", "cls"] as const)("%s: GPU and CPU agree on short and on long texts", async (pooling) => {
  const [onGpu, onCpu] = [await open(device, pooling), await open(null, pooling)];
  for (const length of [8, 32, 96]) {
    const batch = batchOf(length);
    expectAgreement(await onGpu.run(batch), await onCpu.run(batch));
  }
});

test("a batch is queued before the one ahead is read; each is mapped once and gets its own vectors", async () => {
  const session = await open(device);
  const batches = [batchOf(32), batchOf(8), batchOf(16)];
  const alone: Float32Array[] = [];
  for (const batch of batches) alone.push(await session.run(batch));
  const maps = vi.spyOn(GPUBuffer.prototype, "mapAsync");
  const dispatches = vi.spyOn(GPUComputePassEncoder.prototype, "dispatchWorkgroups");
  const buffers = vi.spyOn(GPUDevice.prototype, "createBuffer");
  await session.run(batches[0]!);
  const [ofOne, madeByOne] = [dispatches.mock.calls.length, buffers.mock.calls.length];
  dispatches.mockClear();
  maps.mockClear();
  const dispatchedAtFirst: number[] = [];
  const together = await Promise.all(
    batches.map(async (batch) => {
      const vectors = await session.run(batch);
      dispatchedAtFirst.push(dispatches.mock.calls.length);
      return vectors;
    }),
  );
  expect(together).toEqual(alone);
  expect(dispatchedAtFirst[0]).toBeGreaterThanOrEqual(2 * ofOne);
  expect(maps).toHaveBeenCalledTimes(3);
  // The runtime makes one for the sizes of a run's steps; ids and vectors have theirs already.
  expect(madeByOne).toBeLessThanOrEqual(1);
});

test("a step that the GPU refuses is an error, not a vector of zeros", async () => {
  const session = await open(device);
  await session.run(batchOf(8));
  const create = GPUDevice.prototype.createBuffer;
  vi.spyOn(GPUDevice.prototype, "createBuffer").mockImplementation(function (this: GPUDevice, descriptor) {
    return create.call(this, { ...descriptor, size: this.limits.maxBufferSize + 4 });
  });
  await expect(session.run(batchOf(24))).rejects.toMatchObject({ code: "gpu/wrong-vectors" });
});

test("an allocation that fails says so, in a run and while loading; the next opening works", async () => {
  const session = await open(device);
  const full = new GPUOutOfMemoryError("no room");
  const pops = vi.spyOn(GPUDevice.prototype, "popErrorScope").mockResolvedValueOnce(full);
  await expect(session.run(batchOf(8))).rejects.toMatchObject({
    code: "gpu/out-of-memory",
    message: expect.stringContaining("choose WASM"),
  });
  pops.mockRestore();
  const create = GPUDevice.prototype.createBuffer;
  const creating = vi.spyOn(GPUDevice.prototype, "createBuffer").mockImplementation(function (
    this: GPUDevice,
    descriptor,
  ) {
    if (descriptor.mappedAtCreation && descriptor.size > 4096) throw new RangeError("no room to map it");
    return create.call(this, descriptor);
  });
  await expect(open(device)).rejects.toMatchObject({ code: "gpu/out-of-memory" });
  creating.mockRestore();
  expect((await (await open(device)).run(batchOf(8))).every(Number.isFinite)).toBe(true);
});

test("two models can be opened at once", async () => {
  const both = await Promise.all([open(device), open(device)]);
  const [a, b] = await Promise.all(both.map((session) => session.run(batchOf(8))));
  expect(a).toEqual(b);
});

/**
 * The runtime keeps a freed buffer by its size, rounded up, and takes it again: what one shape of batch needs it makes
 * once. How many shapes there are decides how many buffers, and the budget of a batch decides how many shapes.
 */
test("when every shape of batch has run once, no batch makes another buffer; two bring all results back", async () => {
  const BUDGET_TOKENS = 1024;
  const session = await open(device);
  const live = new Map<GPUBuffer, number>();
  const create = GPUDevice.prototype.createBuffer;
  const destroy = GPUBuffer.prototype.destroy;
  vi.spyOn(GPUDevice.prototype, "createBuffer").mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = create.call(this, descriptor);
    live.set(buffer, descriptor.usage);
    return buffer;
  });
  vi.spyOn(GPUBuffer.prototype, "destroy").mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    return destroy.call(this);
  });
  // Buffers are taken while the steps are written down: a software GPU need not do them.
  vi.spyOn(GPUComputePassEncoder.prototype, "dispatchWorkgroups").mockImplementation(() => undefined);

  const shapes = fitting(GPU_BUCKETS, POSITIONS).flatMap((length) =>
    Array.from({ length: Math.floor(BUDGET_TOKENS / length) }, (_, more) => ({ rows: more + 1, length })),
  );
  const run = ({ rows, length }: { rows: number; length: number }) =>
    session.run({
      rows,
      length,
      ids: new Int32Array(rows * length),
      mask: new Float32Array(rows * length).fill(1),
    });
  for (const shape of shapes) await run(shape);
  const after = live.size;
  expect(after).toBeGreaterThan(20);

  const rng = createRng(3);
  for (let pair = 0; pair < 100; pair++)
    await Promise.all([0, 1].map(() => run(shapes[Math.floor(rng() * shapes.length)]!)));
  const MAP_READ = 0x1;
  const isReadBack = (usage: number) => (usage & MAP_READ) !== 0;
  expect([...live.values()].filter(isReadBack)).toHaveLength(session.runsAtOnce);
  // The second of the two that are read at once; all else is as it was.
  expect(live.size).toBe(after + 1);
});

test("ten loads leave nothing on the GPU", async () => {
  await closeAll();
  const live = new Set<GPUBuffer>();
  const create = GPUDevice.prototype.createBuffer;
  const destroy = GPUBuffer.prototype.destroy;
  let made = 0;
  vi.spyOn(GPUDevice.prototype, "createBuffer").mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = create.call(this, descriptor);
    live.add(buffer);
    made++;
    return buffer;
  });
  vi.spyOn(GPUBuffer.prototype, "destroy").mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    return destroy.call(this);
  });
  for (let i = 0; i < 10; i++) {
    const session = await open(device);
    await session.run(batchOf(8));
    await closeAll();
    expect(live.size).toBe(0);
  }
  expect(made).toBeGreaterThan(100);
});

test("the device has what was asked for: half precision where the adapter offers it, no small subgroups", async () => {
  const adapter = await navigator.gpu.requestAdapter();
  expect(device.features.has("shader-f16")).toBe(adapter?.features.has("shader-f16"));
  expect(device.features.has("subgroups")).toBe(device.adapterInfo.subgroupMinSize >= 16);
});

test("a device that goes is reported as lost, also in the middle of two runs; the next one works", async () => {
  const session = await open(device);
  const running = [session.run(batchOf(32)), session.run(batchOf(8))];
  device.destroy();
  for (const run of running) await expect(run).rejects.toMatchObject({ code: "gpu/lost" });
  await expect(session.run(batchOf(32))).rejects.toMatchObject({ code: "gpu/lost" });

  const next = await openDevice();
  expect((await (await open(next)).run(batchOf(8))).every(Number.isFinite)).toBe(true);
});
