import { probeGpu } from "../../session/gpu.ts";
import { GPU_CASES, testGraphs } from "./bert.contract.ts";

testGraphs(GPU_CASES, async () => {
  const gpu = await probeGpu();
  if (gpu === null) throw new Error("this test needs a WebGPU adapter");
  return gpu.device;
});
