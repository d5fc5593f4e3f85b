import type { SearchStep, SearchTimings } from "../contract/index.ts";

/** One step of a query as a bar: from where to where in all of its time, 0 to 1, and in which lane. */
export interface TimingBar {
  readonly step: SearchStep;
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** Lays the steps out in as few lanes as let none cover another. */
export function timingLanes({ totalMs, steps }: SearchTimings): { bars: TimingBar[]; lanes: number } {
  const ends: number[] = [];
  const bars = steps
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .map(({ step, fromMs, tookMs }) => {
      const free = ends.findIndex((end) => end <= fromMs);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = fromMs + tookMs;
      const part = (ms: number) => (totalMs > 0 ? Math.min(1, ms / totalMs) : 0);
      return { step, lane, from: part(fromMs), to: part(fromMs + tookMs) };
    });
  return { bars, lanes: ends.length };
}
