import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Removal } from "../contract/index.ts";
import { createKeeping } from "./keeping.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Removals that are kept until so many milliseconds from now. */
function openBin(...waitsMs: readonly number[]) {
  const removal = (waitMs: number): Removal => ({
    id: waitMs,
    what: "sources",
    collectionId: 1,
    name: "a.md",
    sources: 1,
    passages: 1,
    keptUntilMs: Date.now() + waitMs,
  });
  const bin = { removals: waitsMs.map(removal), fails: false };
  const storage = {
    removals: async () => {
      if (bin.fails) throw new Error("the disk went away");
      return bin.removals;
    },
    freeRemovals: async ({ removalIds }: { readonly removalIds: readonly number[] }) => {
      bin.removals = bin.removals.filter(({ id }) => !removalIds.includes(id));
    },
  };
  return { bin, storage, add: (waitMs: number) => bin.removals.push(removal(waitMs)) };
}

test("each removal is freed at its own time, what is due at the start at once, and it is told", async () => {
  const { bin, storage, add } = openBin(-5, 1000);
  const onFreed = vi.fn();
  const keeping = createKeeping(storage, onFreed);
  await vi.advanceTimersByTimeAsync(0);
  expect(bin.removals.map(({ id }) => id)).toEqual([1000]);
  expect(onFreed).toHaveBeenCalledTimes(1);
  add(400);
  await keeping.tend();
  await vi.advanceTimersByTimeAsync(500);
  expect(bin.removals.map(({ id }) => id)).toEqual([1000]);
  await vi.advanceTimersByTimeAsync(500);
  expect(bin.removals).toEqual([]);
  expect(onFreed).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});

test("what cannot be freed now is due still, and after closing nothing is freed", async () => {
  const { bin, storage } = openBin(100);
  const keeping = createKeeping(storage, () => undefined);
  await vi.advanceTimersByTimeAsync(0);
  bin.fails = true;
  await vi.advanceTimersByTimeAsync(200);
  bin.fails = false;
  await keeping.tend();
  expect(bin.removals).toEqual([]);

  const other = openBin(100);
  const closed = createKeeping(other.storage, () => undefined);
  await vi.advanceTimersByTimeAsync(0);
  closed.close();
  await vi.advanceTimersByTimeAsync(1000);
  expect(other.bin.removals).toHaveLength(1);
});
