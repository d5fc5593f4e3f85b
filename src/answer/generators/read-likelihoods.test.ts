import { expect, test } from "vitest";
import { readLikelihoods } from "./read-likelihoods.ts";

const completion = (text: string, offsets: readonly number[], likelihoods: readonly (number | null)[]) =>
  JSON.stringify({ choices: [{ text, logprobs: { text_offset: offsets, token_logprobs: likelihoods } }] });

test("only tokens of the wanted text count, in characters of Unicode", () => {
  const asked = { before: "🧭 N:", wanted: " 42°" };
  expect(readLikelihoods(completion("🧭 N: 42° E", [0, 1, 4, 6, 8], [null, -9, -1, -2, -7]), asked)).toEqual([
    -1, -2,
  ]);
});

test.each([
  ["an answer without the prompt", completion(" 42°", [0], [-1])],
  ["no likelihoods", JSON.stringify({ choices: [{ text: "N: 42°", logprobs: null }] })],
  ["places that do not fit", completion("N: 42°", [0], [null, -1])],
  ["a likelihood that is none", completion("N: 42°", [0, 2], [null, null])],
  ["no token in it", completion("N: 42°", [0], [null])],
  ["no JSON", "<html>"],
])("%s tells nothing", (_, body) => {
  expect(readLikelihoods(body, { before: "N:", wanted: " 42°" })).toBe(null);
});
