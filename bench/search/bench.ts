import { parseArgs } from "node:util";
import { runInWorker } from "../run-in-worker.ts";
import { serveWorkerTimes } from "../worker-times.ts";
import { SEARCH_BENCH_DEFAULTS, type SearchBenchOptions } from "./search-bench.ts";

/** Search against what else a web app could use, in one browser. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { rows, dims, queries, seed, secondsEach, buildSeconds } = SEARCH_BENCH_DEFAULTS;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: "string", default: rows.join(",") },
      dims: { type: "string", default: dims.join(",") },
      queries: { type: "string", default: String(queries) },
      seed: { type: "string", default: String(seed) },
      seconds: { type: "string", default: String(secondsEach) },
      "build-seconds": { type: "string", default: String(buildSeconds) },
      contenders: { type: "string", default: "" },
      processor: { type: "boolean", default: false },
      vectors: { type: "string" },
    },
  });
  const numbers = (list: string) => (list === "" ? [] : list.split(",").map(Number));
  const options: SearchBenchOptions = {
    rows: numbers(values.rows),
    dims: numbers(values.dims),
    queries: Number(values.queries),
    seed: Number(values.seed),
    secondsEach: Number(values.seconds),
    buildSeconds: Number(values["build-seconds"]),
    contenders: values.contenders === "" ? [] : values.contenders.split(";").map((name) => name.trim()),
    vectorsUrl: values.vectors === undefined ? undefined : "/vectors/",
  };
  const folders = values.vectors === undefined ? {} : { "/vectors/": values.vectors };
  const times = values.processor ? await serveWorkerTimes() : null;
  const input = { ...options, timesUrl: times?.url };
  const work = { module: "bench/search/search-bench.ts", call: "runSearchBench", input, folders };
  const { browser, result, peakBytes } = await runInWorker(work);
  times?.close();
  return { browser, peakBytes, ...result };
}
