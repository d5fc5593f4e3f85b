import { parseArgs } from "node:util";
import { runInWorker } from "../run-in-worker.ts";
import { SEARCH_BENCH_DEFAULTS, type SearchBenchOptions } from "./search-bench.ts";

/** Exact search against what else a web app could use, in one browser. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { rows, dims, queries, seed, secondsEach } = SEARCH_BENCH_DEFAULTS;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: "string", default: String(rows) },
      dims: { type: "string", default: dims.join(",") },
      queries: { type: "string", default: String(queries) },
      seed: { type: "string", default: String(seed) },
    },
  });
  const input: SearchBenchOptions = {
    rows: Number(values.rows),
    dims: values.dims.split(",").map(Number),
    queries: Number(values.queries),
    seed: Number(values.seed),
    secondsEach,
  };
  const work = { module: "bench/search/search-bench.ts", call: "runSearchBench", input };
  const { browser, result } = await runInWorker(work);
  return { browser, ...result };
}
