import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

/** The modules of the search kernels, of training and of a bench: the file, from here, and the name that their bytes have. */
export const MODULES = {
  block: {
    file: "../../src/vectors/kernels/wasm/block-bytes.ts",
    name: "BLOCK",
    variants: ["SIMD", "RELAXED"],
  },
  signs: {
    file: "../../src/vectors/kernels/wasm/sign-bytes.ts",
    name: "SIGNS",
    variants: ["SIMD", "RELAXED"],
  },
  exact: { file: "../../src/vectors/kernels/wasm/exact-bytes.ts", name: "EXACT", variants: ["SIMD"] },
  learn: { file: "../../src/train/learn-bytes.ts", name: "LEARN", variants: ["SIMD"] },
  sum: { file: "../../bench/search/sum-bytes.ts", name: "SUM", variants: ["SIMD"] },
} as const;

const FEATURES = { SIMD: "", RELAXED: " --enable relaxed-simd" } as const;

export type ModuleName = keyof typeof MODULES;

const FLAGS =
  "--runtime stub --optimizeLevel 3 --shrinkLevel 0 --noAssert --disableWarning 112 --enable simd";

async function compile(module: ModuleName, features: string): Promise<string> {
  const source = fileURLToPath(new URL(`assembly/${module}.ts`, import.meta.url));
  let wasm: Uint8Array | undefined;
  const flags = `${FLAGS}${features}`.split(" ");
  const { error } = await main([source, "--outFile", `${module}.wasm`, ...flags], {
    stderr: process.stderr,
    writeFile(_name, contents) {
      if (typeof contents !== "string") wasm = contents;
    },
  });
  if (error !== null || wasm === undefined)
    throw new Error("The module does not compile; see the messages above.", { cause: error });
  return Buffer.from(wasm).toString("base64");
}

/** Compiles one module and returns the source that carries it. The same source gives the same text. */
export async function buildWasmKernel(module: ModuleName): Promise<string> {
  const { name, variants } = MODULES[module];
  const parts: string[] = [];
  for (const variant of variants)
    parts.push(`export const ${variant}_${name} =\n  "${await compile(module, FEATURES[variant])}";\n`);
  const made = `tools/wasm/assembly/${module}.ts, compiled by \`npx tsx tools/wasm/build.ts\``;
  return `/** ${made}: without and with relaxed SIMD. Base64. */\n${parts.join("\n")}`;
}

/** Where the bytes of a module are kept. */
export const bytesFile = (module: ModuleName): URL => new URL(MODULES[module].file, import.meta.url);

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const module of Object.keys(MODULES) as ModuleName[])
    await writeFile(bytesFile(module), await buildWasmKernel(module));
