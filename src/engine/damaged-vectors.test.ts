import { expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine } from "../contract/index.ts";
import { openDatabase } from "../storage/open.ts";
import { insideHandlers } from "../storage/testing/look-inside.ts";
import { BATCH_PASSAGES } from "./indexing.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

test("after a flipped byte the other vectors answer, it is told how many lack, and only those are embedded again", async () => {
  const storage = direct(insideHandlers(await openDatabase({ where: { kind: "memory" } })));
  const start = (): Engine =>
    direct(createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers);
  const before = start();
  const { id: collectionId } = await before.createCollection({ name: "Notes", kind: "document" });
  const count = 2 * BATCH_PASSAGES + 10;
  const content = Array.from({ length: count }, (_, i) => `# ${i}\n\nWhat is item${i} about?`).join("\n\n");
  await before.add({ collectionId, files: [{ name: "a.md", content }] });
  await before.index({ collectionId, task: "qa" });

  const ask = async (engine: Engine, item: number) => {
    const query = { task: "qa", question: `What is item${item} about?` } as const;
    const settings = { mode: "semantic", fusion: "convex", policy: "use", limit: 1 } as const;
    const { hits, notIndexed, candidates } = await engine.search({
      collectionIds: [collectionId],
      query,
      ...settings,
    });
    return { text: hits[0]?.passage.text, notIndexed, count: candidates?.count };
  };
  const found = (item: number) => `What is item${item} about?`;
  expect(await ask(before, 5)).toEqual({ text: found(5), notIndexed: 0, count });

  const vectors = "substr(vectors, 1, 6) || x'5a' || substr(vectors, 8)";
  await storage.script({ sql: `UPDATE segment SET vectors = CAST(${vectors} AS BLOB) WHERE id = 2` });
  const after = start();
  const left = { notIndexed: BATCH_PASSAGES, count: count - BATCH_PASSAGES };
  expect(await ask(after, 5)).toEqual({ text: found(5), ...left });
  expect((await ask(after, BATCH_PASSAGES + 5)).text).not.toBe(found(BATCH_PASSAGES + 5));
  expect(await after.index({ collectionId, task: "qa" })).toMatchObject({ embedded: BATCH_PASSAGES });
  for (const item of [5, BATCH_PASSAGES + 5, count - 1])
    expect(await ask(after, item)).toEqual({ text: found(item), notIndexed: 0, count });
  await storage.close();
});
