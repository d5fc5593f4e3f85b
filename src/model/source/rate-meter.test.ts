import { expect, test } from "vitest";
import { createRateMeter } from "./rate-meter.ts";

test("nothing is said before half a second, then an even flow is its own rate", () => {
  let nowMs = 0;
  const meter = createRateMeter(() => nowMs);
  meter.add(1000);
  expect(meter.bytesPerSecond()).toBeNull();
  for (nowMs = 100; nowMs <= 5000; nowMs += 100) meter.add(1000);
  expect(meter.bytesPerSecond()).toBeGreaterThan(9500);
  expect(meter.bytesPerSecond()).toBeLessThan(12_500);
});

test("a change shows little by little, and silence too", () => {
  let nowMs = 0;
  const meter = createRateMeter(() => nowMs);
  const flow = (bytes: number, untilMs: number) => {
    for (; nowMs < untilMs; nowMs += 100) meter.add(bytes);
    return meter.bytesPerSecond() ?? Number.NaN;
  };
  const fast = flow(100_000, 10_000);
  const soon = flow(0, 11_000);
  const later = flow(0, 30_000);
  expect(soon).toBeLessThan(fast);
  expect(soon).toBeGreaterThan(fast / 2);
  expect(later).toBeLessThan(fast / 50);
});
