import { expect, test } from "vitest";
import { judge, type Sample } from "./judge.ts";

const MB = 2 ** 20;

/** Sixteen samples, each of which differs from the one before as `change` says. */
function samples(change: (at: number) => Partial<Sample>): Sample[] {
  return Array.from({ length: 16 }, (_, at) => ({
    atMinutes: at,
    passagesAdded: at * 100,
    heapBytes: 200 * MB,
    residentBytes: { renderer: 500 * MB },
    databaseBytes: 20 * MB,
    workers: 2,
    locks: 3,
    gpuBuffers: 0,
    ...change(at),
  }));
}

const leaks = (found: readonly Sample[]) => judge(found).flatMap(({ what, isLeak }) => (isLeak ? what : []));

test("what stays where it is, wavers, or was large only at the start is no leak", () => {
  expect(leaks(samples(() => ({})))).toEqual([]);
  expect(leaks(samples((at) => ({ heapBytes: (200 + (at % 3) * 10) * MB })))).toEqual([]);
  expect(leaks(samples((at) => ({ locks: at < 2 ? 9 : 3, heapBytes: (at < 2 ? 900 : 200) * MB })))).toEqual(
    [],
  );
});

test("too few samples are not passed as no growth", () => {
  const growing = samples((at) => ({ workers: 2 + at }));
  for (const count of [0, 1, 2, 7]) expect(() => judge(growing.slice(0, count))).toThrow(RangeError);
  expect(leaks(growing.slice(0, 8))).toEqual(["workers"]);
});

test("what grows with every sample is one", () => {
  expect(leaks(samples((at) => ({ heapBytes: (200 + at * 10) * MB })))).toEqual(["heap"]);
  expect(leaks(samples((at) => ({ residentBytes: { renderer: (500 + at * 20) * MB } })))).toEqual([
    "renderer process",
  ]);
  expect(leaks(samples((at) => ({ workers: 2 + Math.floor(at / 8) })))).toEqual(["workers"]);
  expect(leaks(samples((at) => ({ locks: 3 + at, gpuBuffers: at })))).toEqual(["locks", "GPU buffers"]);
});
