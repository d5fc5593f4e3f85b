import { expect, test } from "vitest";
import { toHalf } from "../base/half.ts";
import type { Segment } from "../contract/index.ts";
import { createVectorSample } from "./vector-sample.ts";

/** Passages `from` to `to`, each with its own number as its only value. */
function segment(from: number, to: number, sourceId = 1): Segment {
  const ids = Int32Array.from({ length: to - from }, (_, i) => from + i);
  const vectors = toHalf(Float32Array.from(ids));
  return { id: from, passageIds: ids, sourceIds: ids.map(() => sourceId), ordinals: ids, vectors };
}
const scores = (sample: ReturnType<typeof createVectorSample>) => [...sample.score(Float32Array.of(2))];

test("a small index is in it whole, and a passage that comes again counts once", () => {
  const sample = createVectorSample(1, 8);
  sample.offer(segment(0, 3), 0);
  sample.offer(segment(2, 5), 3);
  expect(scores(sample)).toEqual([0, 2, 4, 6, 8]);
});

test("of a large index every part is about as likely", () => {
  const sample = createVectorSample(1, 200);
  for (let from = 0; from < 2000; from += 100) sample.offer(segment(from, from + 100), from);
  expect(sample.rows).toBe(200);
  expect(new Set(scores(sample)).size).toBe(200);
  const late = scores(sample).filter((score) => score >= 2000).length;
  expect(late).toBeGreaterThan(70);
  expect(late).toBeLessThan(130);
});

test("a removed source leaves it, and what comes afterwards finds room", () => {
  const sample = createVectorSample(1, 4);
  sample.offer(segment(1, 3, 7), 0);
  sample.offer(segment(3, 5, 8), 2);
  sample.removeSource(7);
  expect(scores(sample)).toEqual([6, 8]);
  sample.offer(segment(9, 10, 9), 2);
  expect(scores(sample)).toEqual([6, 8, 18]);
});
