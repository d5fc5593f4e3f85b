import type { Kernel } from "../../contract/index.ts";
import { createReferenceKernel } from "./reference.ts";
import { createWasmKernel } from "./wasm/wasm-kernel.ts";

/** Every kernel by name; each passes kernel.contract.ts. */
export const KERNELS = {
  reference: createReferenceKernel,
  wasm: createWasmKernel,
} as const satisfies Record<string, (dim: number) => Kernel>;

export type KernelName = keyof typeof KERNELS;

/** Makes the fastest kernel that runs everywhere. */
export function createKernel(dim: number): Kernel {
  return KERNELS.wasm(dim);
}
