import { createRng } from "../../src/base/rng.ts";
import { fromHalf, toHalf } from "../../src/base/half.ts";
import type { ExactRows, Kernel } from "../../src/contract/index.ts";
import { createExactRows } from "../../src/vectors/kernels/exact-rows.ts";
import { KERNELS } from "../../src/vectors/kernels/index.ts";
import { createGpuKernel, webgpuBlocks } from "../../src/vectors/kernels/webgpu/gpu-kernel.ts";
import { layOutRows } from "../../src/vectors/kernels/webgpu/layout.ts";
import { drawCentres, drawVectors } from "../search/clustered-vectors.ts";
import { median, timed } from "../timing.ts";
import { createPlainRead } from "./plain-read.ts";

export interface SearchGpuOptions {
  /** Default: 200,000 on a real GPU, 2,000 on a software one. */
  readonly rows: number | null;
  readonly dims: readonly number[];
  /** Default: 50 on a real GPU, 4 on a software one. */
  readonly queries: number | null;
  readonly seed: number;
}

export interface Rate {
  readonly p50Ms: number;
  readonly bytesPerSecond: number;
}

export interface VariantResult {
  readonly kernel: string;
  readonly oneQuery: Rate;
  /** Of one pass over the codes, which four queries share. */
  readonly sixteenQueries: Rate;
  /** Time of the same bytes' plain read in times of the search: at most about 1. */
  readonly shareOfPlainRead: { readonly oneQuery: number; readonly sixteenQueries: number };
  readonly exactRowsReadAQuery: number;
  /** Queries whose best ten differ from float64's in a row or a score, of those that were checked. */
  readonly wrong: number;
  readonly checked: number;
}

export interface WorkloadResult {
  readonly rows: number;
  readonly dim: number;
  readonly bytes: number;
  readonly variants: readonly VariantResult[];
  readonly plainRead: { readonly once: Rate; readonly fourTimes: Rate };
  readonly wasm: { readonly kernel: string; readonly p50Ms: number };
}

export interface SearchGpuResult {
  readonly adapter: { readonly name: string; readonly isSoftware: boolean };
  /** What may be concluded from the times: nothing on software. */
  readonly judged: "answers and times" | "answers only";
  readonly options: SearchGpuOptions;
  readonly workloads: readonly WorkloadResult[];
}

const K = 10;
const CLUSTERS = 100;
const CHUNK_ROWS = 10_000;
const CHECKED_QUERIES = 10;
const WARM_UP = 3;
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

/** Searches seeded vectors with every variant that the device has, beside a plain read of as many bytes. */
export async function runSearchGpuBench(options: SearchGpuOptions, gpu: GPU): Promise<SearchGpuResult> {
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new Error("There is no WebGPU adapter.");
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture, description].filter(Boolean).join(" ");
  const isSoftware = isFallbackAdapter || SOFTWARE.test(name);
  const hasSubgroups = adapter.features.has("subgroups");
  const device = await adapter.requestDevice({ requiredFeatures: hasSubgroups ? ["subgroups"] : [] });
  const hasPacked = gpu.wgslLanguageFeatures.has("packed_4x8_integer_dot_product");
  const variants = [true, false].flatMap((packed) =>
    [true, false]
      .filter((subgroups) => (!packed || hasPacked) && (!subgroups || hasSubgroups))
      .map((subgroups) => ({ packed, subgroups })),
  );
  const rows = options.rows ?? (isSoftware ? 2000 : 200_000);
  const queries = options.queries ?? (isSoftware ? 4 : 50);
  const workloads: WorkloadResult[] = [];
  for (const dim of options.dims)
    workloads.push(await runWorkload(device, { ...options, rows, queries, dim, variants }));
  device.destroy();
  return {
    adapter: { name, isSoftware },
    judged: isSoftware ? "answers only" : "answers and times",
    options: { ...options, rows, queries },
    workloads,
  };
}

interface Workload extends SearchGpuOptions {
  readonly rows: number;
  readonly queries: number;
  readonly dim: number;
  readonly variants: readonly { readonly packed: boolean; readonly subgroups: boolean }[];
}

interface Material {
  readonly dim: number;
  readonly chunks: readonly Uint16Array[];
  readonly queries: Float32Array;
  readonly exact: readonly (readonly Hit[])[];
}

interface Hit {
  readonly row: number;
  readonly score: number;
}

