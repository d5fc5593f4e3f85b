import { expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import { expandRows, quantizeRows } from "./quantize.ts";

test("every value comes back within half a step of its own row, zeros exactly", () => {
  const rng = createRng(1);
  const rows = [1000, 1, 0.001, 0];
  const matrix = Float32Array.from(
    rows.flatMap((size) => Array.from({ length: 64 }, () => (rng() - 0.5) * size)),
  );
  const quantized = quantizeRows(matrix, rows.length);
  const back = expandRows(quantized);
  for (const [i, value] of matrix.entries()) {
    const step = quantized.scales[Math.floor(i / 64)] ?? 0;
    expect(Math.abs((back[i] ?? 0) - value)).toBeLessThanOrEqual(step * 0.5001);
  }
  expect(back.subarray(192)).toEqual(new Float32Array(64));
});
