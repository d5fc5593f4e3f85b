import { mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeptVectors } from "./kept-vectors.ts";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "sextant-kept-"))));
afterEach(() => rm(folder, { recursive: true }));

const asked: string[] = [];
const embed = async (texts: readonly string[]) => {
  asked.push(...texts);
  return texts.map((text) => Float32Array.of(text.length, 1));
};
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `text ${from + i}`);
const vectorsOf = async (texts: readonly string[], by = embed, atOnce = 1) => {
  asked.length = 0;
  const kept = await openKeptVectors(folder, "m/q8");
  const made = await kept.vectorsOf(texts, { embed: by, atOnce });
  await kept.tidy();
  return made;
};

test("only what is new is embedded, and what is gone is forgotten", async () => {
  await vectorsOf(names(0, 150));
  expect(asked).toHaveLength(150);
  const { vectors, embedded } = await vectorsOf([...names(100, 160), "text 100"]);
  expect(asked).toEqual(names(150, 160));
  expect(embedded).toBe(10);
  expect([...vectors.subarray(-2)]).toEqual([8, 1]);
  await vectorsOf(names(0, 1));
  expect(asked).toEqual(["text 0"]);
});

test("a build that was stopped goes on where it was, also from a file that was cut", async () => {
  const stopped = async (texts: readonly string[]) => {
    if (asked.length >= 128) throw new Error("stopped");
    return embed(texts);
  };
  await expect(vectorsOf(names(0, 200), stopped)).rejects.toThrow("stopped");
  const path = join(folder, "site-vectors-m_q8.bin");
  await truncate(path, (await readFile(path)).length - 3);
  await vectorsOf(names(0, 200));
  expect(asked).toEqual(names(127, 200));
  await vectorsOf(names(0, 200));
  expect(asked).toEqual([]);
});

test("several batches at once give the same, and what a stopped one leaves of them is kept", async () => {
  const one = await vectorsOf(names(0, 300));
  await vectorsOf([]);
  let calls = 0;
  const stopped = async (texts: readonly string[]) => {
    if (++calls === 2) throw new Error("stopped");
    return embed(texts);
  };
  await expect(vectorsOf(names(0, 300), stopped, 3)).rejects.toThrow("stopped");
  const rest = await vectorsOf(names(0, 300), embed, 3);
  expect(rest.embedded).toBe(300 - 2 * 64);
  expect(rest.vectors).toEqual(one.vectors);
});
