import { expect, test } from "vitest";
import { DESCRIPTION } from "../library/testing/published.ts";
import { pipelineFingerprint } from "./pipeline-fingerprint.ts";

const file = (path: string, digit: string) => ({ path, sizeBytes: 3, sha256: digit.repeat(64) });
const FILES = {
  config: file("config.json", "1"),
  tokenizer: file("tokenizer.json", "2"),
  tokenizerConfig: file("tokenizer_config.json", "3"),
};

test("each file and setting that changes a vector changes the fingerprint, and nothing else does", async () => {
  const own = await pipelineFingerprint(FILES, DESCRIPTION);
  const renamed = { ...DESCRIPTION, name: "Another" };
  expect(await pipelineFingerprint(FILES, renamed)).toBe(own);
  const others = [
    ...Object.entries(FILES).map(([name, { path }]) => [{ ...FILES, [name]: file(path, "9") }, DESCRIPTION]),
    [FILES, { ...DESCRIPTION, pooling: DESCRIPTION.pooling === "cls" ? "mean" : "cls" }],
  ] as Parameters<typeof pipelineFingerprint>[];
  const made = await Promise.all(others.map((other) => pipelineFingerprint(...other)));
  expect(new Set([own, ...made]).size).toBe(5);
});
