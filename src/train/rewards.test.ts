import { expect, test } from "vitest";
import { closenessRewards, likelihoodReward, rankAmong, rankReward } from "./rewards.ts";

test("likelihood: the mean of the tokens, so that a long answer is no worse", () => {
  expect(likelihoodReward([-1, -3])).toBe(-2);
  expect(likelihoodReward([-1, -3, -1, -3])).toBe(-2);
  expect(likelihoodReward([])).toBe(0);
});

test("rank: by how many places among the sampled outputs the wanted one rises", () => {
  expect(rankAmong(-2, [-1, -2, -3])).toBe(2);
  const without = { wanted: -9, sampled: [-1, -2, -3, -4] };
  expect(rankReward(without, { wanted: -1.5, sampled: [-1, -2, -3, -4] })).toBe(3 / 4);
  expect(rankReward(without, without)).toBe(0);
  expect(rankReward({ wanted: -1, sampled: [-2, -2] }, { wanted: -3, sampled: [-2, -2] })).toBe(-1);
  expect(rankReward({ wanted: -1, sampled: [] }, { wanted: -3, sampled: [] })).toBe(0);
});

test("closeness: places among all answers that the one with the passage is ahead of the one without", () => {
  expect(closenessRewards(0.5, [0.9, 0.5, 0.1])).toEqual([1 / 4, 0, -2 / 4]);
  expect(closenessRewards(0.5, [])).toEqual([]);
});
