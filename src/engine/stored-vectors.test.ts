import { expect, test } from "vitest";
import { fromHalf } from "../base/half.ts";
import { direct } from "../boundary/index.ts";
import type { Engine, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

test("the vectors of a collection are told with their passages, and of one source only where it is named", async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(opened.handlers, opened.close);
  const engine: Engine = direct(
    createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers,
  );
  const { id: collectionId } = await engine.createCollection({ name: "Notes", kind: "document" });
  const texts = ["green tea", "black tea", "a bell"];
  const files = texts.map((content, i) => ({ name: `${i}.md`, content }));
  const { added } = await engine.add({ collectionId, files });
  expect((await engine.storedVectors({ collectionId, task: "qa" })).rows).toBe(0);
  await engine.index({ collectionId, task: "qa" });

  const all = await engine.storedVectors({ collectionId, task: "qa" });
  expect(all.rows).toBe(3);
  const ascending = (a: number, b: number): number => a - b;
  expect([...all.sourceIds].toSorted(ascending)).toEqual(added.map(({ id }) => id).toSorted(ascending));
  const { passages } = await engine.passages({ collectionId, offset: 0, limit: 10 });
  const embedded = await engine.embed({ task: "qa", side: "key", texts });
  for (const [row, id] of all.passageIds.entries()) {
    const text = texts.indexOf(passages.find((one) => one.id === id)!.text);
    const stored = fromHalf(all.vectors.subarray(row * all.dim, (row + 1) * all.dim));
    const wanted = embedded.vectors.subarray(text * all.dim, (text + 1) * all.dim);
    expect(stored.every((value, i) => Math.abs(value - wanted[i]!) < 1e-3)).toBe(true);
  }

  const read = await engine.readPassages({ passageIds: [...all.passageIds.toReversed(), 999] });
  expect(read.map(({ id }) => id)).toEqual(Array.from(all.passageIds.toReversed()));
  expect((await engine.passageTimes({ collectionId })).passageIds).toHaveLength(3);

  const sourceId = added[1]!.id;
  const one = await engine.storedVectors({ collectionId, task: "qa", sourceId });
  expect([one.rows, [...one.sourceIds]]).toEqual([1, [sourceId]]);
  await expect(engine.storedVectors({ collectionId, task: "tool" })).rejects.toMatchObject({
    code: "search/wrong-index",
  });
  await storage.close();
});
