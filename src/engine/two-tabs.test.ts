import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { connect, direct, portLink, serve } from "../boundary/index.ts";
import type { Engine, EngineCalls, StorageCalls } from "../contract/index.ts";
import { openDatabase } from "../storage/open.ts";
import { insideHandlers, type InsideCalls } from "../storage/testing/look-inside.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 12;
const SETTINGS = { mode: "hybrid", fusion: "convex", policy: "use", limit: 50 } as const;

/** One engine, and two tabs that are served by it over links of their own. */
async function openTwoTabs() {
  const inside = insideHandlers(await openDatabase({ where: { kind: "memory" } }));
  const storage = direct<InsideCalls>(inside);
  const engine = createLocalEngine({
    storage: direct<StorageCalls>(inside),
    model: createFakeModel(),
    adaptation: LATER,
  });
  const tabs = [1, 2].map((): Engine => {
    const { port1, port2 } = new MessageChannel();
    serve<EngineCalls>(portLink(port2), engine.handlers);
    return connect<EngineCalls>(portLink(port1));
  });
  const close = async (): Promise<void> => {
    for (const tab of tabs) await tab.close();
    await engine.close();
  };
  return { storage, tabs, close };
}

test.each(SEEDS)("two tabs that add, delete and search at once lose nothing, seed %i", async (seed) => {
  const { storage, tabs, close } = await openTwoTabs();
  const [first] = tabs;
  const { id: collectionId } = await first!.createCollection({ name: "shared", kind: "document" });
  const living = new Set<string>();

  /** What one tab does by itself; nobody else deletes what it added. */
  const work = async (engine: Engine, tab: number): Promise<void> => {
    const rng = createRng(seed * 100 + tab);
    const pause = () => new Promise((resolve) => setTimeout(resolve, rng() * 4));
    const own: { readonly name: string; readonly id: number }[] = [];
    for (let step = 0; step < STEPS; step++) {
      const chance = rng();
      const victim = own[0];
      if (chance < 0.5 || !victim) {
        const name = `t${tab}s${step}`;
        const content = Array.from({ length: 3 }, (_, i) => `# ${i}\n\nThe word is ${name}x${i}.`).join(
          "\n\n",
        );
        const { added } = await engine.add({ collectionId, files: [{ name: `${name}.md`, content }] });
        own.push({ name, id: added[0]?.id ?? -1 });
        living.add(name);
        if (rng() < 0.7) await engine.index({ collectionId, task: "qa" });
      } else if (chance < 0.75) {
        own.shift();
        const { id: removalId } = await engine.removeSources({ sourceIds: [victim.id] });
        if (rng() < 0.5) {
          await engine.restore({ removalId });
          own.push(victim);
        } else {
          living.delete(victim.name);
          await engine.freeRemovals({ removalIds: [removalId] });
        }
      } else {
        const query = { task: "qa", question: `${victim.name}x1` } as const;
        await engine.search({ collectionIds: [collectionId], query, ...SETTINGS });
      }
      await pause();
    }
  };
  await Promise.all(tabs.map(work));
  await Promise.all(tabs.map((engine) => engine.index({ collectionId, task: "qa" })));

  for (const engine of tabs) {
    const sources = await engine.sources({ collectionId });
    expect(sources.map(({ name }) => name).sort()).toEqual([...living].map((name) => `${name}.md`).sort());
    expect(sources.every(({ done, total }) => done === total && total === 3)).toBe(true);
    for (const name of living) {
      const query = { task: "qa", question: `${name}x2` } as const;
      const { hits } = await engine.search({ collectionIds: [collectionId], query, ...SETTINGS });
      expect(hits.filter(({ passage }) => passage.text.includes(`${name}x2`))).toHaveLength(1);
    }
  }
  const [index] = await storage.indexes({ collectionId });
  expect(index).toMatchObject({ present: living.size * 3, missing: 0 });
  expect(await storage.query({ sql: "PRAGMA integrity_check" })).toEqual(["ok"]);
  await close();
});
