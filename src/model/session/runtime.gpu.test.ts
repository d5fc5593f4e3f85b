import { expect, test, vi } from "vitest";
import { loadRuntime } from "./runtime.ts";
import { batchOf, expectAnswersBeside, openDevice, openRandomSession } from "./session.contract.ts";

/** A software adapter compiles for seconds on an idle machine. */
vi.setConfig({ testTimeout: 180_000 });

test("a browser that cannot suspend WebAssembly computes two batches at once on the GPU, and on the CPU meanwhile", async () => {
  expect(Reflect.deleteProperty(WebAssembly, "Suspending")).toBe(true);
  const device = await openDevice();
  const runtime = await loadRuntime(1);
  const onGpu = await openRandomSession(runtime, device);
  await expectAnswersBeside(runtime, onGpu);
  const batches = [batchOf(32), batchOf(8), batchOf(32)];
  const alone: Float32Array[] = [];
  for (const batch of batches) alone.push(await onGpu.run(batch));
  expect(await Promise.all(batches.map((batch) => onGpu.run(batch)))).toEqual(alone);
  await onGpu.close();
  device.destroy();
});
