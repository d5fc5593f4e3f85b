import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { buildWasmKernel } from "./build.ts";

test("the committed kernel is what its source compiles to", { timeout: 60_000 }, async () => {
  const committed = new URL("../../src/vectors/kernels/wasm/block-bytes.ts", import.meta.url);
  expect(await readFile(committed, "utf8")).toBe(await buildWasmKernel());
});
