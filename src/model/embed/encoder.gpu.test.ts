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

// A GPU's graph is the same of every stored precision; bert.gpu.test.ts holds each against float64, at a smaller width.
for (const golden of GOLDEN_CASES.filter(({ weights }) => weights === "shipped"))
  testEncoder(surroundings, golden);
