import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SextantError } from "../../contract/index.ts";
import { guardOnGpu } from "./gpu-guard.ts";
import type { EncoderSession } from "./session.ts";

class FakeError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}
class FakeOutOfMemoryError extends FakeError {}

beforeEach(() => void vi.stubGlobal("GPUOutOfMemoryError", FakeOutOfMemoryError));
afterEach(() => void vi.unstubAllGlobals());

/** A device whose open scopes hold the given errors by kind. */
function fakeDevice(errors: Partial<Record<GPUErrorFilter, FakeError>> = {}) {
  const scopes: GPUErrorFilter[] = [];
  let lose: (info: { reason: string; message: string }) => void = () => {};
  const device = {
    lost: new Promise((resolve) => (lose = resolve)),
    pushErrorScope: (kind: GPUErrorFilter) => void scopes.push(kind),
    popErrorScope: async () => errors[scopes.pop() as GPUErrorFilter] ?? null,
  };
  return { device: device as unknown as GPUDevice, scopes, lose };
}

const batch = { rows: 1, length: 1, ids: new Int32Array(1), mask: new Float32Array(1) };
const zeros = () => Promise.resolve(new Float32Array(4));
const sessionOf = (run: EncoderSession["run"]): EncoderSession => ({
  runsAtOnce: 1,
  run,
  close: () => Promise.resolve(),
});

test("what the GPU refuses is an error although the run gave vectors; lack of memory is the reason that is told", async () => {
  const refused = { validation: new FakeError("invalid buffer") };
  const wrong = guardOnGpu(sessionOf(zeros), fakeDevice(refused).device);
  await expect(wrong.run(batch)).rejects.toMatchObject({ code: "gpu/wrong-vectors" });
  const memory = { ...refused, "out-of-memory": new FakeOutOfMemoryError("full") };
  const full = guardOnGpu(sessionOf(zeros), fakeDevice(memory).device);
  await expect(full.run(batch)).rejects.toMatchObject({ code: "gpu/out-of-memory" });
});

test("a run that throws leaves no scope open and is told as the GPU's; an error with a code stays what it is", async () => {
  const { device, scopes } = fakeDevice();
  const failing = guardOnGpu(
    sessionOf(() => Promise.reject(new Error("no kernel"))),
    device,
  );
  await expect(failing.run(batch)).rejects.toMatchObject({ code: "gpu/wrong-vectors" });
  expect(scopes).toEqual([]);
  const other = new SextantError("model/unsupported", "No encoder. Choose another.");
  const refusing = guardOnGpu(
    sessionOf(() => Promise.reject(other)),
    device,
  );
  await expect(refusing.run(batch)).rejects.toBe(other);
});

test("a lost device is told, whether the run fails before that is known or never ends", async () => {
  const { device, lose } = fakeDevice();
  const failing = guardOnGpu(
    sessionOf(() => Promise.reject(new Error("mapping was aborted"))),
    device,
  );
  const failed = failing.run(batch);
  setTimeout(() => lose({ reason: "unknown", message: "" }), 5);
  await expect(failed).rejects.toMatchObject({ code: "gpu/lost" });
  const hanging = guardOnGpu(
    sessionOf(() => new Promise(() => {})),
    device,
  );
  await expect(hanging.run(batch)).rejects.toMatchObject({ code: "gpu/lost" });
});

test("without a fault the vectors are given", async () => {
  const session = guardOnGpu(sessionOf(zeros), fakeDevice().device);
  expect(await session.run(batch)).toEqual(new Float32Array(4));
});
