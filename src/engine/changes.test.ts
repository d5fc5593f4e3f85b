import { afterEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, EngineEvent, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

let storage: Storage;
afterEach(() => storage.close());

test("who watches hears of every change, also of one that failed half way, and of nothing else", async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  const engine: Engine = direct(
    createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers,
  );
  const events: EngineEvent[] = [];
  engine.watch({}, { onEvent: (event) => events.push(event) }).catch(() => undefined);
  const changes = (): number => events.filter(({ type }) => type === "changed").length;

  const { id: collectionId } = await engine.createCollection({ name: "Notes", kind: "document" });
  expect(changes()).toBe(1);
  const { added } = await engine.add({ collectionId, files: [{ name: "tea.md", content: "Tea." }] });
  await engine.index({ collectionId, task: "qa" });
  await engine.removeSources({ sourceIds: [added[0]?.id ?? -1] });
  expect(changes()).toBe(4);
  await expect(engine.removeSources({ sourceIds: [99] })).rejects.toMatchObject({
    code: "storage/not-found",
  });
  expect(changes()).toBe(5);
  await engine.collections({});
  await engine.sources({ collectionId });
  expect(changes()).toBe(5);
});
