import { fromHalf } from "../../src/base/half.ts";
import { measureBandwidth, type Bandwidth } from "./bandwidth.ts";
import { CONTENDERS, type Contender, type Entry } from "./contenders/index.ts";
import { processorSeconds, processorTime, type ThreadTimes } from "./processor-time.ts";
import { CHUNK_ROWS, drawWorkload, exactAnswers, fetchWorkload, type Workload } from "./workload.ts";

export interface SearchBenchOptions {
  /** Sizes of the clustered set. */
  readonly rows: readonly number[];
  readonly dims: readonly number[];
  readonly queries: number;
  readonly seed: number;
  /** A contender stops early, with the queries that it had, after this long a workload. */
  readonly secondsEach: number;
  /** A contender that needs longer to build is left out, and how far it came is told. */
  readonly buildSeconds: number;
  /** Only these; empty is all that can run here. */
  readonly contenders: readonly string[];
  /** Where the time of workers on a processor is told (`serveWorkerTimes`), or not at all. */
  readonly timesUrl?: string | undefined;
  /** Where vectors of a real model are served, or none. */
  readonly vectorsUrl?: string | undefined;
}

export const SEARCH_BENCH_DEFAULTS: SearchBenchOptions = {
  rows: [20_000],
  dims: [768],
  queries: 100,
  seed: 1,
  secondsEach: 8,
  buildSeconds: 600,
  contenders: [],
};

export interface ContenderResult {
  readonly version?: string;
  readonly buildSeconds: number;
  /** Building and the first answer. */
  readonly firstAnswerSeconds: number;
  /** Of these, on a processor; NaN where that is not told. */
  readonly firstAnswerProcessorSeconds: number;
  readonly bytes: number | null;
  readonly queries: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly leastMs: number;
  readonly recallAt10: number;
  /** One pass of a plain SIMD sum over the bytes that a query scans, in as many workers: median and least. */
  readonly boundP50Ms?: number;
  readonly boundLeastMs?: number;
  /** Medians over each other. */
  readonly timesBound?: number;
  /** Of a query and of the sum: what a busy machine makes of it does not enter. */
  readonly processorMs?: { readonly query: ThreadTimes; readonly bound: ThreadTimes };
}

/** Why there is no result. */
export interface LeftOut {
  readonly leftOut: string;
  /** Of building, which was not done then: the first answer takes longer than this. */
  readonly afterSeconds?: number;
  /** Of these, on a processor; NaN where that is not told. */
  readonly processorSeconds?: number;
}

export interface WorkloadResult {
  readonly name: string;
  readonly rows: number;
  readonly dim: number;
  readonly contenders: Readonly<Record<string, ContenderResult | LeftOut>>;
  /** Medians of one worker over those of two, and the same of the sums: how the machine's memory scales. */
  readonly twoWorkers: Readonly<Record<string, { readonly query: number; readonly bound: number }>>;
}

const K = 10;
const WARM_UP_QUERIES = 10;
const BLOCK_QUERIES = 10;

interface Entrant {
  readonly contender: Contender;
  readonly entry: Entry;
  readonly buildSeconds: number;
  readonly firstAnswerSeconds: number;
  readonly firstAnswerProcessorSeconds: number;
  readonly bandwidth: Bandwidth | null;
  readonly timesMs: number[];
  readonly boundMs: number[];
  readonly answers: (readonly number[])[];
}

const queryOf = ({ queries, dim }: Workload, q: number): Float32Array =>
  queries.slice(q * dim, (q + 1) * dim);

