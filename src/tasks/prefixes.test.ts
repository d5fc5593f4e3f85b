import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TASK_IDS } from "../contract/index.ts";
import { TASKS } from "./index.ts";

const golden = JSON.parse(readFileSync(new URL("golden/prefixes.json", import.meta.url), "utf8")) as {
  prefixes: Record<string, { query: string; key: string }>;
};

test("all six tasks carry the original's instructions, byte for byte", () => {
  expect(Object.fromEntries(TASK_IDS.map((id) => [id, TASKS[id].instruction]))).toEqual(golden.prefixes);
});
