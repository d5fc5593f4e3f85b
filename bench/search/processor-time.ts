import type { WorkerTimes } from "../worker-times.ts";

/** Milliseconds of one call on a processor, by thread that had a part in it, the most first. */
export type ThreadTimes = readonly number[];

/** Below this a thread had no part in the work. */
const LEAST_MS = 0.02;

const ROUNDS = 3;

/** Median over a few rounds of what `calls` calls of `work` take; `url` is that of `serveWorkerTimes`. */
export async function processorTime(
  url: string,
  calls: number,
  work: (call: number) => unknown,
): Promise<ThreadTimes> {
  const rounds: ThreadTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = await read(url);
    for (let call = 0; call < calls; call++) await work(call);
    const after = await read(url);
    const spent = Object.entries(after).map(([thread, ms]) => (ms - (before[thread] ?? 0)) / calls);
    rounds.push(spent.filter((ms) => ms > LEAST_MS).sort((a, b) => b - a));
  }
  const total = (times: ThreadTimes) => times.reduce((sum, ms) => sum + ms, 0);
  return rounds.sort((a, b) => total(a) - total(b))[Math.floor(ROUNDS / 2)] ?? [];
}

/** Seconds of all threads so far; NaN without `url`. */
export async function processorSeconds(url: string | undefined): Promise<number> {
  if (url === undefined) return Number.NaN;
  return Object.values(await read(url)).reduce((sum, ms) => sum + ms / 1000, 0);
}

const read = async (url: string): Promise<WorkerTimes> => (await (await fetch(url)).json()) as WorkerTimes;