async function enter(
  contender: Contender,
  workload: Workload,
  options: SearchBenchOptions,
): Promise<Entrant | LeftOut> {
  const startSeconds = await processorSeconds(options.timesUrl);
  let spentMs = 0;
  const timed = async (work: () => unknown): Promise<void> => {
    const startedMs = performance.now();
    await work();
    spentMs += performance.now() - startedMs;
  };
  try {
    const entry = await contender.open(workload);
    for (const [c, bits] of workload.chunks.entries()) {
      const values = contender.takes === "f32" ? fromHalf(bits) : new Float32Array(0);
      // Small steps, so that a slow build is given up in time.
      const step = contender.takes === "f32" ? 1000 : CHUNK_ROWS;
      for (let row = 0; row < bits.length / workload.dim; row += step) {
        const [from, to] = [row * workload.dim, (row + step) * workload.dim];
        const firstRow = c * CHUNK_ROWS + row;
        await timed(() =>
          entry.add({ firstRow, bits: bits.subarray(from, to), values: values.subarray(from, to) }),
        );
        if (spentMs > options.buildSeconds * 1000) {
          entry.close();
          const rows = Math.min(workload.rows, firstRow + step);
          return {
            leftOut: `not built within ${options.buildSeconds} s, ${rows} of ${workload.rows} rows added`,
            afterSeconds: spentMs / 1000,
            processorSeconds: (await processorSeconds(options.timesUrl)) - startSeconds,
          };
        }
      }
    }
    await timed(() => entry.finish?.());
    const buildSeconds = spentMs / 1000;
    await timed(() => entry.search(queryOf(workload, 0), K));
    const firstAnswerSeconds = spentMs / 1000;
    const firstAnswerProcessorSeconds = (await processorSeconds(options.timesUrl)) - startSeconds;
    for (let i = 1; i < WARM_UP_QUERIES; i++) await entry.search(queryOf(workload, i), K);
    const { scannedBytes } = entry;
    const bandwidth = scannedBytes === undefined ? null : await measureBandwidth(scannedBytes, entry.workers);
    const lists = { timesMs: [], boundMs: [], answers: [] };
    const seconds = { buildSeconds, firstAnswerSeconds, firstAnswerProcessorSeconds };
    return { contender, entry, ...seconds, bandwidth, ...lists };
  } catch (error) {
    return { leftOut: error instanceof Error ? error.message : String(error) };
  }
}

