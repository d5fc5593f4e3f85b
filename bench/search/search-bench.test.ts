import { expect, test } from "vitest";
import { runSearchBench } from "./search-bench.ts";

test("every contender finds the exact neighbours, and each is measured on every query", async () => {
  const { workloads } = await runSearchBench({ rows: 300, dims: [32, 50], queries: 25 });
  expect(workloads.map(({ dim }) => dim)).toEqual([32, 50]);
  for (const { contenders, p50InWasm } of workloads) {
    expect(Object.keys(contenders)).toEqual(["wasm", "reference", "plain-loop", "orama"]);
    for (const [name, { queries, recallAt10 }] of Object.entries(contenders)) {
      expect(queries, name).toBe(25);
      expect(recallAt10, name).toBeGreaterThan(0.99);
    }
    expect(p50InWasm["wasm"]).toBe(1);
  }
});

test("a size that is not a number is refused", async () => {
  await expect(runSearchBench({ rows: Number("many") })).rejects.toThrow("whole number");
});
