import type { Dtype } from "../../src/contract/index.ts";
import { probeGpu } from "../../src/model/index.ts";
import { createOpfsStore } from "../../src/model/store/opfs-store.ts";
import { readModel, type OpenedModel } from "../embed/ours.ts";
import { openPeer } from "../embed/peer.ts";
import { drawWorkloads } from "../embed/workloads.ts";
import { median, rowProducts, timed } from "../timing.ts";
import { FOLDER, STORE } from "./convert-bench.ts";

export interface LoadBenchInput {
  readonly dtype: Dtype;
  readonly device: "wasm" | "webgpu";
  readonly corpus: readonly string[];
  readonly notes: number;
  readonly seed: number;
  readonly threads: number;
}

const ROUNDS = 3;
const LEAST_COSINE: Readonly<Record<Dtype, number>> = { fp32: 0.999, fp16: 0.999, q8: 0.99, q4: 0.95 };

/** Loads the model that `runConvertBench` left, and gives the same file to transformers.js. */
export async function runLoadBench(input: LoadBenchInput): Promise<object> {
  const { dtype, device, threads } = input;
  const gpu = device === "webgpu" ? await probeGpu() : null;
  if (device === "webgpu" && gpu === null) throw new Error("There is no WebGPU adapter. Use --devices wasm.");
  const folder = createOpfsStore(STORE).folder(FOLDER);
  const bytesOf = async (path: string) => {
    const source = await folder.open(path);
    return source.read(0, source.sizeBytes);
  };
  const model = await readModel({ read: bytesOf }, dtype);
  const { texts, tokens } = drawWorkloads(input.corpus, (words) => words.map(model.countTokens), {
    notes: input.notes,
    chunks: 0,
    queries: 0,
    seed: input.seed,
  })["mixed-notes"];
  const paths = new Set((await folder.list()).map(({ path }) => path));
  const read = async (path: string) => (paths.has(path) ? new Response(await bytesOf(path)) : undefined);
  const { pooling, dim } = model;
  const ours = await load(() => model.open(gpu, threads), texts);
  const openOther = async () => ({
    embed: await openPeer({ read, pooling, dim, device, dtype, threads }),
    parityCosine: null,
  });
  // Some devices refuse the file as it is: plain WebGPU without f16, for one.
  const peer = await load(openOther, texts).catch((error: unknown) => String(error));
  const contenders = typeof peer === "string" ? [ours] : [ours, peer];
  for (let round = 0; round < ROUNDS; round++)
    for (const { embed, roundsMs } of round % 2 === 0 ? contenders : contenders.toReversed())
      roundsMs.push(await timed(() => embed(texts)));
  const figures = ({ loadMs, roundsMs }: Loaded) => ({
    loadMs,
    tokensPerSecond: (tokens * 1000) / median(roundsMs),
    roundsMs,
  });
  const same = {
    device,
    adapter: gpu?.adapter ?? null,
    texts: texts.length,
    tokens,
    sextant: { ...figures(ours), parityCosine: ours.parityCosine },
  };
  if (typeof peer === "string") return { ...same, "transformers.js": { error: peer } };

  const lowestCosine = Math.min(...rowProducts(ours.vectors, peer.vectors, texts.length));
  if (!(lowestCosine >= LEAST_COSINE[dtype]))
    throw new Error(`The two disagree in ${dtype}: lowest cosine ${lowestCosine}.`);
  const rounds = ours.roundsMs.map((tookMs, round) => (peer.roundsMs[round] ?? Number.NaN) / tookMs);
  return {
    ...same,
    lowestCosine,
    "transformers.js": figures(peer),
    ratio: { median: median(rounds), rounds },
  };
}

interface Loaded extends OpenedModel {
  readonly vectors: Float32Array;
  readonly loadMs: number;
  readonly roundsMs: number[];
}

/** Opens a contender and has it embed all texts once untimed. */
async function load(open: () => Promise<OpenedModel>, texts: readonly string[]): Promise<Loaded> {
  const start = performance.now();
  const opened = await open();
  const loadMs = performance.now() - start;
  return { ...opened, loadMs, vectors: await opened.embed(texts), roundsMs: [] };
}
