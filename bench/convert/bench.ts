import { availableParallelism, tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DTYPES, type Dtype } from "../../src/contract/index.ts";
import { openBrowser } from "../browser.ts";
import { oneOf, readTexts } from "../options.ts";
import type { ConvertBenchInput, ConvertedInBrowser } from "./convert-bench.ts";
import { convertInNode } from "./convert-in-node.ts";
import type { LoadBenchInput } from "./load-bench.ts";

/** Published weights to a model that can be opened, at each precision, in Node and in the browser. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: "string" },
      dtypes: { type: "string", default: "q8,q4,fp16,fp32" },
      where: { type: "string", default: "node,browser" },
      devices: { type: "string", default: "wasm" },
      notes: { type: "string", default: "16" },
      threads: { type: "string", default: String(Math.min(4, Math.ceil(availableParallelism() / 2))) },
      seed: { type: "string", default: "1" },
      "software-gpu": { type: "boolean", default: false },
    },
  });
  const { model } = values;
  if (!model) throw new Error("Say which folder: npm run bench -- convert --model <folder>.");
  const dtypes = values.dtypes.split(",").map((name) => oneOf(name, DTYPES));
  const where = values.where.split(",").map((name) => oneOf(name, ["node", "browser"] as const));
  const load = {
    corpus: await readTexts(undefined),
    notes: Number(values.notes),
    seed: Number(values.seed),
    threads: Number(values.threads),
  };
  const devices = values.devices.split(",").map((name) => oneOf(name, ["wasm", "webgpu"] as const));
  const node: object[] = [];
  const browser: object[] = [];
  for (const dtype of dtypes) {
    if (where.includes("node")) node.push(await inNode(model, dtype));
    if (where.includes("browser"))
      browser.push(await inBrowser(model, dtype, devices, load, values["software-gpu"]));
  }
  return { suite: "convert", cores: availableParallelism(), threads: load.threads, node, browser };
}

async function inNode(model: string, dtype: Dtype): Promise<object> {
  const out = await mkdtemp(join(tmpdir(), "sextant-bench-"));
  try {
    return await convertInNode(model, dtype, out);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

type Load = Omit<LoadBenchInput, "dtype" | "device">;

async function inBrowser(
  pick: string,
  dtype: Dtype,
  devices: readonly LoadBenchInput["device"][],
  load: Load,
  softwareGpu: boolean,
): Promise<object> {
  const browser = await openBrowser({ softwareGpu });
  try {
    const module = "bench/convert/convert-bench.ts";
    await browser.call({ module, call: "runIdle", input: {} });
    const idleBytes = await browser.peakBytes();
    const converted = await browser.call<ConvertedInBrowser>({
      module,
      call: "runConvertBench",
      input: { dtype } satisfies ConvertBenchInput,
      pick,
    });
    const peakBytes = await browser.peakBytes();
    const loaded: object[] = [];
    for (const device of devices)
      loaded.push(
        await browser.call({
          module: "bench/convert/load-bench.ts",
          call: "runLoadBench",
          input: { dtype, device, ...load } satisfies LoadBenchInput,
        }),
      );
    return { dtype, browser: browser.version, ...converted, idleBytes, peakBytes, loaded };
  } finally {
    await browser.close();
  }
}
