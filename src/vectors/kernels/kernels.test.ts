import { expect, test } from "vitest";
import { toHalf } from "../../base/half.ts";
import { createBlockKernel } from "./block-kernel.ts";
import { createKernel, KERNELS } from "./index.ts";
import { describeKernel, unitVectors } from "./kernel.contract.ts";
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

test("four groups are scanned at once where fewer are left, also of the widest rows", async () => {
  const [dim, rows] = [4096, 96];
  const kernel = createBlockKernel(dim, signBlocks(dim, { capacity: rows }));
  const vectors = unitVectors(1, rows, dim);
  kernel.append(toHalf(vectors));
  for (const row of [0, 63, 64, 95])
    expect((await kernel.search(vectors.subarray(row * dim, (row + 1) * dim), 1)).top.rows[0]).toBe(row);
});

test("the kernel that runs everywhere is the default", () => expect(createKernel(3).name).toMatch(/^wasm-/));
