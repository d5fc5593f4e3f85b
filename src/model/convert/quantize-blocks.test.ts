import { expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import { BLOCK_SIZE, blocksIn, expandBlocks, quantizeBlocks } from "./quantize-blocks.ts";

const rng = createRng(5);
const normal = () => rng() + rng() + rng() + rng() - 2;

function errorOf(matrix: Float32Array, rows: number): number {
  const back = expandBlocks(quantizeBlocks(matrix, rows), rows, matrix.length / rows);
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares(matrix.map((value, i) => value - (back[i] ?? 0))) / squares(matrix));
}

test("normally distributed weights come back with 8 % error, whatever their scale", () => {
  for (const scale of [1e-4, 1, 1e4]) {
    const matrix = Float32Array.from({ length: 64 * 96 }, () => normal() * scale);
    expect(errorOf(matrix, 64)).toBeLessThan(0.08);
  }
});

test("blocks that lie on one side of zero, hold one value or nothing keep what they can", () => {
  const matrix = new Float32Array(3 * BLOCK_SIZE);
  matrix.fill(0.25, 0, BLOCK_SIZE);
  for (let i = 0; i < BLOCK_SIZE; i++) matrix[BLOCK_SIZE + i] = -1 - i / BLOCK_SIZE;
  const back = expandBlocks(quantizeBlocks(matrix, 1), 1, matrix.length);
  for (const [i, value] of matrix.entries()) {
    expect(Math.abs((back[i] ?? 0) - value)).toBeLessThanOrEqual(i < BLOCK_SIZE ? 1e-6 : 0.08);
  }
  expect(back.subarray(2 * BLOCK_SIZE)).toEqual(new Float32Array(BLOCK_SIZE));
});

test("a width that ends within a block, and an odd number of blocks, are stored whole", () => {
  const [rows, columns] = [3, 70];
  const matrix = Float32Array.from({ length: rows * columns }, normal);
  const quantized = quantizeBlocks(matrix, rows);
  expect(blocksIn(columns)).toBe(3);
  expect(quantized.values).toHaveLength(rows * 3 * 16);
  expect(quantized.scales).toHaveLength(rows * 3);
  expect(quantized.zeros).toHaveLength(rows * 2);
  expect(errorOf(matrix, rows)).toBeLessThan(0.09);
});
