import { expect, test } from "vitest";
import { gapsOf } from "./gaps.ts";

test("what stands between, before and behind the passages is a gap; white space and overlaps are none", () => {
  const text = "---\nkey: 1\n---\nOne. Two.  \n\n<hr>Three.end";
  const at = (part: string): [number, number] => [text.indexOf(part), text.indexOf(part) + part.length];
  const spans = Int32Array.from([at("One. "), at("One. Two."), at("Three.")].flat());
  const { gaps, gapCount, droppedUtf16 } = gapsOf(text, spans);
  expect(gaps.map((gap) => gap.text)).toEqual(["---\nkey: 1\n---", "<hr>", "end"]);
  for (const { startUtf16, endUtf16, text: left } of gaps)
    expect(text.slice(startUtf16, endUtf16)).toBe(left);
  expect([gapCount, droppedUtf16]).toEqual([3, "---key:1---".length + 4 + 3]);
  expect(gapsOf("All of it.", Int32Array.of(0, 10))).toEqual({ gaps: [], gapCount: 0, droppedUtf16: 0 });
  expect(
    gapsOf(
      "x ".repeat(200),
      Int32Array.from(Array.from({ length: 200 }, (_, i) => [2 * i + 1, 2 * i + 2]).flat()),
    ),
  ).toMatchObject({ gapCount: 200, droppedUtf16: 200 });
});
