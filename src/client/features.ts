import type { Features } from "../contract/index.ts";

/** Finds out what this browser can do, without starting anything. */
export async function probeFeatures(): Promise<Features> {
  const adapter = await navigator.gpu?.requestAdapter();
  return {
    webgpu: Boolean(adapter),
    isolated: crossOriginIsolated,
    jspi: "Suspending" in WebAssembly,
    opfs: typeof navigator.storage?.getDirectory === "function",
    hardwareThreads: navigator.hardwareConcurrency,
  };
}
