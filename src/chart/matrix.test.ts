import { expect, test } from "vitest";
import { floatToHalf } from "../base/half.ts";
import { contrastOf, likenessMatrix, paintMatrix, rangeAround, rowOfCell } from "./matrix.ts";

const VECTORS = Uint16Array.from([1, 0, 0, 1, 0.5, 0.5, 1, 0].map(floatToHalf));

test("with a cell a row, every value is the inner product of two rows", () => {
  const { cells, values } = likenessMatrix(VECTORS, 2, { first: 0, end: 4 }, 10);
  expect(cells).toBe(4);
  expect([...values]).toEqual([1, 0, 0.5, 1, 0, 1, 0.5, 0, 0.5, 0.5, 0.5, 0.5, 1, 0, 0.5, 1]);
});

test("with several rows a cell, a value is the mean over all their pairs", () => {
  const { values } = likenessMatrix(VECTORS, 2, { first: 0, end: 4 }, 2);
  expect([...values]).toEqual([0.5, 0.5, 0.5, 0.625]);
});

test("a range looks at its own rows", () => {
  const { values } = likenessMatrix(VECTORS, 2, { first: 2, end: 4 }, 10);
  expect([...values]).toEqual([0.5, 0.5, 0.5, 1]);
  expect([0, 1, 2].map((cell) => rowOfCell({ first: 10, end: 15 }, 2, cell))).toEqual([10, 12, 15]);
});

test("the most alike is painted in the one colour and the least in the other", () => {
  const matrix = {
    first: 0,
    end: 3,
    cells: 3,
    values: Float32Array.from([1, 0.1, 0.9, 0.1, 1, 0.5, 0.9, 0.5, 1]),
  };
  expect(contrastOf(matrix).low).toBeCloseTo(0.1, 6);
  const pixels = paintMatrix(matrix, [255, 255, 255], [0, 0, 0]);
  expect([...pixels.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
  expect([...pixels.subarray(4, 8)]).toEqual([255, 255, 255, 255]);
});

test("a part around a middle stays within the text", () => {
  expect(rangeAround(50, 20, 100)).toEqual({ first: 40, end: 60 });
  expect(rangeAround(2, 20, 100)).toEqual({ first: 0, end: 20 });
  expect(rangeAround(99, 20, 100)).toEqual({ first: 80, end: 100 });
  expect(rangeAround(3, 50, 8)).toEqual({ first: 0, end: 8 });
});
