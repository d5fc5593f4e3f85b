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
