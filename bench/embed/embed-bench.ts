import type { Dtype } from "../../src/contract/index.ts";
import { createHttpFiles, probeGpu } from "../../src/model/index.ts";
import { median, rowProducts, timed } from "../timing.ts";
import { buildExportedBert } from "./exported-graph.ts";
import { flopsPerToken, measureMatmulCeiling, type MatmulCeiling } from "./matmul-ceiling.ts";
import { readModel, type BenchModel, type Embed } from "./ours.ts";
import { openPeer } from "./peer.ts";
import {
  drawWorkloads,
  WORKLOADS,
  type WorkloadName,
  type Workloads,
  type WorkloadSizes,
} from "./workloads.ts";

export interface EmbedBenchInput {
  /** Of the model's folder, with a slash at its end. */
  readonly modelUrl: string;
  readonly corpus: readonly string[];
  readonly sizes: WorkloadSizes;
  readonly device: "wasm" | "webgpu";
  /** Of the file that Sextant opens. */
  readonly dtype: Dtype;
  readonly peer: {
    readonly dtype: Dtype;
    /** `exported`: a graph as a Hugging Face export has it. `converted`: the very file that Sextant opens. */
    readonly file: "exported" | "converted";
  };
  readonly threads: number;
  readonly rounds: number;
  /** One contender alone embeds the first notes and nothing is compared: for its memory. */
  readonly only?: keyof Contenders;
}

export interface Contenders<T = unknown> {
  readonly sextant: T;
  readonly "transformers.js": T;
}

interface Contender {
  readonly embed: Embed;
  readonly loadMs: number;
  readonly firstQueryMs: number;
  readonly roundsMs: Readonly<Record<WorkloadName, number[]>>;
}

const LEAST_COSINE = 0.99;
const ALONE_NOTES = 32;

/** Embeds the same texts with Sextant and with transformers.js by turns, and compares speed and vectors. */
export async function runEmbedBench(input: EmbedBenchInput): Promise<object> {
  const { device, dtype, threads, rounds } = input;
  const gpu = device === "webgpu" ? await probeGpu() : null;
  if (device === "webgpu" && gpu === null) throw new Error("There is no WebGPU adapter. Use --device wasm.");
  const model = await readModel(createHttpFiles(input.modelUrl), dtype);
  const workloads = drawWorkloads(input.corpus, (words) => words.map(model.countTokens), input.sizes);
  const [query = ""] = workloads["single-queries"].texts;
  const openers: Contenders<() => Promise<Embed>> = {
    sextant: async () => (await model.open(gpu, threads)).embed,
    "transformers.js": () => openOther(model, input),
  };
  if (input.only !== undefined) {
    const alone = await open(openers[input.only], query);
    await alone.embed(workloads["mixed-notes"].texts.slice(0, ALONE_NOTES));
    return { only: input.only };
  }

  const ours = await open(openers.sextant, query);
  const peer = await open(openers["transformers.js"], query);
  const cosine = await compare(ours, peer, workloads);
  for (let round = 0; round < rounds; round++)
    for (const name of WORKLOADS)
      for (const contender of round % 2 === 0 ? [ours, peer] : [peer, ours])
        contender.roundsMs[name].push(await timed(() => embedAll(contender.embed, name, workloads)));

  const ceiling = gpu === null || gpu.software ? null : await measureMatmulCeiling(model.config, gpu);
  return {
    suite: "embed",
    model: { id: model.id, pooling: model.pooling, ...model.config },
    device,
    adapter: gpu?.adapter ?? null,
    software: gpu?.software ?? false,
    threads: crossOriginIsolated ? threads : 1,
    cores: navigator.hardwareConcurrency,
    rounds,
    seed: input.sizes.seed,
    workloads: Object.fromEntries(
      WORKLOADS.map((name) => [
        name,
        { texts: workloads[name].texts.length, tokens: workloads[name].tokens },
      ]),
    ),
    cosine,
    matmulCeiling: ceiling,
    sextant: { dtype, ...summary(ours, workloads, model, ceiling) },
    "transformers.js": { ...input.peer, ...summary(peer, workloads, model, ceiling) },
    ratio: Object.fromEntries(WORKLOADS.map((name) => [name, ratios(ours, peer, name)])),
  };
}

