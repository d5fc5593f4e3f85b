import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { compareMixes, partOf, weightOf, type HeldOut } from "./gate.ts";

const DIM = 8;
const compare = (pairs: readonly HeldOut[], passages: Float32Array, adapters: number) =>
  compareMixes(pairs, { passages, dim: DIM, adapters }, () => Promise.resolve());
const rng = createRng(11);

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const passages = new Float32Array(200 * DIM);
for (let row = 0; row < 200; row++)
  passages.set(unit(Float32Array.from({ length: DIM }, () => rng() - 0.5)), row * DIM);

/** A query near its passage, disturbed by so much. */
function near(target: number, noise: number): Float32Array {
  return unit(passages.slice(target * DIM, (target + 1) * DIM).map((value) => value + noise * (rng() - 0.5)));
}

const pairs = (fullNoise: number, adaptedNoise: number, count = 60): HeldOut[] =>
  Array.from({ length: count }, (_, i) => ({
    target: i * 3,
    weight: weightOf((i % 5) / 5),
    full: near(i * 3, fullNoise),
    adapted: [near(i * 3, adaptedNoise)],
  }));

test("a better adapter wins, and the report says by how much", async () => {
  const { winner, full, best, scores } = await compare(pairs(3, 0.3), passages, 1);
  expect(winner.part).toBeGreaterThan(0.5);
  expect(best).toBeGreaterThan(full + 0.2);
  expect(scores[0]!.alone).toBeGreaterThan(full);
});

test("a worse adapter, and one that is as good, leave the full encoder", async () => {
  expect((await compare(pairs(0.3, 5), passages, 1)).winner.part).toBe(0);
  const same = pairs(1, 1).map((pair) => ({ ...pair, adapted: [pair.full] }));
  const { winner, full, best } = await compare(same, passages, 1);
  expect([winner.part, best]).toEqual([0, full]);
});

test("of two adapters the better; three pairs prove nothing; no pairs neither", async () => {
  const two = pairs(3, 3).map((pair) => ({ ...pair, adapted: [...pair.adapted, near(pair.target, 0.2)] }));
  expect((await compare(two, passages, 2)).winner.adapter).toBe(1);
  expect(await compare([], passages, 1)).toMatchObject({ winner: { part: 0 }, full: 0, best: 0 });
});

test("a query of unknown words counts as the full encoder's; copies of the right passage do no harm", async () => {
  const unknown = pairs(0.5, 1).map((pair) => ({ ...pair, adapted: [null] }));
  expect(
    (await compare(unknown, passages, 1)).scores.every(({ ndcg }, _, [first]) => ndcg === first!.ndcg),
  ).toBe(true);
  const copies = new Float32Array(50 * DIM);
  for (let row = 0; row < 50; row++) copies.set(passages.subarray(0, DIM), row * DIM);
  const full = near(0, 2);
  expect((await compare([{ target: 7, weight: 1, full, adapted: [null] }], copies, 1)).full).toBe(1);
});

test("the more an adapter leads alone, the larger is its part", () => {
  const parts = [-0.5, -0.01, 0, 0.02, 0.05, 0.5].map((lead) => partOf(0.4 + lead, 0.4));
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect([parts[0], parts[2], parts[5]].map((part) => part!.toFixed(2))).toEqual(["0.30", "0.40", "0.85"]);
});

test("pairs that share few words with their passage weigh more", async () => {
  expect(weightOf(0)).toBe(1);
  expect(weightOf(0.5)).toBeLessThan(0.3);
  expect(weightOf(1)).toBe(0.02);
});
