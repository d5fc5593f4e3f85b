import { afterEach, beforeEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine, type LocalEngine } from "./local-engine.ts";
import { createFakeModel, type FakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let calls: string[];
let model: FakeModel;
let local: LocalEngine;
let collectionId: number;

/** The calls of storage are written down. */
function openEngine(): Engine {
  model = createFakeModel();
  local = createLocalEngine({ storage, model });
  return direct(local.handlers);
}

beforeEach(async () => {
  calls = [];
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const told = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (...args: unknown[]) => {
        calls.push(name);
        return (handler as (...all: unknown[]) => unknown)(...args);
      },
    ]),
  ) as typeof handlers;
  storage = direct<StorageCalls>(told, close);
  const engine = openEngine();
  ({ id: collectionId } = await engine.createCollection({ name: "d", kind: "document" }));
  await engine.add({ collectionId, files: [{ name: "a.md", content: "A sloop has one mast." }] });
});
afterEach(() => local.close());

const search = (engine: Engine, mode: "semantic" | "keywords" = "semantic") =>
  engine.search({
    collectionIds: [collectionId],
    query: { task: "qa", question: "one mast" },
    mode,
    fusion: "convex",
    policy: "use",
    limit: 5,
  });

/** Another engine on the same database, whose model takes its time. */
function takeOver(): { readonly engine: Engine; readonly finish: () => void } {
  const engine = openEngine();
  let finish = (): void => undefined;
  const opening = new Promise<void>((resolve) => (finish = resolve));
  const open = model.open.bind(model);
  model.open = async (...given) => {
    await opening;
    return open(...given);
  };
  calls = [];
  return { engine, finish };
}

test("vectors are read while the model of a first search is opened", async () => {
  const first = openEngine();
  await first.index({ collectionId, task: "qa" });
  const { engine, finish } = takeOver();
  const searching = search(engine);
  await expect.poll(() => calls).toContain("readSegments");
  finish();
  expect((await searching).hits).toHaveLength(1);
  expect(calls.filter((name) => name === "readSegments")).toHaveLength(2);
});

test("nothing is made or read for what has no vectors yet, nor for words alone", async () => {
  for (const mode of ["semantic", "keywords"] as const) {
    const { engine, finish } = takeOver();
    const searching = search(engine, mode);
    await expect.poll(() => calls).toContain("collections");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).not.toContain("openIndex");
    finish();
    await searching;
  }
});
