import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Collection } from "../contract/index.ts";
import type { Inside } from "./storage.contract.ts";
import { draft, rows } from "./testing/drafts.ts";
import { openLibrary, type Library } from "./testing/library.ts";

const keptUntilMs = 2_000_000_000_000;

/** How every body of the storage removes sources, brings them back and puts one in the place of others. */
export function removalsContract(open: () => Promise<Inside>): void {
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

  describe("removal and its undoing", () => {
    test("removed sources are met by no call until they are restored, and then as they were", async () => {
      const kept = await library.fill("kept", [draft("whale ship"), draft("ship")]);
      const gone = await library.fill("gone", [draft("whale harpoon"), draft("whale")], 5);
      const also = await library.fill("also", [draft("whale oil")], 8);
      await storage.tagSource({ sourceId: gone.source.id, tags: ["sea"] });
      await storage.writeMark({
        collectionId: collection.id,
        task: "qa",
        query: "q",
        passageId: gone.ids[0]!,
        mark: "right",
      });
      const before = {
        hits: await library.find("whale ship oil"),
        vectors: await library.vectorsOf([...gone.ids, ...also.ids]),
        sources: await storage.sources({ collectionId: collection.id }),
        marks: await storage.marks({ collectionId: collection.id, task: "qa" }),
      };
      const sourceIds = [gone.source.id, also.source.id];
      const removal = await storage.removeSources({ sourceIds, keptUntilMs });
      expect(removal).toMatchObject({ what: "sources", collectionId: collection.id, name: "gone" });
      expect(removal).toMatchObject({ sources: 2, passages: 3, keptUntilMs });

      const missing = { code: "storage/not-found" };
      expect((await library.find("whale")).map(({ passageId }) => passageId)).toEqual([kept.ids[0]]);
      expect(await storage.readPassages({ ids: gone.ids })).toEqual([]);
      expect(await library.vectorsOf(gone.ids)).toEqual([0, 0, 0, 0]);
      expect((await library.loaded()).flatMap(({ passageIds }) => passageIds)).toEqual(kept.ids);
      expect(await storage.collections({})).toMatchObject([{ id: collection.id, sources: 1, passages: 2 }]);
      expect(await library.openIndex("mini")).toMatchObject({ present: 2, missing: 0 });
      expect(await storage.marks({ collectionId: collection.id, task: "qa" })).toEqual([]);
      const every = { collectionId: collection.id, filter: { sourceIds: [kept.source.id, ...sourceIds] } };
      expect([...(await storage.filterPassages(every))]).toEqual(kept.ids);
      await expect(storage.readSource({ sourceId: gone.source.id })).rejects.toMatchObject(missing);
      await expect(storage.removeSources({ sourceIds, keptUntilMs })).rejects.toMatchObject(missing);

      const lastSeen = (await library.loaded()).at(-1)!.id;
      expect(await storage.restore({ removalId: removal.id })).toMatchObject({ sourceIds });
      expect({
        hits: await library.find("whale ship oil"),
        vectors: await library.vectorsOf([...gone.ids, ...also.ids]),
        sources: await storage.sources({ collectionId: collection.id }),
        marks: await storage.marks({ collectionId: collection.id, task: "qa" }),
      }).toEqual(before);
      expect((await library.loaded(lastSeen)).map((part) => part.passageIds)).toEqual([gone.ids, also.ids]);
      expect(await storage.removals({})).toEqual([]);
      await expect(storage.restore({ removalId: removal.id })).rejects.toMatchObject(missing);
    });

    test("a removed collection comes back whole, with what was removed from it before", async () => {
      const { source, ids } = await library.fill("a", [draft("whale"), draft("ship")]);
      const b = await library.fill("b", [draft("whale oil")], 4);
      const hits = await library.find("whale");
      const first = await storage.removeSources({ sourceIds: [b.source.id], keptUntilMs });
      const { id: removalId } = await storage.removeCollection({ collectionId: collection.id, keptUntilMs });
      const missing = { code: "storage/not-found" };
      expect(await storage.collections({})).toEqual([]);
      expect(await storage.removals({})).toMatchObject([
        { id: removalId, what: "collection", name: "notes", sources: 1, passages: 2 },
      ]);
      expect(await storage.readPassages({ ids })).toEqual([]);
      await expect(library.find("whale")).rejects.toMatchObject(missing);
      await expect(storage.readSource({ sourceId: source.id })).rejects.toMatchObject(missing);
      await expect(storage.missingPassages({ indexId: library.index.id, limit: 1 })).rejects.toMatchObject(
        missing,
      );
      await expect(storage.restore({ removalId: first.id })).rejects.toMatchObject(missing);
      await storage.restore({ removalId });
      expect(await storage.removals({})).toEqual([first]);
      await storage.restore({ removalId: first.id });
      expect(await library.find("whale")).toEqual(hits);
      expect(await library.vectorsOf(b.ids)).toEqual([400, 401]);
    });

    test("what is freed is gone with its bytes, and nothing else", async () => {
      const size = (await storage.info({})).databaseBytes;
      const big = Array.from({ length: 40 }, (_, i) => draft(`word${i} `.repeat(2000)));
      const { source } = await library.fill("big", big);
      const other = await library.fill("other", [draft("stays")]);
      const removal = await storage.removeSources({ sourceIds: [source.id], keptUntilMs });
      const full = (await storage.info({})).databaseBytes;
      await storage.freeRemovals({ removalIds: [removal.id, 99] });
      expect((await storage.info({})).databaseBytes).toBeLessThan(full);
      expect(await storage.query({ sql: "SELECT count(*) FROM collection" })).toEqual(["1"]);
      expect(await storage.query({ sql: "SELECT count(*) FROM passage" })).toEqual(["1"]);
      expect(await library.vectorsOf(other.ids)).toEqual([0, 1]);
      const all = await storage.removeCollection({ collectionId: collection.id, keptUntilMs });
      await storage.freeRemovals({ removalIds: [collection.id] });
      expect(all.id).toBe(collection.id);
      expect((await storage.info({})).databaseBytes).toBeLessThanOrEqual(size);
    });

    test("a text that was added again meanwhile is there once, with what was said of either", async () => {
      const at = { collectionId: collection.id, task: "qa" } as const;
      const place = (text: string, from: number) => ({
        ...draft(text),
        startUtf16: from,
        endUtf16: from + 9,
      });
      const words = (text: string) => ({ text, record: { kind: "document" } }) as const;
      const edited = (from: number) => [{ indexId: library.index.id, vectors: rows(1, 2, from) }];
      const passages = [place("whale", 0), place("ship", 9), place("oil", 18)];
      const old = await library.fill("a", passages);
      await storage.tagSource({ sourceId: old.source.id, tags: ["sea"] });
      await storage.editPassage({ passageId: old.ids[0]!, words: words("walrus"), segments: edited(7) });
      await storage.writeMark({ ...at, query: "q", passageId: old.ids[1]!, mark: "pinned" });
      await storage.writeMark({ ...at, query: "r", passageId: old.ids[2]!, mark: "right" });
      const removal = await storage.removeSources({ sourceIds: [old.source.id], keptUntilMs });

      const fresh = await library.fill("a", passages, 3);
      await storage.editPassage({ passageId: fresh.ids[0]!, words: words("lost"), segments: [] });
      await storage.editPassage({ passageId: fresh.ids[1]!, words: words("boat"), segments: edited(8) });
      await storage.writeMark({ ...at, query: "r", passageId: fresh.ids[2]!, mark: "wrong" });
      await storage.writeRewards({ ...at, query: "q", rewards: [{ passageId: fresh.ids[2]!, reward: 1 }] });
      const lastSeen = (await library.loaded()).at(-1)!.id;

      expect(await storage.restore({ removalId: removal.id })).toMatchObject({
        sourceIds: [old.source.id],
        replacedIds: [fresh.source.id],
      });
      const sources = await storage.sources({ collectionId: collection.id });
      expect(sources).toMatchObject([{ id: old.source.id, done: 3, tags: ["sea"] }]);
      const stored = await storage.listPassages({ collectionId: collection.id, offset: 0, limit: 9 });
      expect(stored.passages.map(({ text }) => text)).toEqual(["walrus", "boat", "oil"]);
      expect(await storage.originalOf({ passageId: old.ids[1]! })).toMatchObject({ text: "ship" });
      expect(await library.vectorsOf(old.ids)).toEqual([700, 701, 800, 801, 200, 201]);
      const met = (await library.loaded(lastSeen)).flatMap(({ passageIds }) => passageIds);
      expect(new Set(met)).toEqual(new Set(old.ids));
      expect(await storage.marks(at)).toEqual([
        { query: "q", passageId: old.ids[1], mark: "pinned" },
        { query: "r", passageId: old.ids[2], mark: "right" },
      ]);
      expect(await storage.rewards(at)).toMatchObject([{ rewards: [{ passageId: old.ids[2] }] }]);
      const hits = await library.find("walrus boat oil ship whale lost");
      expect(new Set(hits.map(({ passageId }) => passageId))).toEqual(new Set(old.ids));
      expect(await storage.removals({})).toEqual([]);
    });

    test("of a text that was half stored when it was removed, the one that was added again stays as far as it is", async () => {
      const { source, input, ids } = await library.fill("a", [draft("one")]);
      await storage.script({ sql: `UPDATE source SET total = 2 WHERE id = ${source.id}` });
      const at = { collectionId: collection.id, task: "qa" } as const;
      await storage.writeMark({ ...at, query: "q", passageId: ids[0]!, mark: "pinned" });
      const { id: removalId } = await storage.removeSources({ sourceIds: [source.id], keptUntilMs });
      const sourceId = (await storage.addSource({ ...input, total: 2 })).source.id;
      const next = { ...draft("two"), startUtf16: 4 };
      const batch = { sourceId, firstOrdinal: 0, passages: [draft("one"), next], segments: [] };
      const { passageIds } = await storage.appendPassages(batch);
      expect(await storage.restore({ removalId })).toMatchObject({ sourceIds: [sourceId] });
      expect(await storage.marks(at)).toMatchObject([{ passageId: passageIds[0] }]);
    });

    test("unfinished work stops with its removal and goes on after its undoing", async () => {
      const { input } = await library.fill("a", [draft("one")]);
      const { source } = await storage.addSource({ ...input, name: "half", digest: "half", total: 2 });
      const sourceId = source.id;
      const cut = await storage.removeSources({ sourceIds: [sourceId], keptUntilMs });
      expect(await storage.pending({})).toEqual([]);
      const batch = { sourceId, firstOrdinal: 0, passages: [draft("one")], segments: [] };
      await expect(storage.appendPassages(batch)).rejects.toMatchObject({ code: "storage/not-found" });
      await storage.restore({ removalId: cut.id });
      expect(await storage.pending({})).toMatchObject([{ sourceId, done: 0, total: 2 }]);
    });
  });

  describe("putting one source in the place of others", () => {
    test("what both have keeps marks, rewards, edits and vectors; the rest goes, its words too", async () => {
      const other = await library.openIndex("other");
      const a = await library.fill("a", [draft("whale ship"), draft("harpoon")]);
      const b = await library.fill("b", [draft("oil"), draft("rope")], 5);
      const at = { collectionId: collection.id, task: "qa" } as const;
      await storage.fillIndex({
        passageIds: [a.ids[0]!],
        segment: { indexId: other.id, vectors: rows(1, 2, 9) },
      });
      await storage.writeMark({ ...at, query: "q", passageId: a.ids[0]!, mark: "pinned" });
      await storage.writeRewards({ ...at, query: "q", rewards: [{ passageId: b.ids[0]!, reward: 2 }] });
      const words = { text: "train oil", record: { kind: "document" } } as const;
      const edited = { indexId: library.index.id, vectors: rows(1, 2, 7) };
      await storage.editPassage({ passageId: b.ids[0]!, words, segments: [edited] });

      const source = { name: "c", format: "text/2", digest: a.source.digest, dateMs: 5, tags: ["sea"] };
      const request = {
        sourceIds: [a.source.id, b.source.id],
        source: { ...source, text: "text of c" },
        passages: [draft("new"), draft("oil"), draft("whale ship")],
        segments: [{ indexId: library.index.id, vectors: rows(3, 2, 20) }],
        kept: [
          { passageId: a.ids[0]!, ordinal: 2 },
          { passageId: b.ids[0]!, ordinal: 1 },
        ],
      };
      const strange = { ...request, segments: [{ indexId: library.index.id, vectors: rows(1, 2) }] };
      await expect(storage.replaceSources(strange)).rejects.toMatchObject({ code: "vectors/shape" });
      expect(await storage.sources({ collectionId: collection.id })).toHaveLength(2);

      const replaced = await storage.replaceSources(request);
      expect(replaced).toMatchObject({ ...source, total: 3, done: 3 });
      expect(await storage.sources({ collectionId: collection.id })).toEqual([replaced]);
      const { passages } = await storage.listPassages({ collectionId: collection.id, offset: 0, limit: 9 });
      expect(passages.map(({ text }) => text)).toEqual(["new", "train oil", "whale ship"]);
      const [fresh, oil, whale] = passages.map(({ id }) => id);
      expect(await storage.originalOf({ passageId: oil! })).toMatchObject({ text: "oil" });
      expect(await storage.marks(at)).toEqual([{ query: "q", passageId: whale, mark: "pinned" }]);
      expect(await storage.rewards(at)).toEqual([{ query: "q", rewards: [{ passageId: oil, reward: 2 }] }]);
      expect(await library.vectorsOf([fresh!, oil!, whale!])).toEqual([
        ...rows(1, 2, 20),
        ...rows(1, 2, 7),
        ...rows(1, 2, 22),
      ]);
      const inOther = await storage.readVectors({ indexId: other.id, passageIds: [whale!] });
      expect([...inOther]).toEqual([...rows(1, 2, 9)]);
      const found = (await library.find("harpoon rope whale train")).map(({ passageId }) => passageId);
      expect(new Set(found)).toEqual(new Set([oil, whale]));
    });
  });
}
