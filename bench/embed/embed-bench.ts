import { createRng } from "../../src/base/rng.ts";
import { createHttpFiles, mini, openEncoder, probeGpu } from "../../src/model/index.ts";
import { openPeer, type Embed } from "./peer.ts";

export interface EmbedBenchInput {
  readonly texts: readonly string[];
  readonly device: "wasm" | "webgpu";
  readonly dtype: "fp32" | "q8";
  readonly threads: number;
  readonly rounds: number;
  readonly seed: number;
}

interface Contender {
  readonly embed: Embed;
  readonly loadMs: number;
  readonly firstQueryMs: number;
  readonly roundsMs: number[];
  readonly queriesMs: number[];
}

const QUERIES = 20;

/** Embeds the same texts with Sextant and with transformers.js by turns, and compares speed and vectors. */
export async function runEmbedBench(input: EmbedBenchInput): Promise<object> {
  const { texts, device, dtype, threads, rounds } = input;
  const queries = drawQueries(input);
  const files = createHttpFiles("/public/models/mini/");
  const gpu = device === "webgpu" ? await probeGpu() : null;
  if (device === "webgpu" && gpu === null) throw new Error("There is no WebGPU adapter. Use --device wasm.");

  let tokens = 0;
  const ours = await open(queries, async () => {
    const encoder = await openEncoder({ model: mini, files, gpu, dtype, threads });
    return async (some) => {
      const encoded = await encoder.encode(some, { limitTokens: mini.maxTokens, urgency: "later" });
      tokens = encoded.tokens;
      return encoded.vectors;
    };
  });
  const peer = await open(queries, () => openPeer({ files, device, dtype, threads }));

  const cosines = compare(await ours.embed(texts), await peer.embed(texts), texts.length);
  const lowest = Math.min(...cosines);
  if (!(lowest > 0.99))
    throw new Error(`The two disagree: lowest cosine ${lowest}. The timings would mean nothing.`);

  const corpusTokens = tokens;
  for (let round = 0; round < rounds; round++) {
    for (const contender of round % 2 === 0 ? [ours, peer] : [peer, ours]) {
      contender.roundsMs.push(await timed(() => contender.embed(texts)));
      for (const query of queries) contender.queriesMs.push(await timed(() => contender.embed([query])));
    }
  }
  const [us, them] = [ours, peer].map((contender) => summary(contender, texts.length, corpusTokens));
  return {
    suite: "embed",
    device,
    adapter: gpu?.adapter ?? null,
    dtype,
    threads: crossOriginIsolated ? threads : 1,
    cores: navigator.hardwareConcurrency,
    passages: texts.length,
    tokens: corpusTokens,
    rounds,
    seed: input.seed,
    cosine: { lowest, mean: cosines.reduce((a, b) => a + b, 0) / cosines.length },
    sextant: us,
    "transformers.js": them,
    ratio: {
      passagesPerSecond: median(peer.roundsMs) / median(ours.roundsMs),
      eachRound: ours.roundsMs.map((ms, i) => (peer.roundsMs[i] ?? Number.NaN) / ms),
      queryLatency: median(peer.queriesMs) / median(ours.queriesMs),
    },
  };
}

async function open(queries: readonly string[], openEmbed: () => Promise<Embed>): Promise<Contender> {
  const start = performance.now();
  const embed = await openEmbed();
  const loadMs = performance.now() - start;
  const firstQueryMs = await timed(() => embed(queries.slice(0, 1)));
  return { embed, loadMs, firstQueryMs, roundsMs: [], queriesMs: [] };
}

/** Questions of a search box's length: the first words of passages that the seed chooses. */
function drawQueries({ texts, seed }: EmbedBenchInput): string[] {
  const rng = createRng(seed);
  return Array.from({ length: QUERIES }, () => {
    const words = (texts[Math.floor(rng() * texts.length)] ?? "").split(/\s+/);
    return words.slice(0, 4 + Math.floor(rng() * 8)).join(" ");
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function compare(a: Float32Array, b: Float32Array, rows: number): number[] {
  const dim = a.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = row * dim; i < (row + 1) * dim; i++) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
    return sum;
  });
}

function summary({ loadMs, firstQueryMs, roundsMs, queriesMs }: Contender, passages: number, tokens: number) {
  const seconds = median(roundsMs) / 1000;
  return {
    passagesPerSecond: passages / seconds,
    tokensPerSecond: tokens / seconds,
    roundsMs,
    loadMs,
    firstQueryMs,
    queryMs: median(queriesMs),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
}
