import { afterAll, expect, test, vi } from "vitest";
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

test("a worker that is ended without a word is missed", async () => {
  const workers: Worker[] = [];
  const kept = class extends Worker {
    constructor(...asked: ConstructorParameters<typeof Worker>) {
      super(...asked);
      workers.push(this);
    }
  };
  vi.stubGlobal("Worker", kept);
  const own = startShards(2);
  vi.unstubAllGlobals();
  const kernel = createShardedKernel(16, "exact", own.faces, { capacity: 64 });
  kernel.append(toHalf(unitVectors(3, 200, 16)));
  await kernel.search(unitVectors(4, 1, 16), 3);
  workers[1]!.terminate();
  await own.lost;
  await expect(kernel.search(unitVectors(4, 1, 16), 3)).rejects.toThrow(
    expect.objectContaining({ code: "boundary/lost" }),
  );
  own.close();
});
