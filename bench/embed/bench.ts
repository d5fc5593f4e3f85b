import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DTYPES } from "../../src/contract/index.ts";
import { oneOf, readTexts } from "../options.ts";
import { runInWorker } from "../run-in-worker.ts";
import type { EmbedBenchInput } from "./embed-bench.ts";

const BUNDLED = fileURLToPath(new URL("../../public/models/mini/", import.meta.url));
const MODEL_URL = "/bench-model/";

/** Sextant's encoder against the plain transformers.js pipeline, in one browser. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: "string", default: BUNDLED },
      corpus: { type: "string" },
      notes: { type: "string", default: "256" },
      chunks: { type: "string", default: "64" },
      queries: { type: "string", default: "20" },
      device: { type: "string", default: "wasm" },
      dtype: { type: "string", default: "q8" },
      "peer-dtype": { type: "string" },
      "peer-file": { type: "string", default: "exported" },
      threads: { type: "string", default: String(Math.min(4, Math.ceil(availableParallelism() / 2))) },
      rounds: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      "software-gpu": { type: "boolean", default: false },
    },
  });
  const device = oneOf(values.device, ["wasm", "webgpu"]);
  const dtype = oneOf(values.dtype, DTYPES);
  const input: EmbedBenchInput = {
    modelUrl: MODEL_URL,
    corpus: await readTexts(values.corpus),
    sizes: {
      notes: Number(values.notes),
      chunks: Number(values.chunks),
      queries: Number(values.queries),
      seed: Number(values.seed),
    },
    device,
    dtype,
    peer: {
      dtype: oneOf(values["peer-dtype"] ?? (device === "webgpu" ? "fp32" : dtype), DTYPES),
      file: oneOf(values["peer-file"], ["exported", "converted"]),
    },
    threads: Number(values.threads),
    rounds: Number(values.rounds),
  };
  const run = (only?: EmbedBenchInput["only"]) =>
    runInWorker({
      module: "bench/embed/embed-bench.ts",
      call: "runEmbedBench",
      input: only === undefined ? input : { ...input, only },
      softwareGpu: values["software-gpu"],
      folders: { [MODEL_URL]: values.model },
    });
  const { browser, result } = await run();
  const peakBytes = {
    sextant: (await run("sextant")).peakBytes,
    "transformers.js": (await run("transformers.js")).peakBytes,
  };
  return { browser, ...result, peakBytes };
}
