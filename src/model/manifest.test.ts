import { expect, test } from "vitest";
import { DESCRIPTION } from "./library/testing/published.ts";
import { modelInfo, WEIGHTS_PATH, type ModelManifest } from "./manifest.ts";

const file = (path: string, digit: string) => ({ path, sizeBytes: 3, sha256: digit.repeat(64) });

const manifest = (architecture: "bert" | "other", weights: string): ModelManifest => ({
  ...DESCRIPTION,
  architecture,
  format: 1,
  dim: 8,
  maxTokens: 16,
  fingerprint: "a".repeat(64),
  files: {
    config: file("config.json", "1"),
    tokenizer: file("tokenizer.json", "2"),
    tokenizerConfig: file("tokenizer_config.json", "3"),
    reference: file("reference.json", "4"),
  },
  weights: { q8: file(WEIGHTS_PATH.q8, weights) },
});
const keyOf = (...of: Parameters<typeof manifest>) => modelInfo(manifest(...of), "q8").key;

test("vectors of a graph that is used as it is belong to its very weights", () => {
  expect(keyOf("other", "b")).not.toBe(keyOf("other", "c"));
  expect(keyOf("other", "b")).toBe("known@aaaaaaaaaaaa-bbbbbbbbbbbb/q8");
});

test("converted weights are in the fingerprint, so that a better conversion keeps an index", () => {
  expect(keyOf("bert", "b")).toBe("known@aaaaaaaaaaaa/q8");
  expect(keyOf("bert", "c")).toBe(keyOf("bert", "b"));
});
