import { afterAll, expect, test } from "vitest";
import { toHalf } from "../../../base/half.ts";
import { createKernel } from "../index.ts";
import { unitVectors } from "../kernel.contract.ts";
import { createShardedKernel } from "./sharded-kernel.ts";
import { startShards } from "./start-shards.ts";

const shards = startShards(2);
afterAll(() => shards.close());

test.each(["exact", "fast"] as const)("two workers answer %s as one thread does", async (exactness) => {
  const [rows, dim, k] = [900, 96, 20];
  const bits = toHalf(unitVectors(1, rows, dim));
  const queries = unitVectors(2, 3, dim);
  const alone = createKernel(dim, exactness);
  const sharded = createShardedKernel(dim, exactness, shards.faces, { capacity: 128 });
  for (const kernel of [alone, sharded]) {
    kernel.append(bits);
    kernel.remove([5, 17, 400]);
  }
  const one = await alone.search(queries, k);
  const two = await sharded.search(queries, k);
  if (exactness === "exact") expect(two.top).toEqual(one.top);
  expect(two.moments.count).toEqual(one.moments.count);
  const found = new Set(one.top.rows);
  expect([...two.top.rows].filter((row) => found.has(row)).length).toBeGreaterThan(0.9 * 3 * k);
  sharded.compact();
  const moved = await sharded.search(queries, k);
  if (exactness === "exact") expect(moved.top.scores).toEqual(one.top.scores);
  expect(moved.moments.count).toEqual(one.moments.count);
});
