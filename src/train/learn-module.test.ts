import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { createDots } from "./dots.ts";
import { createRoom, instantiateLearn, paddedTo16 } from "./learn-module.ts";
import { throughUnit } from "./token-table.ts";

const rng = createRng(4);
const draw = (length: number) => Float32Array.from({ length }, () => rng() - 0.5);

function opened(...sizes: number[]) {
  const learn = instantiateLearn();
  const room = createRoom(learn);
  const places = sizes.map((size) => room.take(size));
  room.open();
  const memory = new Float32Array(learn.memory.buffer);
  const at = (place: number, from: number, count: number) =>
    memory.subarray(places[place]! / 4 + from, places[place]! / 4 + from + count);
  return { learn, places, at };
}

test.each([
  [1, 4, 1, 16],
  [5, 8, 7, 32],
  [6, 12, 9, 48],
])("%i queries, %i places for %i keys, %i values each: as sums written out", (m, stride, n, dim) => {
  const { learn, places, at } = opened(m * dim, stride * dim, m * stride, m * dim);
  const [left, right, scores, mixed] = places as [number, number, number, number];
  at(0, 0, m * dim).set(draw(m * dim));
  at(1, 0, n * dim).set(draw(n * dim));
  learn.scores(left, right, scores, m, stride, dim);
  const dot = (i: number, j: number) =>
    at(0, i * dim, dim).reduce((sum, value, k) => sum + value * at(1, j * dim, dim)[k]!, 0);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) expect(at(2, i * stride + j, 1)[0]).toBeCloseTo(dot(i, j), 5);
  learn.mix(scores, right, mixed, m, n, stride, dim);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < dim; k++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += at(2, i * stride + j, 1)[0]! * at(1, j * dim + k, 1)[0]!;
      expect(at(3, i * dim + k, 1)[0]).toBeCloseTo(sum, 5);
    }
});

test("rows are gathered with repeats, and their square told; a step of Adam moves a row against its moment", () => {
  const dim = 32;
  const { learn, places, at } = opened(4 * dim, 4, dim, dim);
  const [rows, numbers, out, moment] = places as [number, number, number, number];
  at(0, 0, 4 * dim).set(draw(4 * dim));
  new Int32Array(learn.memory.buffer, numbers, 3).set([2, 0, 2]);
  const square = learn.gather(numbers, 3, rows, out, dim);
  const sum = Array.from({ length: dim }, (_, k) => 2 * at(0, 2 * dim + k, 1)[0]! + at(0, k, 1)[0]!);
  sum.forEach((value, k) => expect(at(2, k, 1)[0]).toBeCloseTo(value, 5));
  expect(square).toBeCloseTo(
    sum.reduce((all, value) => all + value ** 2, 0),
    4,
  );
  expect(learn.gather(numbers, 0, rows, moment, dim)).toBe(0);
  const before = at(0, dim, dim).slice();
  learn.descend(rows + 4 * dim, moment, out, 0.9, 0.5, dim);
  sum.forEach((value, k) => {
    expect(at(3, k, 1)[0]).toBeCloseTo(0.1 * value, 5);
    expect(at(0, dim + k, 1)[0]).toBeCloseTo(before[k]! - 0.05 * value, 5);
  });
});

test("the way back through a unit vector is that of the plain loop, which differences prove", () => {
  const dim = 16;
  const { learn, places, at } = opened(dim, dim);
  const unit = draw(dim);
  const length = Math.hypot(...unit);
  unit.forEach((value, k) => (unit[k] = value / length));
  const gradient = draw(dim);
  at(0, 0, dim).set(gradient);
  at(1, 0, dim).set(unit);
  learn.throughUnit(places[0]!, places[1]!, 2.5, dim);
  throughUnit(gradient, unit, 2.5);
  gradient.forEach((value, k) => expect(at(0, k, 1)[0]).toBeCloseTo(value, 5));
});

test("inner products with rows whose length and number are no multiples of anything", () => {
  const dim = 7;
  const rows = draw(5 * dim);
  const vector = draw(dim);
  expect(paddedTo16(dim)).toBe(16);
  const found = createDots(rows, dim)(vector);
  expect(found.length).toBe(5);
  found.forEach((score, row) =>
    expect(score).toBeCloseTo(
      vector.reduce((sum, value, k) => sum + value * rows[row * dim + k]!, 0),
      5,
    ),
  );
});
