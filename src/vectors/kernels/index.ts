import type { Kernel } from "../../contract/index.ts";
import { createBlockKernel } from "./block-kernel.ts";
import type { KernelOptions } from "./block.ts";
import { createReferenceKernel } from "./reference.ts";
import { wasmBlocks } from "./wasm/wasm-block.ts";

/** Every kernel that runs without a device of its own, by name; each passes kernel.contract.ts. */
export const KERNELS = {
  reference: createReferenceKernel,
  wasm: (dim: number, options?: KernelOptions) => createBlockKernel(dim, wasmBlocks(dim), options),
  "wasm-simd": (dim: number, options?: KernelOptions) =>
    createBlockKernel(dim, wasmBlocks(dim, { variant: "simd" }), options),
} as const satisfies Record<string, (dim: number, options?: KernelOptions) => Kernel>;

export type KernelName = keyof typeof KERNELS;

/** Makes the fastest kernel that runs everywhere. */
export function createKernel(dim: number, options: KernelOptions = {}): Kernel {
  return KERNELS.wasm(dim, options);
}
