import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { buildWasmKernel, bytesFile, MODULES, type ModuleName } from "./build.ts";

test.each(Object.keys(MODULES) as ModuleName[])(
  "the committed kernel “%s” is what its source compiles to",
  { timeout: 60_000 },
  async (module) => expect(await readFile(bytesFile(module), "utf8")).toBe(await buildWasmKernel(module)),
);
