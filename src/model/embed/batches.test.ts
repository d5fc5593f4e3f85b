import { expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import {
  byLength,
  fillBatch,
  fitting,
  GPU_BUCKETS,
  nextBatch,
  warmShapes,
  type BatchPlan,
  type BatchRules,
} from "./batches.ts";

function plan(lengths: number[], rules: BatchRules): BatchPlan[] {
  const waiting = byLength(lengths);
  const plans: BatchPlan[] = [];
  while (waiting.length > 0) plans.push(nextBatch(waiting, lengths, rules));
  return plans;
}
const rng = createRng(3);
const mixed = Array.from({ length: 500 }, () => 3 + Math.floor(-60 * Math.log(1 - rng())));

test.each([[[]], [GPU_BUCKETS]])(
  "every text is in one batch, which stays in its budget (buckets %j)",
  (buckets) => {
    const plans = plan(mixed, { budgetTokens: 600, buckets });
    expect(plans.flatMap((p) => p.members).sort((a, b) => a - b)).toEqual(mixed.map((_, i) => i));
    for (const { members, length } of plans) {
      expect(members.length === 1 || members.length * length <= 600).toBe(true);
      for (const member of members) expect(length).toBeGreaterThanOrEqual(mixed[member] ?? Infinity);
    }
  },
);

test("sorted batches compute far less padding than batches of 32 in the given order", () => {
  const cost = (plans: BatchPlan[]) => plans.reduce((sum, p) => sum + p.members.length * p.length, 0);
  const inOrder = Array.from({ length: Math.ceil(mixed.length / 32) }, (_, i) => {
    const members = mixed.map((_, k) => k).slice(i * 32, i * 32 + 32);
    return { members, length: Math.max(...members.map((m) => mixed[m] ?? 0)) };
  });
  const tokens = mixed.reduce((sum, n) => sum + n, 0);
  expect(cost(plan(mixed, { budgetTokens: 1024, buckets: [] })) / tokens).toBeLessThan(1.1);
  expect(cost(inOrder) / tokens).toBeGreaterThan(2);
});

test("a model of long texts warms what is asked for, and pads a longer text by a third at most", () => {
  const buckets = fitting(GPU_BUCKETS, 8192);
  expect(warmShapes(buckets, 4096)).toEqual(warmShapes(fitting(GPU_BUCKETS, 512), 4096));
  for (const long of [513, 600, 769, 3000, 6145, 8192]) {
    const { length } = nextBatch([0], [long], { budgetTokens: 512, buckets });
    expect(length).toBeGreaterThanOrEqual(long);
    expect(length).toBeLessThan(long * 1.5);
  }
  expect(buckets.at(-1)).toBe(8192);
  expect(fitting(GPU_BUCKETS, 514).slice(-2)).toEqual([512, 514]);
});

test("rows are padded at the end with 0 in ids and mask", () => {
  const batch = fillBatch({ members: [1, 0], length: 4 }, [
    [2, 9, 3],
    [2, 3],
  ]);
  expect(batch).toMatchObject({ rows: 2, length: 4 });
  expect([...batch.ids]).toEqual([2, 3, 0, 0, 2, 9, 3, 0]);
  expect([...batch.mask]).toEqual([1, 1, 0, 0, 1, 1, 1, 0]);
});
