import { afterEach, beforeEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let engine: Engine;
let model: FakeModel;
let ids: number[];

const TEXT = "The harbour is old.  A ketch has two masts. Ferries leave at noon.";

beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  model = createFakeModel();
  engine = direct(createLocalEngine({ storage, model, adaptation: LATER }).handlers);
  const { id: collectionId } = await engine.createCollection({ name: "Notes", kind: "document" });
  const files = [TEXT, "Tea is green.", "Bread is brown."].map((content, i) => ({
    name: `${i}.md`,
    content,
  }));
  await engine.add({ collectionId, files });
  await engine.index({ collectionId, task: "qa" });
  const { passages } = await engine.passages({ collectionId, offset: 0, limit: 9 });
  ids = passages.map(({ id }) => id);
});
afterEach(() => storage.close());

const score = (question: string, passageIds: readonly number[], signal?: AbortSignal) =>
  engine.sentences({ query: { task: "qa", question }, policy: "use", passageIds }, signal ? { signal } : {});

test("the sentence that answers stands out of its passage, without the blanks around it", async () => {
  const [found, tea] = await score("how many masts has a ketch", ids.slice(0, 2));
  const told = found?.sentences.map(({ start, end, standard }) => ({
    text: TEXT.slice(start, end),
    standard,
  }));
  expect(told?.map(({ text }) => text)).toEqual([
    "The harbour is old.",
    "A ketch has two masts.",
    "Ferries leave at noon.",
  ]);
  const best = told?.toSorted((a, b) => b.standard - a.standard)[0];
  expect(best?.text).toBe("A ketch has two masts.");
  expect(best?.standard).toBeGreaterThan(1);
  expect(tea?.passageId).toBe(ids[1]);
});

test("everything is embedded in one batch; passages that are gone are left out, and nothing is nothing", async () => {
  let batches = 0;
  model.beforeBatch = () => void batches++;
  expect(await score("tea", [...ids, 4711])).toHaveLength(3);
  expect(batches).toBe(1);
  expect(await score("tea", [4711])).toEqual([]);
  expect(batches).toBe(1);
});

test("it can be stopped before it is computed", async () => {
  const stop = new AbortController();
  model.beforeBatch = () => stop.abort();
  await expect(score("tea", ids, stop.signal)).rejects.toMatchObject({ code: "base/aborted" });
});

test("a model without vectors scores nothing", async () => {
  await engine.setModel({ modelId: "bm25", dtype: "fp32" });
  expect(await score("tea", ids)).toEqual([]);
});