async function ask({ entry, timesMs, answers }: Entrant, query: Float32Array): Promise<number> {
  const startedMs = performance.now();
  const answer = await entry.search(query, K);
  const tookMs = performance.now() - startedMs;
  timesMs.push(tookMs);
  answers.push(answer);
  return tookMs;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

function meanRecall(answers: readonly (readonly number[])[], exact: readonly (readonly number[])[]): number {
  const parts = answers.map((answer, q) => {
    const truth = new Set(exact[q]);
    return answer.filter((row) => truth.has(row)).length / truth.size;
  });
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

function resultOf(entrant: Entrant, exact: readonly (readonly number[])[]): ContenderResult {
  const { contender, entry, timesMs, boundMs, answers } = entrant;
  const { buildSeconds, firstAnswerSeconds, firstAnswerProcessorSeconds } = entrant;
  const [p50Ms, boundP50Ms] = [quantile(timesMs, 0.5), quantile(boundMs, 0.5)];
  return {
    ...(contender.version === undefined ? {} : { version: contender.version }),
    buildSeconds,
    firstAnswerSeconds,
    firstAnswerProcessorSeconds,
    bytes: entry.bytes(),
    queries: timesMs.length,
    p50Ms,
    p95Ms: quantile(timesMs, 0.95),
    leastMs: quantile(timesMs, 0),
    recallAt10: meanRecall(answers, exact),
    ...(boundMs.length === 0
      ? {}
      : { boundP50Ms, boundLeastMs: quantile(boundMs, 0), timesBound: p50Ms / boundP50Ms }),
  };
}

/** Contenders take turns in blocks, so that a busy moment of the machine meets all of them. */
async function askAll(entrants: readonly Entrant[], workload: Workload, options: SearchBenchOptions) {
  const count = workload.queries.length / workload.dim;
  const spentMs = new Map<Entrant, number>();
  for (let from = 0; from < count; from += BLOCK_QUERIES) {
    for (const entrant of entrants) {
      for (let q = from; q < Math.min(from + BLOCK_QUERIES, count); q++) {
        const spent = spentMs.get(entrant) ?? 0;
        if (spent > options.secondsEach * 1000) break;
        spentMs.set(entrant, spent + (await ask(entrant, queryOf(workload, q))));
        if (entrant.bandwidth) entrant.boundMs.push(await entrant.bandwidth.pass());
      }
    }
  }
}

async function processorTimes({ entry, bandwidth, answers }: Entrant, workload: Workload, url: string) {
  const calls = answers.length;
  return {
    query: await processorTime(url, calls, (q) => entry.search(queryOf(workload, q), K)),
    bound: bandwidth ? await processorTime(url, calls, () => bandwidth.pass()) : [],
  };
}

async function runWorkload(workload: Workload, options: SearchBenchOptions): Promise<WorkloadResult> {
  const results: Record<string, ContenderResult | LeftOut> = {};
  const entrants: Entrant[] = [];
  const isWanted = ({ name, needsBrowser }: Contender) =>
    options.contenders.length === 0
      ? !needsBrowser || "document" in globalThis || "WorkerGlobalScope" in globalThis
      : options.contenders.includes(name);
  for (const contender of CONTENDERS.filter(isWanted)) {
    const entered = await enter(contender, workload, options);
    if ("leftOut" in entered) results[contender.name] = entered;
    else entrants.push(entered);
  }
  await askAll(entrants, workload, options);
  const processor = new Map<Entrant, ContenderResult["processorMs"]>();
  for (const entrant of entrants)
    if (options.timesUrl !== undefined)
      processor.set(entrant, await processorTimes(entrant, workload, options.timesUrl));
  const asked = Math.max(0, ...entrants.map(({ answers }) => answers.length));
  const exact = exactAnswers(workload, asked, K);
  for (const entrant of entrants) {
    const processorMs = processor.get(entrant);
    results[entrant.contender.name] = { ...resultOf(entrant, exact), ...(processorMs && { processorMs }) };
    entrant.entry.close();
    entrant.bandwidth?.close();
  }
  const ratio = (name: string, of: "p50Ms" | "boundP50Ms"): number => {
    const [one = Number.NaN, two = Number.NaN] = [`${name}, 1 worker`, `${name}, 2 workers`].map((whole) => {
      const result = results[whole];
      return result && of in result ? (result as ContenderResult)[of] : undefined;
    });
    return one / two;
  };
  const twoWorkers = Object.fromEntries(
    ["exact", "fast"].map((name) => [
      name,
      { query: ratio(name, "p50Ms"), bound: ratio(name, "boundP50Ms") },
    ]),
  );
  const { name, rows, dim } = workload;
  return { name, rows, dim, contenders: results, twoWorkers };
}

/**
 * Searches the same vectors with every contender and compares them inside one run. Runs in a worker or in Node, where
 * some contenders do not.
 *
 * Units: see bench/search/README.md.
 */
export async function runSearchBench(
  options: Partial<SearchBenchOptions> = {},
): Promise<{ readonly options: SearchBenchOptions; readonly workloads: readonly WorkloadResult[] }> {
  const all = { ...SEARCH_BENCH_DEFAULTS, ...options };
  for (const size of [all.queries, ...all.rows, ...all.dims])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`${size} is not a size; give a whole number from 1.`);
  const workloads: WorkloadResult[] = [];
  if (all.vectorsUrl !== undefined)
    workloads.push(await runWorkload(await fetchWorkload(all.vectorsUrl, all.queries), all));
  for (const dim of all.dims)
    for (const rows of all.rows)
      workloads.push(await runWorkload(drawWorkload(rows, dim, all.queries, all.seed), all));
  return { options: all, workloads };
}
