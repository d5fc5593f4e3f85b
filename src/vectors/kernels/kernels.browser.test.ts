import { expect, test } from "vitest";
import { createBlockKernel } from "./block-kernel.ts";
import { createKernel, KERNELS } from "./index.ts";
import { describeKernel } from "./kernel.contract.ts";
import { signBlocks } from "./wasm/sign-block.ts";
import { wasmBlocks } from "./wasm/wasm-block.ts";

for (const [name, create] of Object.entries(KERNELS)) describeKernel(name, create);

describeKernel("wasm in blocks of 64 rows", (dim) =>
  createBlockKernel(dim, wasmBlocks(dim, { capacity: 64 })),
);

for (const variant of [undefined, "simd"] as const)
  describeKernel(`signs ${variant}`, (dim) => createBlockKernel(dim, signBlocks(dim, { variant })), {
    likely: true,
  });

describeKernel(
  "signs in blocks of 64 rows",
  (dim) => createBlockKernel(dim, signBlocks(dim, { capacity: 64 })),
  { likely: true },
);

test("a browser with the relaxed dot product uses it", () =>
  expect(createKernel(3).name).toBe("wasm-relaxed"));
