import { beforeAll, describe, expect, test } from "vitest";
import { createGpuKernel } from "./webgpu/gpu-kernel.ts";
import { describeKernel } from "./kernel.contract.ts";

let device: GPUDevice;

beforeAll(async () => {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("this test needs a WebGPU adapter");
  device = await adapter.requestDevice({ requiredFeatures: ["subgroups"] });
});

for (const packed of [true, false])
  for (const subgroups of [true, false])
    describeKernel(`webgpu, packed ${packed}, subgroups ${subgroups}`, (dim) =>
      createGpuKernel(device, dim, { variant: { packed, subgroups } }),
    );
