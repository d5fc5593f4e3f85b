import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const source = fileURLToPath(new URL("assembly/block.ts", import.meta.url));
const target = fileURLToPath(new URL("../../src/vectors/kernels/wasm/block-bytes.ts", import.meta.url));

const FLAGS = "--runtime stub --optimizeLevel 3 --shrinkLevel 0 --noAssert --enable simd";

async function compile(features: string): Promise<string> {
  let wasm: Uint8Array | undefined;
  const flags = `${FLAGS}${features}`.split(" ");
  const { error } = await main([source, "--outFile", "block.wasm", ...flags], {
    stderr: process.stderr,
    writeFile(_name, contents) {
      if (typeof contents !== "string") wasm = contents;
    },
  });
  if (error !== null || wasm === undefined)
    throw new Error("The search kernel does not compile; see the messages above.", { cause: error });
  return Buffer.from(wasm).toString("base64");
}

/** Compiles the search kernel and returns the module that carries it. The same source gives the same text. */
export async function buildWasmKernel(): Promise<string> {
  const simd = await compile("");
  const relaxed = await compile(" --enable relaxed-simd");
  return `/** tools/wasm/assembly, compiled by \`npx tsx tools/wasm/build.ts\`: without and with relaxed SIMD. Base64. */\nexport const SIMD_BLOCK =\n  "${simd}";\n\nexport const RELAXED_BLOCK =\n  "${relaxed}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await buildWasmKernel());
