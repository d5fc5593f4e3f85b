import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { runInWorker } from "../run-in-worker.ts";
import type { EmbedBenchInput } from "./embed-bench.ts";

const SAMPLE = new URL("../../public/samples/bench-corpus.jsonl", import.meta.url);

/** Sextant's encoder against the plain transformers.js pipeline, in one browser. Options: bench/README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string" },
      limit: { type: "string", default: "512" },
      device: { type: "string", default: "wasm" },
      dtype: { type: "string" },
      threads: { type: "string", default: String(Math.min(4, Math.ceil(availableParallelism() / 2))) },
      rounds: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      "software-gpu": { type: "boolean", default: false },
    },
  });
  const device = oneOf(values.device, ["wasm", "webgpu"] as const);
  const corpus = await readFile(values.corpus ?? SAMPLE, "utf8");
  const input: EmbedBenchInput = {
    texts: parseCorpus(corpus).slice(0, Number(values.limit)),
    device,
    dtype: oneOf(values.dtype ?? (device === "webgpu" ? "fp32" : "q8"), ["fp32", "q8"] as const),
    threads: Number(values.threads),
    rounds: Number(values.rounds),
    seed: Number(values.seed),
  };
  const softwareGpu = values["software-gpu"];
  const work = { module: "bench/embed/embed-bench.ts", call: "runEmbedBench", input, softwareGpu };
  return runInWorker(work);
}

/** BEIR's corpus.jsonl: title and text of a passage in one line of JSON. */
function parseCorpus(jsonl: string): string[] {
  return jsonl
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as { readonly title?: string; readonly text: string })
    .map(({ title, text }) => (title ? `${title}\n${text}` : text));
}

function oneOf<T extends string>(value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`"${value}" is not one of ${allowed.join(", ")}.`);
  return found;
}
