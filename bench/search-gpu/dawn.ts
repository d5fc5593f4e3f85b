/** Runs the bench in this process through Dawn: tsx bench/search-gpu/dawn.ts '<options as JSON>' */
import { runSearchGpuBench, type SearchGpuOptions } from "./search-gpu-bench.ts";

interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: object;
}

// By a variable, because its types would take the place of the compiler's own.
const name: string = "webgpu";
const { create, globals } = (await import(name)) as Dawn;
Object.assign(globalThis, globals);
const gpu = create([]);
if ((await gpu.requestAdapter()) === null) process.exit(3);
const options = JSON.parse(process.argv[2] ?? "{}") as SearchGpuOptions;
const result = await runSearchGpuBench(options, gpu);
process.stdout.write(JSON.stringify(result), () => process.exit(0));
