import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Collection, PassageDraft, Source, TaskId, VectorIndex } from "../contract/index.ts";
import type { Inside } from "./storage.contract.ts";
import { draft, rows } from "./testing/drafts.ts";

/** How every body of the storage keeps vectors. */
export function segmentsContract(open: () => Promise<Inside>): void {
  let storage: Inside;
  let collection: Collection;

  beforeEach(async () => {
    storage = await open();
    collection = await storage.createCollection({ name: "notes", kind: "document" });
  });
  afterEach(async () => {
    await storage.shut({});
    await storage.close();
  });

  async function addSource(name: string, total: number, collectionId = collection.id): Promise<Source> {
    const text = `text of ${name}`;
    const input = { collectionId, name, format: "text/1", digest: `digest of ${name}`, text, total };
    return (await storage.addSource(input)).source;
  }

  /** A finished source with these passages, and with their vectors where an index is given; returns their ids. */
  async function fill(name: string, passages: readonly PassageDraft[], index?: VectorIndex) {
    const source = await addSource(name, passages.length);
    const segments = index ? [{ indexId: index.id, vectors: rows(passages.length, index.dim) }] : [];
    const batch = { sourceId: source.id, firstOrdinal: 0, passages, segments };
    return { source, ids: [...(await storage.appendPassages(batch)).passageIds] };
  }

  const openIndex = (task: TaskId = "qa", dim = 2, modelKey = "mini"): Promise<VectorIndex> =>
    storage.openIndex({ collectionId: collection.id, task, modelKey, dim });

  const three = [draft("a"), draft("b"), draft("c")];

  describe("vectors", () => {
    test("segments come back page by page with their passages", async () => {
      const index = await openIndex();
      const source = await addSource("a", 5);
      const ids: number[] = [];
      for (const [firstOrdinal, count] of [[0, 2] as const, [2, 2] as const, [4, 1] as const]) {
        const { passageIds } = await storage.appendPassages({
          sourceId: source.id,
          firstOrdinal,
          passages: Array.from({ length: count }, () => draft("x")),
          segments: [{ indexId: index.id, vectors: rows(count, 2, firstOrdinal) }],
        });
        ids.push(...passageIds);
      }
      const page = await storage.readSegments({ indexId: index.id, afterId: 0, limit: 2 });
      const rest = await storage.readSegments({ indexId: index.id, afterId: page[1]!.id, limit: 2 });
      const all = [...page, ...rest];
      expect(all.map((segment) => segment.passageIds.length)).toEqual([2, 2, 1]);
      expect(all.flatMap((segment) => [...segment.passageIds])).toEqual(ids);
      expect(all.flatMap((segment) => [...segment.ordinals])).toEqual([0, 1, 2, 3, 4]);
      expect(all.flatMap((segment) => [...segment.vectors])).toEqual([...rows(5, 2)]);
      expect(all.every((segment) => segment.sourceIds.every((id) => id === source.id))).toBe(true);
      expect(await openIndex()).toEqual({ ...index, present: 5, missing: 0 });
    });

    test("rows whose passage is gone are left out", async () => {
      const index = await openIndex();
      const source = await addSource("a", 3);
      await storage.appendPassages({
        sourceId: source.id,
        firstOrdinal: 0,
        passages: [draft("a"), draft("b"), draft("c")],
        segments: [{ indexId: index.id, vectors: rows(3, 2) }],
      });
      await storage.script({ sql: "DELETE FROM passage WHERE ordinal = 1" });
      const [segment] = await storage.readSegments({ indexId: index.id, afterId: 0, limit: 9 });
      expect([...segment!.ordinals]).toEqual([0, 2]);
      expect([...segment!.vectors]).toEqual([0, 1, 200, 201]);
    });

    test("vectors of another shape, index or collection are refused", async () => {
      const index = await openIndex();
      const other = await storage.createCollection({ name: "other", kind: "document" });
      const source = await addSource("a", 1, other.id);
      const mine = await addSource("b", 1);
      const segments = (length: number) => [{ indexId: index.id, vectors: new Uint16Array(length) }];
      const batch = { firstOrdinal: 0, passages: [draft("x")] };
      await expect(
        storage.appendPassages({ ...batch, sourceId: mine.id, segments: segments(3) }),
      ).rejects.toMatchObject({ code: "vectors/shape" });
      await expect(
        storage.appendPassages({ ...batch, sourceId: source.id, segments: segments(2) }),
      ).rejects.toMatchObject({ code: "storage/not-found" });
      await expect(openIndex("qa", 3)).rejects.toMatchObject({ code: "vectors/shape" });
      expect(await storage.pending({})).toHaveLength(2);
    });

    test("an index that is opened later is filled piece by piece", async () => {
      const a = await fill("a", [draft("a0"), draft("a1")]);
      const b = await fill("b", [draft("b0")]);
      const [first, last] = [await openIndex("qa"), await openIndex("convsearch", 1)];
      expect(first).toMatchObject({ present: 0, missing: 3 });
      const missing = (limit: number) => storage.missingPassages({ indexId: first.id, limit });
      expect((await missing(2)).map((passage) => passage.text)).toEqual(["a0", "a1"]);

      const segment = { indexId: first.id, vectors: rows(2, 2, 8) };
      await storage.fillIndex({ passageIds: [b.ids[0]!, a.ids[1]!], segment });
      expect((await missing(9)).map((passage) => passage.text)).toEqual(["a0"]);
      const stored = await storage.readSegments({ indexId: first.id, afterId: 0, limit: 9 });
      const vectorOf = new Map(stored.map((s) => [s.passageIds[0], [...s.vectors]]));
      expect(vectorOf).toEqual(
        new Map([
          [b.ids[0], [800, 801]],
          [a.ids[1], [900, 901]],
        ]),
      );
      await storage.fillIndex({ passageIds: [a.ids[0]!], segment: { ...segment, vectors: rows(1, 2) } });
      expect(await missing(9)).toEqual([]);
      expect(await storage.indexes({ collectionId: collection.id })).toEqual([
        { ...first, present: 3, missing: 0 },
        { ...last, present: 0, missing: 3 },
      ]);
    });

    test("no passage gets two vectors in one index, and none that is gone gets one", async () => {
      const { ids } = await fill("a", [draft("a0"), draft("a1")]);
      const index = await openIndex();
      const put = (...passageIds: number[]) =>
        storage.fillIndex({
          passageIds,
          segment: { indexId: index.id, vectors: rows(passageIds.length, 2) },
        });
      await put(ids[0]!);
      for (const wrong of [[ids[0]!], [ids[1]!, ids[1]!], [ids[1]!, 999]])
        await expect(put(...wrong)).rejects.toMatchObject({ code: "storage/conflict" });
      expect(await openIndex()).toMatchObject({ present: 1, missing: 1 });
    });

    test("a vector that was made of other words than the passage has by now is refused", async () => {
      const { ids } = await fill("a", three);
      const index = await openIndex();
      const madeOf = await storage.missingPassages({ indexId: index.id, limit: 9 });
      const words = { text: "other", record: { kind: "document" } } as const;
      await storage.editPassage({ passageId: ids[1]!, words, segments: [] });
      const fill3 = { passageIds: ids, segment: { indexId: index.id, vectors: rows(3, 2) } };
      const conflict = { code: "storage/conflict" };
      await expect(storage.fillIndex({ ...fill3, madeOf })).rejects.toMatchObject(conflict);
      const now = await storage.missingPassages({ indexId: index.id, limit: 9 });
      expect(now.map(({ text }) => text)).toEqual(["a", "other", "c"]);
      await storage.fillIndex({ ...fill3, madeOf: now });
      expect(await openIndex()).toMatchObject({ present: 3, missing: 0 });
    });

    test("the vectors of chosen passages are read in the order asked for", async () => {
      const index = await openIndex();
      const { ids } = await fill("a", three, index);
      const later = await fill("b", [draft("d"), draft("e")]);
      const segment = { indexId: index.id, vectors: rows(1, 2, 7) };
      await storage.fillIndex({ passageIds: [later.ids[1]!], segment });
      const read = async (...passageIds: number[]) => [
        ...(await storage.readVectors({ indexId: index.id, passageIds })),
      ];
      expect(await read(ids[2]!, later.ids[1]!, ids[0]!)).toEqual([200, 201, 700, 701, 0, 1]);
      expect(await read(later.ids[0]!, 999)).toEqual([0, 0, 0, 0]);
      expect(await read()).toEqual([]);
    });

    test.each([
      ["one flipped bit", "vectors = CAST(x'01' || substr(vectors, 2) AS BLOB)"],
      ["vectors cut short", "vectors = substr(vectors, 1, 6)"],
      ["places cut short", "ordinals = substr(ordinals, 1, 8)"],
    ])("a segment with %s is dropped and made anew; the others stay", async (_, damage) => {
      const index = await openIndex();
      const whole = await fill("a", three, index);
      const { ids } = await fill("b", three, index);
      const last = await fill("c", three, index);
      await storage.script({ sql: `UPDATE segment SET ${damage} WHERE id = 2` });
      const read = (limit: number) => storage.readSegments({ indexId: index.id, afterId: 0, limit });
      expect((await read(2)).flatMap(({ passageIds }) => [...passageIds])).toEqual([
        ...whole.ids,
        ...last.ids,
      ]);
      expect(await openIndex()).toMatchObject({ present: 6, missing: 3 });
      const missing = await storage.missingPassages({ indexId: index.id, limit: 9 });
      expect(missing.map(({ id }) => id)).toEqual(ids);
      await storage.fillIndex({ passageIds: ids, segment: { indexId: index.id, vectors: rows(3, 2) } });
      expect((await read(9)).map(({ passageIds }) => passageIds.length)).toEqual([3, 3, 3]);
    });
  });
}
