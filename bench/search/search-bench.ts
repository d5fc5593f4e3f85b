import { createRng } from "../../src/base/rng.ts";
import { drawCentres, drawVectors } from "./clustered-vectors.ts";
import { CONTENDERS, type Contender, type Search } from "./contenders.ts";

export interface SearchBenchOptions {
  readonly rows: number;
  readonly dims: readonly number[];
  readonly queries: number;
  readonly seed: number;
  /** A contender stops early, with the queries that it had, after this long a workload. */
  readonly secondsEach: number;
}

export const SEARCH_BENCH_DEFAULTS: SearchBenchOptions = {
  rows: 10_000,
  dims: [256, 768],
  queries: 200,
  seed: 1,
  secondsEach: 8,
};

export interface ContenderResult {
  readonly buildSeconds: number;
  readonly queries: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly recallAt10: number;
}

export interface WorkloadResult {
  readonly rows: number;
  readonly dim: number;
  readonly contenders: Readonly<Record<string, ContenderResult>>;
  /** Median time of each contender in medians of `wasm`: over 1 is slower than Sextant. */
  readonly p50InWasm: Readonly<Record<string, number>>;
}

const K = 10;
const CLUSTERS = 100;
const WARM_UP_QUERIES = 10;
const BLOCK_QUERIES = 20;

interface Entrant {
  readonly name: string;
  readonly search: Search;
  readonly buildSeconds: number;
  readonly timesMs: number[];
  readonly answers: (readonly number[])[];
}

/** Exact best rows of each query in float64. */
function exactAnswers(vectors: Float32Array, queries: Float32Array, dim: number): number[][] {
  const rows = vectors.length / dim;
  return Array.from({ length: queries.length / dim }, (_, q) => {
    const scores = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < dim; i++) sum += (queries[q * dim + i] ?? 0) * (vectors[row * dim + i] ?? 0);
      scores[row] = sum;
    }
    const order = Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    return order.slice(0, K);
  });
}

async function enter({ name, build }: Contender, vectors: Float32Array, dim: number): Promise<Entrant> {
  const own = vectors.slice();
  const startedMs = performance.now();
  const search = await build(own, dim);
  const buildSeconds = (performance.now() - startedMs) / 1000;
  for (let i = 0; i < WARM_UP_QUERIES; i++) await search(vectors.slice(i * dim, (i + 1) * dim), K);
  return { name, search, buildSeconds, timesMs: [], answers: [] };
}

async function ask({ search, timesMs, answers }: Entrant, query: Float32Array): Promise<void> {
  const startedMs = performance.now();
  const answer = await search(query, K);
  timesMs.push(performance.now() - startedMs);
  answers.push(answer);
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

async function runWorkload(dim: number, options: SearchBenchOptions): Promise<WorkloadResult> {
  const rng = createRng(options.seed);
  const centres = drawCentres(rng, CLUSTERS, dim);
  const vectors = drawVectors(rng, centres, options.rows);
  const queries = drawVectors(rng, centres, options.queries);
  const entrants: Entrant[] = [];
  for (const contender of CONTENDERS) entrants.push(await enter(contender, vectors, dim));

  // Contenders take turns in blocks, so that a busy moment of the machine meets all of them.
  const spentMs = new Map<Entrant, number>();
  for (let from = 0; from < options.queries; from += BLOCK_QUERIES) {
    for (const entrant of entrants) {
      for (let q = from; q < Math.min(from + BLOCK_QUERIES, options.queries); q++) {
        const spent = spentMs.get(entrant) ?? 0;
        if (spent > options.secondsEach * 1000) break;
        await ask(entrant, queries.slice(q * dim, (q + 1) * dim));
        spentMs.set(entrant, spent + (entrant.timesMs.at(-1) ?? 0));
      }
    }
  }

  const exact = exactAnswers(vectors, queries, dim);
  const results = entrants.map(({ name, buildSeconds, timesMs, answers }): [string, ContenderResult] => [
    name,
    {
      buildSeconds,
      queries: timesMs.length,
      p50Ms: quantile(timesMs, 0.5),
      p95Ms: quantile(timesMs, 0.95),
      recallAt10: meanRecall(answers, exact),
    },
  ]);
  const contenders = Object.fromEntries(results);
  const oursMs = contenders["wasm"]?.p50Ms ?? Number.NaN;
  return {
    rows: options.rows,
    dim,
    contenders,
    p50InWasm: Object.fromEntries(results.map(([name, { p50Ms }]) => [name, p50Ms / oursMs])),
  };
}

/**
 * Searches the same seeded vectors with every contender and compares them inside one run. Runs in a page, a worker
 * or Node.
 *
 * Units: see bench/search/README.md.
 */
export async function runSearchBench(
  options: Partial<SearchBenchOptions> = {},
): Promise<{ readonly options: SearchBenchOptions; readonly workloads: readonly WorkloadResult[] }> {
  const all = { ...SEARCH_BENCH_DEFAULTS, ...options };
  for (const size of [all.rows, all.queries, ...all.dims])
    if (!Number.isInteger(size) || size < 1)
      throw new Error(`${size} is not a size; give a whole number from 1.`);
  const workloads: WorkloadResult[] = [];
  for (const dim of all.dims) workloads.push(await runWorkload(dim, all));
  return { options: all, workloads };
}
