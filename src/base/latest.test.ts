import { expect, test } from "vitest";
import { createLatest } from "./latest.ts";

test("an older run is aborted and its result dropped, even when it comes last", async () => {
  const latest = createLatest();
  let finishFirst: (value: string) => void = () => undefined;
  let firstSignal: AbortSignal | undefined;
  const first = latest.run((signal) => {
    firstSignal = signal;
    return new Promise<string>((resolve) => (finishFirst = resolve));
  });
  const second = latest.run(() => Promise.resolve("second"));
  expect(firstSignal?.aborted).toBe(true);
  finishFirst("first");
  await expect(second).resolves.toBe("second");
  await expect(first).resolves.toBeUndefined();
});

test("a failure of the newest run is thrown, of an older one not", async () => {
  const latest = createLatest();
  const old = latest.run(() => Promise.reject(new Error("old")));
  const now = latest.run(() => Promise.reject(new Error("new")));
  await expect(old).resolves.toBeUndefined();
  await expect(now).rejects.toThrow("new");
});