/** The pipeline of transformers.js over the same stored numbers. */
async function openOther(model: BenchModel, input: EmbedBenchInput): Promise<Embed> {
  const { modelUrl, device, threads } = input;
  const { dtype, file } = input.peer;
  let exported: Uint8Array<ArrayBuffer> | undefined;
  if (file === "exported") {
    if (dtype !== "fp32" && dtype !== "q8") throw new Error(`There is no exported form in ${dtype}.`);
    exported = new Uint8Array(buildExportedBert(model.config, await model.weights(), dtype));
  }
  const read = async (path: string): Promise<Response | undefined> => {
    if (exported && path.endsWith(".onnx")) return new Response(exported);
    const response = await fetch(modelUrl + path);
    return response.ok ? response : undefined;
  };
  return openPeer({ read, pooling: model.pooling, dim: model.dim, device, dtype, threads });
}

async function open(openEmbed: () => Promise<Embed>, query: string): Promise<Contender> {
  const start = performance.now();
  const embed = await openEmbed();
  const loadMs = performance.now() - start;
  const firstQueryMs = await timed(() => embed([query]));
  const roundsMs = { "mixed-notes": [], "uniform-chunks": [], "single-queries": [] };
  return { embed, loadMs, firstQueryMs, roundsMs };
}

/** All texts at once, queries one by one. */
async function embedAll(embed: Embed, name: WorkloadName, workloads: Workloads): Promise<Float32Array[]> {
  const { texts } = workloads[name];
  if (name !== "single-queries") return [await embed(texts)];
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(await embed([text]));
  return vectors;
}

/** Untimed; it also warms both up. */
async function compare(ours: Contender, peer: Contender, workloads: Workloads) {
  const cosines: number[] = [];
  for (const name of WORKLOADS) {
    const [a, b] = [await embedAll(ours.embed, name, workloads), await embedAll(peer.embed, name, workloads)];
    const rows = workloads[name].texts.length / a.length;
    a.forEach((vectors, i) => cosines.push(...rowProducts(vectors, b[i] ?? new Float32Array(), rows)));
  }
  const lowest = Math.min(...cosines);
  if (!(lowest > LEAST_COSINE))
    throw new Error(`The two disagree: lowest cosine ${lowest}. The timings would mean nothing.`);
  return { lowest, mean: cosines.reduce((a, b) => a + b, 0) / cosines.length };
}

function summary(
  { loadMs, firstQueryMs, roundsMs }: Contender,
  workloads: Workloads,
  { config }: BenchModel,
  ceiling: MatmulCeiling | null,
) {
  const of = (name: WorkloadName) => {
    const { texts, tokens } = workloads[name];
    const ms = median(roundsMs[name]);
    const flops = tokens * flopsPerToken(config, tokens / texts.length);
    return {
      tokensPerSecond: (tokens * 1000) / ms,
      textMs: ms / texts.length,
      ofMatmulCeiling: ceiling && (flops * 1000) / ms / ceiling.flopsPerSecond,
      roundsMs: roundsMs[name],
    };
  };
  return { loadMs, firstQueryMs, ...Object.fromEntries(WORKLOADS.map((name) => [name, of(name)])) };
}

/** How many times as fast as the peer in each round, where both ran one after the other, and the median of that. */
function ratios(ours: Contender, peer: Contender, name: WorkloadName) {
  const rounds = ours.roundsMs[name].map((ms, i) => (peer.roundsMs[name][i] ?? Number.NaN) / ms);
  return { median: median(rounds), rounds };
}
