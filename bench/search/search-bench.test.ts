import { expect, test } from "vitest";
import { runSearchBench } from "./search-bench.ts";

test("every contender that runs here finds the neighbours, and each is measured on every query", async () => {
  const { workloads } = await runSearchBench({ rows: [300], dims: [32, 50], queries: 25 });
  expect(workloads.map(({ dim }) => dim)).toEqual([32, 50]);
  for (const { contenders } of workloads) {
    expect(Object.keys(contenders)).toEqual(["exact", "fast", "plain loop", "@orama/orama"]);
    for (const [name, result] of Object.entries(contenders)) {
      if (!("queries" in result)) throw new Error(`${name} was left out: ${result.leftOut}`);
      expect(result.queries, name).toBe(25);
      expect(result.recallAt10, name).toBeGreaterThan(name === "fast" ? 0.9 : 0.99);
      expect(result.firstAnswerSeconds).toBeGreaterThan(result.buildSeconds);
    }
  }
});

test("a contender that builds too long is left out with how far it came", async () => {
  const { workloads } = await runSearchBench({
    rows: [2500],
    dims: [16],
    queries: 10,
    buildSeconds: 0,
    contenders: ["@orama/orama"],
  });
  expect(workloads[0]?.contenders["@orama/orama"]).toMatchObject({
    leftOut: expect.stringContaining("within 0 s, 1000 of 2500 rows") as string,
  });
});

test("a size that is not a number is refused", async () => {
  await expect(runSearchBench({ rows: [Number("many")] })).rejects.toThrow("whole number");
});
