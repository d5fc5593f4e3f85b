import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { applyLinear, backLinear, createLinearAdapter } from "./linear-adapter.ts";
import { gradedDistillation, infoNce, klDistillation, type LossOf } from "./losses.ts";
import { encodeRows, throughUnit } from "./token-table.ts";

const rng = createRng(7);
const draw = (length: number) => Float32Array.from({ length }, () => 2 * rng() - 1);

/** The derivative by every value, from values a little to both sides. */
function differences(values: Float32Array, lossOf: () => number, step = 2 ** -7): number[] {
  return Array.from(values, (value, i) => {
    values[i] = value + step;
    const above = lossOf();
    values[i] = value - step;
    const below = lossOf();
    values[i] = value;
    return (above - below) / (2 * step);
  });
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[]): void {
  wanted.forEach((value, i) => expect(found[i], `value ${i}`).toBeCloseTo(value, 3));
}

const rewards = Float32Array.of(-1, 2, 0.5);
const LOSSES: [string, (scores: Float32Array) => LossOf][] = [
  ["InfoNCE", (scores) => infoNce(scores, 2)],
  ["graded distillation", (scores) => gradedDistillation(scores, rewards)],
  ["KL distillation", (scores) => klDistillation(scores.subarray(0, 3), rewards, 1)],
];

test.each(LOSSES)("%s: its gradient is what differences say", (_, lossOf) => {
  const scores = draw(6);
  const { gradient } = lossOf(scores);
  expectClose(
    gradient,
    differences(scores.subarray(0, gradient.length), () => lossOf(scores).loss),
  );
});

test.each(LOSSES)("%s through the table: every word's gradient is what differences say", (_, lossOf) => {
  const dim = 5;
  const table = { dim, vectors: draw(4 * dim) };
  const rows = Int32Array.of(2, 0, 2);
  const keys = draw(6 * dim);
  const query = new Float32Array(dim);
  const forward = () => {
    const length = encodeRows(table, rows, query);
    const scores = Float32Array.from({ length: 6 }, (__, j) =>
      query.reduce((sum, value, k) => sum + value * keys[j * dim + k]!, 0),
    );
    return { length, ...lossOf(scores) };
  };
  const { length, gradient } = forward();
  const byUnit = query.map((__, k) => gradient.reduce((sum, g, j) => sum + g * keys[j * dim + k]!, 0));
  throughUnit(byUnit, query, length);
  const found = new Float32Array(table.vectors.length);
  for (const row of rows) byUnit.forEach((value, k) => (found[row * dim + k]! += value));
  expectClose(
    found,
    differences(table.vectors, () => forward().loss),
  );
});

test.each(LOSSES)("%s through the linear adapter: both factors", (_, lossOf) => {
  const dim = 6;
  const adapter = { ...createLinearAdapter(dim, 2, 3), up: draw(2 * dim) };
  const query = draw(dim);
  const keys = draw(6 * dim);
  const out = new Float32Array(dim);
  const forward = () => {
    const passed = applyLinear(adapter, query, out);
    const scores = Float32Array.from({ length: 6 }, (__, j) =>
      out.reduce((sum, value, k) => sum + value * keys[j * dim + k]!, 0),
    );
    return { passed, ...lossOf(scores) };
  };
  const { passed, gradient } = forward();
  const byUnit = out.map((__, k) => gradient.reduce((sum, g, j) => sum + g * keys[j * dim + k]!, 0));
  const into = { down: new Float32Array(2 * dim), up: new Float32Array(2 * dim) };
  backLinear(adapter, query, out, passed, byUnit, into);
  expectClose(
    into.down,
    differences(adapter.down, () => forward().loss),
  );
  expectClose(
    into.up,
    differences(adapter.up, () => forward().loss),
  );
});

test("graded distillation: one sure reward is InfoNCE; a better sibling is never a rival", () => {
  const scores = Float32Array.of(0.3, 0.1, 0.9, -0.4);
  const sure = gradedDistillation(scores, Float32Array.of(0, 60, 0));
  expectClose(sure.gradient, [...infoNce(scores, 1).gradient]);
  const { gradient } = gradedDistillation(Float32Array.of(5, -50), Float32Array.of(0, 1));
  expect(gradient[1]).toBeLessThan(0);
  expect(gradedDistillation(Float32Array.of(-50, 5), Float32Array.of(1, 0)).loss).toBeGreaterThan(30);
});

test("KL distillation is 0 where the scores say what the rewards say", () => {
  const { loss, gradient } = klDistillation(Float32Array.of(10, 20, 0), Float32Array.of(1, 2, 0));
  expect(loss).toBeCloseTo(0, 5);
  expectClose(gradient, [0, 0, 0]);
});
