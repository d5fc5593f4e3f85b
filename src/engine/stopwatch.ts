import type { SearchStep, SearchTimings } from "../contract/index.ts";

/** Times the steps of one query; steps may overlap. */
export interface Stopwatch {
  time<T>(step: SearchStep, work: () => T | Promise<T>): Promise<T>;
  /** As of now. */
  timings(): SearchTimings;
}

export function startStopwatch(): Stopwatch {
  const startMs = performance.now();
  const taken = new Map<SearchStep, { readonly fromMs: number; readonly tookMs: number }>();
  return {
    async time(step, work) {
      const fromMs = performance.now();
      const done = await work();
      taken.set(step, { fromMs: fromMs - startMs, tookMs: performance.now() - fromMs });
      return done;
    },
    timings: () => ({
      totalMs: performance.now() - startMs,
      steps: Array.from(taken, ([step, time]) => ({ step, ...time })).sort((a, b) => a.fromMs - b.fromMs),
    }),
  };
}
