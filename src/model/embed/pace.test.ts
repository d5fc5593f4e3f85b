import { expect, test } from "vitest";
import { createPace, createSteadyPace } from "./pace.ts";

test("the budget comes to what takes 50 ms", () => {
  const pace = createPace();
  for (let i = 0; i < 40; i++) pace.record(1000, 1000 / 20);
  expect(pace.budgetTokens()).toBeCloseTo(1000, -1);
});

test("a steady pace stays what it is, however long a run took", () => {
  const pace = createSteadyPace();
  const before = pace.budgetTokens();
  for (const ms of [0.1, 5, 60_000]) pace.record(1024, ms);
  expect(pace.budgetTokens()).toBe(before);
});

test("a slow first run shrinks the budget only so far, a fast device does not make it endless", () => {
  const slow = createPace();
  for (let i = 0; i < 40; i++) slow.record(512, 60_000);
  expect(slow.budgetTokens()).toBe(128);
  const fast = createPace();
  for (let i = 0; i < 40; i++) fast.record(4096, 0.1);
  expect(fast.budgetTokens()).toBe(4096);
});

test("after a slow start the smallest batches are enough to find back", () => {
  const pace = createPace();
  for (let i = 0; i < 40; i++) pace.record(512, 60_000);
  for (let i = 0; i < 40; i++) pace.record(96, 96 / 20);
  expect(pace.budgetTokens()).toBeCloseTo(1000, -1);
});

test("single short queries say nothing about the pace", () => {
  const pace = createPace();
  const before = pace.budgetTokens();
  pace.record(12, 400);
  expect(pace.budgetTokens()).toBe(before);
});

test("what is under way at once shares the 50 ms", () => {
  const pace = createPace(2);
  for (let i = 0; i < 40; i++) pace.record(1000, 1000 / 20);
  expect(pace.budgetTokens()).toBeCloseTo(500, -1);
});

test("a single reading that is far too quick does not make the next batch endless", () => {
  const pace = createPace();
  for (let i = 0; i < 40; i++) pace.record(500, 500 / 10);
  pace.record(500, 0.01);
  expect(pace.budgetTokens()).toBeLessThan(1000);
});
