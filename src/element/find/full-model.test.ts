import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isUnmetered, openFullModel } from "./full-model.ts";

/** A library whose model says the length of a question. */
const LIBRARY = `export async function openSextant({ modelsUrl }) {
  const told = (globalThis.fullModel = { modelsUrl, closed: false });
  return { engine: {
    status: async () => ({ model: { id: "m" } }),
    embed: async ({ task, side, texts }) => globalThis.isBroken ? Promise.reject(new Error("no memory")) : ({ vectors: Float32Array.of(texts[0].length), task, side }),
  }, close: async () => void (told.closed = true) };
}`;
const signal = new AbortController().signal;
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sextant-full-"));
  await writeFile(join(folder, "index.js"), LIBRARY);
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
});
afterEach(() => rm(folder, { recursive: true }));
const told = () => (globalThis as unknown as { fullModel: { modelsUrl: string; closed: boolean } }).fullModel;

test("questions are made into vectors by the model beside the library", async () => {
  const url = pathToFileURL(`${folder}/`);
  const encode = await openFullModel(url, "m");
  expect([...(await encode("where", signal))]).toEqual([5]);
  expect(told().modelsUrl).toBe(new URL("models/", url).href);
});

test("another model than the index's is closed and refused, a folder without a library too", async () => {
  await expect(openFullModel(pathToFileURL(`${folder}/`), "other")).rejects.toMatchObject({
    code: "site/entry",
  });
  expect(told().closed).toBe(true);
  await expect(openFullModel(pathToFileURL(`${folder}/none/`), "m")).rejects.toMatchObject({
    code: "site/file",
  });
});

test("a model that cannot run is closed before that is told", async () => {
  vi.stubGlobal("isBroken", true);
  await expect(openFullModel(pathToFileURL(`${folder}/`), "m")).rejects.toThrow("no memory");
  vi.unstubAllGlobals();
  expect(told().closed).toBe(true);
});

test("a line that is metered or slow, as the browser says, is left alone", () => {
  expect([undefined, {}, { type: "wifi", effectiveType: "4g" }].map(isUnmetered)).toEqual([true, true, true]);
  const unwelcome = [{ saveData: true }, { type: "cellular" }, { effectiveType: "3g" }];
  expect(unwelcome.map(isUnmetered)).toEqual([false, false, false]);
});
