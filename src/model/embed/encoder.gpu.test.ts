import { probeGpu } from "../session/gpu.ts";
import { createHttpFiles } from "../source/http-files.ts";
import { GOLDEN_CASES, testEncoder } from "./encoder.contract.ts";

const surroundings = {
  shipped: createHttpFiles("/models/mini/"),
  golden: createHttpFiles("/tools/golden/"),
  texts: 5,
  async gpu() {
    const gpu = await probeGpu();
    if (gpu === null) throw new Error("this test needs a WebGPU adapter");
    return gpu;
  },
};

for (const golden of GOLDEN_CASES) testEncoder(surroundings, golden);
