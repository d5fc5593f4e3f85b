import type { Exactness, Kernel } from "../../contract/index.ts";
import { createBlockKernel } from "./block-kernel.ts";
import type { KernelOptions } from "./block.ts";
import { createReferenceKernel } from "./reference.ts";
import { canSign, signBlocks } from "./wasm/sign-block.ts";
import { wasmBlocks } from "./wasm/wasm-block.ts";

/** Every exact kernel that runs without a device of its own, by name; each passes kernel.contract.ts. */
export const KERNELS = {
  reference: createReferenceKernel,
  wasm: (dim: number, options?: KernelOptions) => createBlockKernel(dim, wasmBlocks(dim), options),
  "wasm-simd": (dim: number, options?: KernelOptions) =>
    createBlockKernel(dim, wasmBlocks(dim, { variant: "simd" }), options),
} as const satisfies Record<string, (dim: number, options?: KernelOptions) => Kernel>;

export type KernelName = keyof typeof KERNELS;

/** Makes the fastest kernel that runs everywhere and finds the best rows as surely as asked. */
export function createKernel(
  dim: number,
  exactness: Exactness = "exact",
  options: KernelOptions = {},
): Kernel {
  if (exactness === "exact" || !canSign(dim)) return KERNELS.wasm(dim, options);
  return createBlockKernel(dim, signBlocks(dim), options);
}