async function runWorkload(
  device: GPUDevice,
  { rows, dim, queries, seed, variants }: Workload,
): Promise<WorkloadResult> {
  const material = drawMaterial({ rows, dim, queries, seed });
  const layout = layOutRows(dim);
  const bytes = rows * layout.rowBytes;
  const plain = createPlainRead(
    device,
    bytes,
    webgpuBlocks(device, dim).create(0).capacity * layout.rowBytes,
  );
  const wasm = fill(KERNELS.wasm(dim), material);
  const times = { once: [] as number[], four: [] as number[], wasm: [] as number[] };
  const entrants: Entrant[] = [];
  for (const variant of variants) {
    const reads = countReads(createExactRows(dim));
    const kernel = fill(createGpuKernel(device, dim, { variant, exactRows: reads.rows }), material);
    entrants.push({ kernel, reads, one: [], sixteen: [] });
  }
  for (let q = -WARM_UP; q < queries; q++) {
    const at = (q + WARM_UP) % queries;
    const keep = (list: number[], ms: number): void => void (q >= 0 && list.push(ms));
    keep(times.once, await timed(() => plain.run(1)));
    keep(times.four, await timed(() => plain.run(4)));
    keep(times.wasm, await timed(() => wasm.search(queryAt(material, at, 1), K)));
    for (const { kernel, one, sixteen } of entrants) {
      keep(one, await timed(() => kernel.search(queryAt(material, at, 1), K)));
      keep(sixteen, await timed(() => kernel.search(queryAt(material, at, 16), K)));
    }
  }
  plain.close();
  const once = rateOf(times.once, bytes);
  const fourTimes = rateOf(times.four, 4 * bytes);
  const results: VariantResult[] = [];
  for (const entrant of entrants) {
    const oneQuery = rateOf(entrant.one, bytes);
    const sixteenQueries = rateOf(entrant.sixteen, 4 * bytes);
    const { wrong, exactRowsReadAQuery } = await checkAnswers(entrant, material);
    results.push({
      kernel: entrant.kernel.name,
      oneQuery,
      sixteenQueries,
      shareOfPlainRead: {
        oneQuery: once.p50Ms / oneQuery.p50Ms,
        sixteenQueries: fourTimes.p50Ms / sixteenQueries.p50Ms,
      },
      exactRowsReadAQuery,
      wrong,
      checked: material.exact.length,
    });
    entrant.kernel.close();
  }
  const wasmResult = { kernel: wasm.name, p50Ms: median(times.wasm) };
  return { rows, dim, bytes, variants: results, plainRead: { once, fourTimes }, wasm: wasmResult };
}

interface Entrant {
  readonly kernel: Kernel;
  readonly reads: { readonly rows: ExactRows; take(): number };
  readonly one: number[];
  readonly sixteen: number[];
}

const rateOf = (timesMs: readonly number[], bytes: number): Rate => {
  const p50Ms = median(timesMs);
  return { p50Ms, bytesPerSecond: Math.round(bytes / (p50Ms / 1000)) };
};

/** Whole numbers of queries from `at` on, from the start again behind the end. */
function queryAt({ queries, dim }: Material, at: number, count: number): Float32Array {
  const all = queries.length / dim;
  const part = new Float32Array(count * dim);
  for (let i = 0; i < count; i++) {
    const from = ((at + i) % all) * dim;
    part.set(queries.subarray(from, from + dim), i * dim);
  }
  return part;
}

function fill(kernel: Kernel, { chunks }: Material): Kernel {
  for (const chunk of chunks) kernel.append(chunk);
  return kernel;
}

function countReads(rows: ExactRows): Entrant["reads"] {
  let read = 0;
  const reader = () => {
    const inner = rows.reader();
    return (named: Int32Array) => {
      read += named.length;
      return inner(named);
    };
  };
  return {
    rows: { ...rows, bytes: 0, reader },
    take() {
      const now = read;
      read = 0;
      return now;
    },
  };
}

async function checkAnswers({ kernel, reads }: Entrant, material: Material) {
  reads.take();
  let wrong = 0;
  for (const [q, hits] of material.exact.entries()) {
    const { top } = await kernel.search(queryAt(material, q, 1), K);
    if (hits.some(({ row, score }, place) => top.rows[place] !== row || top.scores[place] !== score)) wrong++;
  }
  return { wrong, exactRowsReadAQuery: reads.take() / material.exact.length };
}

function drawMaterial({
  rows,
  dim,
  queries: count,
  seed,
}: {
  rows: number;
  dim: number;
  queries: number;
  seed: number;
}): Material {
  const rng = createRng(seed);
  const centres = drawCentres(rng, CLUSTERS, dim);
  const queries = drawVectors(rng, centres, count);
  const chunks: Uint16Array[] = [];
  for (let done = 0; done < rows; done += CHUNK_ROWS)
    chunks.push(toHalf(drawVectors(rng, centres, Math.min(CHUNK_ROWS, rows - done))));
  const exact = Array.from({ length: Math.min(count, CHECKED_QUERIES) }, (_, q) =>
    bestOf(chunks, queries.subarray(q * dim, (q + 1) * dim)),
  );
  return { dim, chunks, queries, exact };
}

/** Best rows in float64, rounded to float32 at the end as scores are. */
function bestOf(chunks: readonly Uint16Array[], query: Float32Array): Hit[] {
  let best: Hit[] = [];
  let row = 0;
  for (const chunk of chunks) {
    const values = fromHalf(chunk);
    for (let from = 0; from < values.length; from += query.length) {
      let sum = 0;
      for (let i = 0; i < query.length; i++) sum += (values[from + i] ?? 0) * (query[i] ?? 0);
      best.push({ row: row++, score: Math.fround(sum) });
    }
    best = best.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, K);
  }
  return best;
}

/** The same with the browser's own GPU, for a worker. */
export const runInBrowser = (options: SearchGpuOptions): Promise<SearchGpuResult> =>
  runSearchGpuBench(options, navigator.gpu);
