import { expect, test } from "vitest";
import { floatToHalf, fromHalf, halfToFloat, toHalf } from "./half.ts";

test("every half survives the way to float and back", () => {
  for (let half = 0; half < 65536; half++) {
    const value = halfToFloat(half);
    if (Number.isNaN(value)) expect(Number.isNaN(halfToFloat(floatToHalf(value)))).toBe(true);
    else expect(floatToHalf(value)).toBe(half);
  }
});

test.each([
  [1 + 1 / 2048, 0x3c00], // halfway, to even: down
  [1 + 3 / 2048, 0x3c02], // halfway, to even: up
  [65504, 0x7bff],
  [65520, 0x7c00], // the first value that rounds to infinity
  [2 ** -25, 0x0000], // half of the smallest subnormal, to even
  [2 ** -24, 0x0001],
  [-0, 0x8000],
])("%f rounds to 0x%s", (value, half) => expect(floatToHalf(value)).toBe(half));

test("arrays round as single values do", () => {
  const values = Float32Array.of(0.1, -0.25, 3.14159);
  expect(fromHalf(toHalf(values))).toEqual(values.map((v) => halfToFloat(floatToHalf(v))));
});
