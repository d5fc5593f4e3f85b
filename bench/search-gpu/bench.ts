import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runInWorker } from "../run-in-worker.ts";
import type { SearchGpuOptions, SearchGpuResult } from "./search-gpu-bench.ts";

/** Where Debian's Chromium keeps a Vulkan loader and a software driver. */
const CHROMIUM_VULKAN = "/usr/lib/chromium";

const NO_ADAPTER = 3;

/** Exact search on WebGPU beside a plain read of the same bytes: through Dawn in Node, else in a browser. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: "string" },
      dims: { type: "string", default: "384,768" },
      queries: { type: "string" },
      seed: { type: "string", default: "1" },
    },
  });
  const options: SearchGpuOptions = {
    rows: values.rows === undefined ? null : Number(values.rows),
    dims: values.dims.split(",").map(Number),
    queries: values.queries === undefined ? null : Number(values.queries),
    seed: Number(values.seed),
  };
  for (const size of [options.rows ?? 1, options.queries ?? 1, ...options.dims])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`${size} is not a size; give a whole number from 1.`);
  return judge(await runSomewhere(options));
}

type Ran = SearchGpuResult & { readonly ran: string };

async function runSomewhere(options: SearchGpuOptions): Promise<Ran> {
  const own = await runThroughDawn(options, {});
  if (own) return { ran: "Dawn in Node", ...own };
  const driver = `${CHROMIUM_VULKAN}/vk_swiftshader_icd.json`;
  if (existsSync(driver)) {
    console.error("NO GPU FOR DAWN HERE: trying Chromium's software driver. Its times say nothing.");
    const software = { LD_LIBRARY_PATH: CHROMIUM_VULKAN, VK_DRIVER_FILES: driver };
    const found = await runThroughDawn(options, software);
    if (found) return { ran: "Dawn in Node, software driver", ...found };
  }
  console.error("DAWN DOES NOT RUN HERE: running in headless Chromium instead.");
  const work = { module: "bench/search-gpu/search-gpu-bench.ts", call: "runInBrowser", input: options };
  const { browser, result } = await runInWorker<SearchGpuResult>({ ...work, softwareGpu: true });
  return { ran: browser, ...result };
}

/** In a process of its own, because the Vulkan loader is looked up when one starts. Null where there is no adapter. */
async function runThroughDawn(
  options: SearchGpuOptions,
  env: Record<string, string>,
): Promise<SearchGpuResult | null> {
  const program = fileURLToPath(new URL("dawn.ts", import.meta.url));
  const tsx = import.meta.resolve("tsx");
  const child = spawn(process.execPath, ["--import", tsx, program, JSON.stringify(options)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code === NO_ADAPTER) return null;
  if (code !== 0) throw new Error(`Dawn's process ended with ${String(code)}.`);
  return JSON.parse(output) as SearchGpuResult;
}

/** Throws when an answer was wrong: times of a wrong answer are worth nothing. */
function judge(result: Ran): Ran {
  const wrong = result.workloads.flatMap(({ dim, variants }) =>
    variants.filter((variant) => variant.wrong > 0).map(({ kernel }) => `${kernel} at ${dim}`),
  );
  if (wrong.length > 0) throw new Error(`Wrong answers on ${result.adapter.name}: ${wrong.join(", ")}.`);
  if (result.adapter.isSoftware)
    console.error("SOFTWARE WEBGPU: only the answers are judged, not the times.");
  return result;
}
