import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const source = fileURLToPath(new URL("assembly/search.ts", import.meta.url));
const target = fileURLToPath(new URL("../../src/vectors/kernels/wasm/wasm-kernel-bytes.ts", import.meta.url));

/** Compiles the search kernel and returns the module that carries it. The same source gives the same text. */
export async function buildWasmKernel(): Promise<string> {
  let wasm: Uint8Array | undefined;
  const flags = "--runtime stub --enable simd --optimizeLevel 3 --shrinkLevel 0 --noAssert";
  const { error } = await main([source, "--outFile", "kernel.wasm", ...flags.split(" ")], {
    stderr: process.stderr,
    writeFile(_name, contents) {
      if (typeof contents !== "string") wasm = contents;
    },
  });
  if (error !== null || wasm === undefined)
    throw new Error("The search kernel does not compile; see the messages above.", { cause: error });
  const base64 = Buffer.from(wasm).toString("base64");
  return `/** tools/wasm/assembly/search.ts, compiled by \`npx tsx tools/wasm/build.ts\`. Base64. */\nexport const WASM_KERNEL =\n  "${base64}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await buildWasmKernel());
