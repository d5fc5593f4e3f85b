import { expect, test } from "vitest";
import { createKernel, KERNELS } from "./index.ts";
import { describeKernel } from "./kernel.contract.ts";

for (const [name, create] of Object.entries(KERNELS)) describeKernel(name, create);

test("the kernel that runs everywhere is the default", () => expect(createKernel(3).name).toBe("wasm"));

test("a wasm call that needs more than 4 GB is refused, and the next one works", () => {
  const kernel = KERNELS.wasm(1);
  const rows = 100_000;
  kernel.append(new Float32Array(rows).fill(0.5));
  expect(() => kernel.search(new Float32Array(6_000), rows)).toThrow(
    expect.objectContaining({ code: "vectors/full" }),
  );
  expect([...kernel.search(Float32Array.of(1), 2).top.rows]).toEqual([0, 1]);
});
