import { expect, test, vi } from "vitest";
import { toHalf } from "../../../base/half.ts";
import { describeKernel, unitVectors } from "../kernel.contract.ts";
import { createShardedKernel, rowsOfBlock } from "./sharded-kernel.ts";
import { shardHere } from "./testing/shard-here.ts";

const shards = [shardHere(), shardHere()];
describeKernel("exact in two shards", (dim) => createShardedKernel(dim, "exact", shards, { capacity: 64 }));
describeKernel("fast in two shards", (dim) => createShardedKernel(dim, "fast", shards, { capacity: 64 }), {
  likely: true,
});

test("both shards hold their part, and both are told what is removed for good", async () => {
  const own = [shardHere(), shardHere()];
  const kernel = createShardedKernel(32, "exact", own, { capacity: 64 });
  kernel.append(toHalf(unitVectors(1, 256, 32)));
  await kernel.search(unitVectors(2, 1, 32), 1);
  const full = kernel.bytes;
  expect(full).toBeGreaterThan(256 * (32 + 64));
  kernel.remove(Array(200).keys());
  kernel.compact();
  const { top } = await kernel.search(unitVectors(2, 1, 32), 100);
  expect([...top.rows].filter((row) => row !== -1).length).toBe(56);
  expect(kernel.bytes).toBeLessThan(full / 2);
});

test("a shard that is gone fails what waits for it and every later search, with a code", async () => {
  const own = [shardHere(), shardHere()];
  const kernel = createShardedKernel(16, "exact", own, { capacity: 64 });
  kernel.append(toHalf(unitVectors(3, 200, 16)));
  const query = unitVectors(4, 1, 16);
  const waiting = kernel.search(query, 3);
  own[1]!.lose("it was ended");
  const lost = expect.objectContaining({ code: "boundary/lost" });
  await expect(waiting).rejects.toThrow(lost);
  await expect(kernel.search(query, 3)).rejects.toThrow(lost);
});

test("where memory ends, the next search says so", async () => {
  const own = [shardHere(), shardHere()];
  const kernel = createShardedKernel(16, "exact", own, { capacity: 64 });
  kernel.append(toHalf(unitVectors(5, 64, 16)));
  const query = unitVectors(6, 1, 16);
  await kernel.search(query, 3);
  const instance = vi.spyOn(WebAssembly, "Instance").mockImplementation(function () {
    throw new RangeError("WebAssembly.Memory(): could not allocate memory");
  });
  kernel.append(toHalf(unitVectors(7, 64, 16)));
  await expect(kernel.search(query, 3)).rejects.toThrow(expect.objectContaining({ code: "vectors/full" }));
  instance.mockRestore();
});

test.each(["exact", "fast"] as const)(
  "a million rows need few memories, and shards of nearly the same size (%s)",
  (exactness) => {
    const shards = [0, 0];
    let rows = 0;
    let blocks = 0;
    for (; rows < 1_000_000; blocks++) {
      const capacity = rowsOfBlock(exactness, rows);
      expect(capacity % 32).toBe(0);
      const least = shards[0]! <= shards[1]! ? 0 : 1;
      shards[least]! += capacity;
      rows += capacity;
      if (rows > 200_000) expect(Math.max(...shards) / rows).toBeLessThan(0.55);
    }
    expect(blocks).toBeLessThan(50);
  },
);
