import { expect, test } from "vitest";
import type { PassageDraft } from "../../contract/index.ts";
import { sourceTextOf } from "./source-text.ts";

const TEXT = "The tide turns at six, and the ferry waits for it behind the outer wall of the harbour.";
const at = (startUtf16: number, endUtf16: number, text = TEXT.slice(startUtf16, endUtf16)): PassageDraft => ({
  title: "",
  text,
  startUtf16,
  endUtf16,
  record: { kind: "document" },
});

test("passages that overlap, and ones within others, make the text again, in any order", () => {
  const windows = [at(0, 40), at(30, 70), at(35, 50), at(30, 60), at(60, TEXT.length), at(60, TEXT.length)];
  expect(sourceTextOf(windows)).toBe(TEXT);
  expect(sourceTextOf(windows.toReversed())).toBe(TEXT);
});

test("every passage that is as long as its place stands there, whatever is missing or miscounted around it", () => {
  const far = 65 * 2 ** 20;
  const some = [
    at(4, 8),
    at(6, 22, "shorter"),
    at(30, 40),
    at(50, 45),
    at(far, far + 4),
    at(0, 0),
    at(60, 70),
  ];
  const made = sourceTextOf(some);
  expect(made).toHaveLength(70);
  for (const { startUtf16, endUtf16 } of [some[0]!, some[2]!, some[6]!])
    expect(made.slice(startUtf16, endUtf16)).toBe(TEXT.slice(startUtf16, endUtf16));
  expect(made.slice(8, 30).trim()).toBe("");
});
