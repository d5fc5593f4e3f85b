import { afterEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

let storage: Storage | undefined;
afterEach(() => storage?.close());

test("a search reads names and marks of what it shows, not all that the collection has", async () => {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const listed: string[] = [];
  const answered: unknown[] = [];
  storage = direct<StorageCalls>(
    {
      ...handlers,
      sources: (...given) => (listed.push("sources"), handlers.sources(...given)),
      marks: async (...given) => {
        const marks = await handlers.marks(...given);
        answered.push(...marks);
        return marks;
      },
    },
    close,
  );
  const engine = direct(createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers);
  const { id: collectionId } = await engine.createCollection({ name: "d", kind: "document" });
  const files = Array.from({ length: 40 }, (_, i) => ({
    name: `${i}.md`,
    content: `A boat named item${i}x.`,
  }));
  await engine.add({ collectionId, files });
  await engine.index({ collectionId, task: "qa" });
  const { passages } = await engine.passages({ collectionId, offset: 0, limit: 40 });
  const mark = (query: string, place: number) =>
    engine.feedback({ collectionId, task: "qa", query, passageId: passages[place]!.id, mark: "pinned" });
  for (const place of passages.keys()) await mark(`another question ${place}`, place);
  await mark("item7x", 30);

  listed.length = 0;
  answered.length = 0;
  const query = { task: "qa", question: "item7x" } as const;
  const ask = { mode: "hybrid", fusion: "convex", policy: "use", limit: 2 } as const;
  const { hits } = await engine.search({ collectionIds: [collectionId], query, ...ask });
  expect(hits.map(({ sourceName, mark: said }) => [sourceName, said])).toEqual([
    ["30.md", "pinned"],
    ["7.md", null],
  ]);
  expect(listed).toEqual([]);
  expect(answered).toHaveLength(1);
});
