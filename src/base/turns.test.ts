import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("one at a time, urgent work first, otherwise in order", async () => {
  const turns = createTurns();
  const log: string[] = [];
  let running = 0;
  const work = (name: string) => async () => {
    expect(++running).toBe(1);
    await Promise.resolve();
    log.push(name);
    running--;
  };
  await Promise.all([
    turns.take("later", work("a")),
    turns.take("later", work("b")),
    turns.take("later", work("c")),
    turns.take("now", work("query")),
  ]);
  expect(log).toEqual(["a", "query", "b", "c"]);
});

test("a failing turn does not block the next, an aborted one never runs", async () => {
  const turns = createTurns();
  const stop = new AbortController();
  const failing = turns.take("later", () => Promise.reject(new Error("no")));
  const aborted = turns.take("later", () => Promise.resolve("ran"), stop.signal);
  const last = turns.take("later", () => Promise.resolve("last"));
  stop.abort();
  await expect(failing).rejects.toThrow("no");
  await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
  await expect(last).resolves.toBe("last");
});

test("as many at once as there are places, and no more", async () => {
  const turns = createTurns(2);
  const ends: (() => void)[] = [];
  const taken = [0, 1, 2].map(() => turns.take("later", () => new Promise<void>((end) => ends.push(end))));
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await taken[1];
  await Promise.resolve();
  expect(ends).toHaveLength(3);
  for (const end of ends) end();
  await Promise.all(taken);
});
