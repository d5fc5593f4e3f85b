import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Collection, PassageDraft } from "../contract/index.ts";
import type { Inside } from "./storage.contract.ts";
import { draft, rows } from "./testing/drafts.ts";
import { openLibrary, type Library } from "./testing/library.ts";

const keptUntilMs = 2_000_000_000_000;

/** How every body of the storage lets what is in it be looked after. */
export function libraryContract(open: () => Promise<Inside>): void {
  let library: Library;
  let storage: Inside;
  let collection: Collection;
  beforeEach(async () => {
    storage = await open();
    library = await openLibrary(storage);
    ({ collection } = library);
  });
  afterEach(async () => {
    await storage.shut({});
    await storage.close();
  });

  describe("removal of one passage", () => {
    /** Three exchanges as a transcript has them, of which the first two share a line. */
    async function fillTalk() {
      const text = "tea? tin. sugar? gone. ships? two.";
      const at = (startUtf16: number, endUtf16: number): PassageDraft => ({
        ...draft(text.slice(startUtf16, endUtf16)),
        startUtf16,
        endUtf16,
      });
      const passages = [at(0, 9), at(5, 22), at(23, 34)];
      const input = { name: "talk", format: "text/1", digest: "talk", text, total: 3 };
      const { source } = await storage.addSource({ ...input, collectionId: collection.id });
      const given = { sourceId: source.id, firstOrdinal: 0, passages };
      const segments = [{ indexId: library.index.id, vectors: rows(3, 2) }];
      const ids = [...(await storage.appendPassages({ ...given, segments })).passageIds];
      return { source, text, ids, input: { ...input, collectionId: collection.id } };
    }

    const query = { collectionId: 1, task: "chat" } as const;
    async function everything(sourceId: number, ids: readonly number[]) {
      const about = { ...query, collectionId: collection.id };
      return {
        listed: await storage.listPassages({ collectionId: collection.id, offset: 0, limit: 9 }),
        text: (await storage.readSource({ sourceId })).text,
        hits: await library.find("tea tin sugar gone ships two"),
        vectors: await library.vectorsOf(ids),
        loaded: (await library.loaded())
          .flatMap(({ passageIds, vectors }) =>
            passageIds.map((id, row) => [id, ...vectors.slice(row * 2, row * 2 + 2)]),
          )
          .sort(([a = 0], [b = 0]) => a - b),
        marks: await storage.marks(about),
        rewards: await storage.rewards(about),
        next: await storage.continuations({ ids: [ids[0]!] }),
        sources: await storage.sources({ collectionId: collection.id }),
      };
    }

    test("words, vector, marks and rewards go and come with it; the others stand as if it had never been", async () => {
      const { source, text, ids, input } = await fillTalk();
      const about = { ...query, collectionId: collection.id };
      for (const passageId of ids)
        await storage.writeMark({ ...about, query: "q", passageId, mark: "right" });
      const rewards = ids.map((passageId) => ({ passageId, reward: passageId / 2 }));
      await storage.writeRewards({ ...about, query: "q", rewards });
      const before = await everything(source.id, ids);

      const lastSeen = (await library.loaded()).at(-1)!.id;
      const removal = await storage.removePassage({ passageId: ids[1]!, keptUntilMs });
      expect(removal).toMatchObject({ what: "passage", name: "talk", sources: 1, passages: 1 });
      const rest = [ids[0]!, ids[2]!];
      const now = await everything(source.id, ids);
      expect(now.listed).toMatchObject({ total: 2, passages: rest.map((id, ordinal) => ({ id, ordinal })) });
      expect(now.text).toBe(text.replace("sugar? gone.", " ".repeat(12)));
      expect(new Set(now.hits.map(({ passageId }) => passageId))).toEqual(new Set(rest));
      expect(now.vectors).toEqual([0, 1, 0, 0, 200, 201]);
      expect(now.loaded).toEqual([
        [rest[0], 0, 1],
        [rest[1], 200, 201],
      ]);
      expect(now.marks.map(({ passageId }) => passageId)).toEqual(rest);
      expect(now.rewards[0]?.rewards.map(({ passageId }) => passageId)).toEqual(rest);
      expect(now.next).toMatchObject([{ id: rest[1] }]);
      expect(await library.openIndex("mini")).toMatchObject({ present: 2, missing: 0 });
      expect((await library.loaded(lastSeen)).flatMap(({ passageIds }) => passageIds)).toEqual(rest);
      expect(await storage.addSource(input)).toMatchObject({
        unchanged: true,
        source: { total: 2, done: 2 },
      });

      expect(await storage.restore({ removalId: removal.id })).toMatchObject({ sourceIds: [source.id] });
      expect(await everything(source.id, ids)).toEqual(before);
      expect(await storage.removals({})).toEqual([]);
    });

    test("several come back in any order to where they were; what is freed is gone for good", async () => {
      const { source, text, ids } = await fillTalk();
      const before = await everything(source.id, ids);
      const [a, b] = [ids[2]!, ids[0]!];
      const later = await storage.removePassage({ passageId: a, keptUntilMs });
      const first = await storage.removePassage({ passageId: b, keptUntilMs });
      await storage.restore({ removalId: later.id });
      await storage.restore({ removalId: first.id });
      expect(await everything(source.id, ids)).toEqual(before);
      const { id } = await storage.removePassage({ passageId: a, keptUntilMs });
      await storage.freeRemovals({ removalIds: [id] });
      expect(await storage.query({ sql: "SELECT text FROM source_text" })).toEqual([
        text.replace("ships? two.", " ".repeat(11)),
      ]);
      expect(await storage.query({ sql: "SELECT count(*) FROM passage" })).toEqual(["2"]);
    });

    test("where its source was removed meanwhile it comes back alone; the last one is its source", async () => {
      const { source, ids } = await fillTalk();
      const one = await storage.removePassage({ passageId: ids[2]!, keptUntilMs });
      const all = await storage.removeSources({ sourceIds: [source.id], keptUntilMs });
      await storage.freeRemovals({ removalIds: [all.id] });
      const { sourceIds } = await storage.restore({ removalId: one.id });
      const [alone] = await storage.readPassages({ ids: [ids[2]!] });
      expect(alone).toMatchObject({ sourceId: sourceIds[0], ordinal: 0, startUtf16: 0, endUtf16: 11 });
      expect(await storage.readSource({ sourceId: sourceIds[0]! })).toMatchObject({ text: "ships? two." });
      expect((await library.find("ships")).map(({ passageId }) => passageId)).toEqual([ids[2]]);
      expect(await library.vectorsOf([ids[2]!])).toEqual([200, 201]);
      const last = await storage.removePassage({ passageId: ids[2]!, keptUntilMs });
      expect(last).toMatchObject({ what: "sources", passages: 1 });
    });

    test("a source that is still being stored keeps its passages", async () => {
      const { source } = await storage.addSource({
        collectionId: collection.id,
        name: "half",
        format: "text/1",
        digest: "half",
        text: "one two",
        total: 2,
      });
      const batch = { sourceId: source.id, firstOrdinal: 0, passages: [draft("one")], segments: [] };
      const { passageIds } = await storage.appendPassages(batch);
      const call = storage.removePassage({ passageId: passageIds[0]!, keptUntilMs });
      await expect(call).rejects.toMatchObject({ code: "storage/conflict" });
      await expect(storage.removePassage({ passageId: 99, keptUntilMs })).rejects.toMatchObject({
        code: "storage/not-found",
      });
      expect((await library.find("one")).length).toBe(1);
    });
  });

  describe("edits", () => {
    test("an edited passage is found by its new words and vector, and can have its first ones back", async () => {
      const { ids } = await library.fill("a", [draft("one"), draft("two", "T"), draft("three")]);
      const other = await library.openIndex("other");
      await storage.fillIndex({
        passageIds: ids,
        segment: { indexId: other.id, vectors: rows(3, 2, 50) },
      });
      const passageId = ids[1]!;
      const [before] = await storage.readPassages({ ids: [passageId] });
      const edit = (text: string, vector: number) =>
        storage.editPassage({
          passageId,
          words: { text, record: { kind: "document", page: 7 } },
          segments: [{ indexId: library.index.id, vectors: rows(1, 2, vector) }],
        });
      const edited = await edit("zwei", 7);
      expect(edited).toEqual({
        ...before,
        text: "zwei",
        record: { kind: "document", page: 7 },
        isEdited: true,
      });
      expect(await library.find("two")).toEqual([]);
      expect((await library.find("zwei T")).map((hit) => hit.passageId)).toEqual([passageId]);
      expect(await library.vectorsOf(ids)).toEqual([0, 1, 700, 701, 200, 201]);
      expect(await storage.missingPassages({ indexId: other.id, limit: 9 })).toEqual([edited]);
      const known = await storage.knownVectors({
        indexId: library.index.id,
        passages: [draft("two", "T"), edited],
      });
      expect([[...known.rows], [...known.vectors]]).toEqual([[1], [700, 701]]);

      await edit("deux", 8);
      expect(await storage.originalOf({ passageId })).toEqual({ text: "two", record: { kind: "document" } });
      const back = { passageId, words: null, segments: [] };
      expect(await storage.editPassage(back)).toEqual(before);
      expect(await storage.originalOf({ passageId })).toBe(null);
      expect((await library.find("two")).map((hit) => hit.passageId)).toEqual([passageId]);
      expect(await library.vectorsOf(ids)).toEqual([0, 1, 0, 0, 200, 201]);
    });

    test("an edit that cannot be stored changes nothing", async () => {
      const { ids } = await library.fill("a", [draft("one")]);
      const words = { text: "eins", record: { kind: "document" } } as const;
      const short = [{ indexId: library.index.id, vectors: new Uint16Array(1) }];
      const call = storage.editPassage({ passageId: ids[0]!, words, segments: short });
      await expect(call).rejects.toMatchObject({ code: "vectors/shape" });
      await expect(storage.editPassage({ passageId: 99, words, segments: [] })).rejects.toMatchObject({
        code: "storage/not-found",
      });
      expect((await library.find("one")).length).toBe(1);
      expect(await library.vectorsOf(ids)).toEqual([0, 1]);
    });
  });

  describe("names and facts", () => {
    test("a collection and a source get other names", async () => {
      const { source } = await library.fill("a", [draft("one")]);
      const renamed = await storage.renameSource({ sourceId: source.id, name: "Kapitel 1 · 第一章" });
      expect(renamed).toMatchObject({ id: source.id, name: "Kapitel 1 · 第一章", digest: source.digest });
      const other = await storage.renameCollection({ collectionId: collection.id, name: "Books" });
      expect(await storage.collections({})).toEqual([other]);
      expect(other).toMatchObject({ id: collection.id, name: "Books", passages: 1 });
      const missing = { code: "storage/not-found" };
      await expect(storage.renameSource({ sourceId: 99, name: "x" })).rejects.toMatchObject(missing);
      await expect(storage.renameCollection({ collectionId: 99, name: "x" })).rejects.toMatchObject(missing);
    });

    test("what a collection takes, and what became of a source's text, can be asked", async () => {
      expect(await storage.collectionFacts({ collectionId: collection.id })).toMatchObject({
        textBytes: 0,
        vectorBytes: 0,
        lastAddedAt: null,
      });
      const notice = {
        level: "warning",
        code: "ingest/inexact",
        file: "é.txt",
        message: "Guessed.",
      } as const;
      const { source } = await storage.addSource({
        collectionId: collection.id,
        name: "é.txt",
        format: "text/1",
        digest: "d",
        text: "é茶",
        total: 2,
        notices: [notice],
      });
      const at = (startUtf16: number, endUtf16: number) => ({ ...draft("x"), startUtf16, endUtf16 });
      const segments = [{ indexId: library.index.id, vectors: rows(2, 2) }];
      const passages = [at(1, 2), at(0, 1)];
      await storage.appendPassages({ sourceId: source.id, firstOrdinal: 0, passages, segments });
      expect(await storage.collectionFacts({ collectionId: collection.id })).toMatchObject({
        textBytes: 5,
        vectorBytes: 8,
        indexes: [{ id: library.index.id, present: 2 }],
        lastAddedAt: source.addedAt,
      });
      const { notices, spans } = await storage.sourceFacts({ sourceId: source.id });
      expect(notices).toEqual([notice]);
      expect([...spans]).toEqual([0, 1, 1, 2]);
    });
  });
}
