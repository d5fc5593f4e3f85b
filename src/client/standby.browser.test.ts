import { afterEach, expect, test } from "vitest";
import { standBy, type Standby } from "./standby.ts";

const never = new Promise<never>(() => undefined);
const open: Standby[] = [];

/** As a tab of its own would. */
function waitIn(granted: Promise<void>): Standby {
  const standby = standBy(granted, 20);
  open.push(standby);
  return standby;
}

afterEach(() => {
  for (const standby of open.splice(0)) standby.close();
});

test("of the tabs that wait the first has workers ready, and when it goes or begins, the next", async () => {
  let grant = (): void => undefined;
  const tabs = [new Promise<void>((resolve) => (grant = resolve)), never, never].map(waitIn);
  const [first, second, third] = tabs as [Standby, Standby, Standby];
  await expect.poll(() => first.isReady).toBe(true);
  expect([second.isReady, third.isReady]).toEqual([false, false]);
  grant();
  const taken = first.take();
  expect([taken?.engine, taken?.storage]).toEqual([expect.any(Worker), expect.any(Worker)]);
  taken?.engine.terminate();
  taken?.storage.terminate();
  await expect.poll(() => second.isReady).toBe(true);
  second.close();
  expect(second.take()).toBe(undefined);
  await expect.poll(() => third.isReady).toBe(true);
});

test("the tab that has the engine at once makes none to spare", async () => {
  const owner = waitIn(Promise.resolve());
  const next = waitIn(never);
  await expect.poll(() => next.isReady).toBe(true);
  expect(owner.take()).toBe(undefined);
});
