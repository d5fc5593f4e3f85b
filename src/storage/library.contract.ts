import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Collection, PassageDraft, VectorIndex } from "../contract/index.ts";
import type { Inside } from "./storage.contract.ts";
import { draft, rows } from "./testing/drafts.ts";

const keptUntilMs = 2_000_000_000_000;

/** How every body of the storage lets what is in it be looked after. */
export function libraryContract(open: () => Promise<Inside>): void {
  let storage: Inside;
  let collection: Collection;
  let index: VectorIndex;

  beforeEach(async () => {
    storage = await open();
    collection = await storage.createCollection({ name: "notes", kind: "document" });
    index = await openIndex("mini");
  });
  afterEach(async () => {
    await storage.shut({});
    await storage.close();
  });

  const openIndex = (modelKey: string): Promise<VectorIndex> =>
    storage.openIndex({ collectionId: collection.id, task: "qa", modelKey, dim: 2 });

  /** A finished source; vectors are numbered from `from` on. */
  async function fill(name: string, passages: readonly PassageDraft[], from = 0) {
    const given = { name, format: "text/1", digest: `digest of ${name}`, text: `text of ${name}` };
    const input = { ...given, collectionId: collection.id, total: passages.length };
    const { source } = await storage.addSource(input);
    const segments = [{ indexId: index.id, vectors: rows(passages.length, 2, from) }];
    const batch = { sourceId: source.id, firstOrdinal: 0, passages, segments };
    return { source, input, ids: [...(await storage.appendPassages(batch)).passageIds] };
  }

  const find = async (query: string) => storage.keywords({ collectionIds: [collection.id], query, limit: 9 });

  const vectorsOf = async (passageIds: readonly number[]) => [
    ...(await storage.readVectors({ indexId: index.id, passageIds })),
  ];

  /** All that a search can meet, in the order that it is read in. */
  async function loaded(afterId = 0) {
    const segments = await storage.readSegments({ indexId: index.id, afterId, limit: 99 });
    return segments.map(({ id, passageIds, vectors }) => ({
      id,
      passageIds: [...passageIds],
      vectors: [...vectors],
    }));
  }

  describe("removal and its undoing", () => {
    test("removed sources are met by no call until they are restored, and then as they were", async () => {
      const kept = await fill("kept", [draft("whale ship"), draft("ship")]);
      const gone = await fill("gone", [draft("whale harpoon"), draft("whale")], 5);
      const also = await fill("also", [draft("whale oil")], 8);
      await storage.tagSource({ sourceId: gone.source.id, tags: ["sea"] });
      await storage.writeMark({
        collectionId: collection.id,
        task: "qa",
        query: "q",
        passageId: gone.ids[0]!,
        mark: "right",
      });
      const before = {
        hits: await find("whale ship oil"),
        vectors: await vectorsOf([...gone.ids, ...also.ids]),
        sources: await storage.sources({ collectionId: collection.id }),
        marks: await storage.marks({ collectionId: collection.id, task: "qa" }),
      };
      const sourceIds = [gone.source.id, also.source.id];
      const removal = await storage.removeSources({ sourceIds, keptUntilMs });
      expect(removal).toMatchObject({ what: "sources", collectionId: collection.id, name: "gone" });
      expect(removal).toMatchObject({ sources: 2, passages: 3, keptUntilMs });

      const missing = { code: "storage/not-found" };
      expect((await find("whale")).map(({ passageId }) => passageId)).toEqual([kept.ids[0]]);
      expect(await storage.readPassages({ ids: gone.ids })).toEqual([]);
      expect(await vectorsOf(gone.ids)).toEqual([0, 0, 0, 0]);
      expect((await loaded()).flatMap(({ passageIds }) => passageIds)).toEqual(kept.ids);
      expect(await storage.collections({})).toMatchObject([{ id: collection.id, sources: 1, passages: 2 }]);
      expect(await openIndex("mini")).toMatchObject({ present: 2, missing: 0 });
      expect(await storage.marks({ collectionId: collection.id, task: "qa" })).toEqual([]);
      const every = { collectionId: collection.id, filter: { sourceIds: [kept.source.id, ...sourceIds] } };
      expect([...(await storage.filterPassages(every))]).toEqual(kept.ids);
      await expect(storage.readSource({ sourceId: gone.source.id })).rejects.toMatchObject(missing);
      await expect(storage.removeSources({ sourceIds, keptUntilMs })).rejects.toMatchObject(missing);

      const lastSeen = (await loaded()).at(-1)!.id;
      expect(await storage.restore({ removalId: removal.id })).toMatchObject({ sourceIds });
      expect({
        hits: await find("whale ship oil"),
        vectors: await vectorsOf([...gone.ids, ...also.ids]),
        sources: await storage.sources({ collectionId: collection.id }),
        marks: await storage.marks({ collectionId: collection.id, task: "qa" }),
      }).toEqual(before);
      expect((await loaded(lastSeen)).map((part) => part.passageIds)).toEqual([gone.ids, also.ids]);
      expect(await storage.removals({})).toEqual([]);
      await expect(storage.restore({ removalId: removal.id })).rejects.toMatchObject(missing);
    });

    test("a removed collection comes back whole, with what was removed from it before", async () => {
      const { source, ids } = await fill("a", [draft("whale"), draft("ship")]);
      const b = await fill("b", [draft("whale oil")], 4);
      const hits = await find("whale");
      const first = await storage.removeSources({ sourceIds: [b.source.id], keptUntilMs });
      const { id: removalId } = await storage.removeCollection({ collectionId: collection.id, keptUntilMs });
      const missing = { code: "storage/not-found" };
      expect(await storage.collections({})).toEqual([]);
      expect(await storage.removals({})).toMatchObject([
        { id: removalId, what: "collection", name: "notes", sources: 1, passages: 2 },
      ]);
      expect(await storage.readPassages({ ids })).toEqual([]);
      await expect(find("whale")).rejects.toMatchObject(missing);
      await expect(storage.readSource({ sourceId: source.id })).rejects.toMatchObject(missing);
      await expect(storage.missingPassages({ indexId: index.id, limit: 1 })).rejects.toMatchObject(missing);
      await expect(storage.restore({ removalId: first.id })).rejects.toMatchObject(missing);
      await storage.restore({ removalId });
      expect(await storage.removals({})).toEqual([first]);
      await storage.restore({ removalId: first.id });
      expect(await find("whale")).toEqual(hits);
      expect(await vectorsOf(b.ids)).toEqual([400, 401]);
    });

    test("what is freed is gone with its bytes, and nothing else", async () => {
      const size = (await storage.info({})).databaseBytes;
      const big = Array.from({ length: 40 }, (_, i) => draft(`word${i} `.repeat(2000)));
      const { source } = await fill("big", big);
      const other = await fill("other", [draft("stays")]);
      const removal = await storage.removeSources({ sourceIds: [source.id], keptUntilMs });
      const full = (await storage.info({})).databaseBytes;
      await storage.freeRemovals({ removalIds: [removal.id, 99] });
      expect((await storage.info({})).databaseBytes).toBeLessThan(full);
      expect(await storage.query({ sql: "SELECT count(*) FROM collection" })).toEqual(["1"]);
      expect(await storage.query({ sql: "SELECT count(*) FROM passage" })).toEqual(["1"]);
      expect(await vectorsOf(other.ids)).toEqual([0, 1]);
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
      const edited = (from: number) => [{ indexId: index.id, vectors: rows(1, 2, from) }];
      const passages = [place("whale", 0), place("ship", 9), place("oil", 18)];
      const old = await fill("a", passages);
      await storage.tagSource({ sourceId: old.source.id, tags: ["sea"] });
      await storage.editPassage({ passageId: old.ids[0]!, words: words("walrus"), segments: edited(7) });
      await storage.writeMark({ ...at, query: "q", passageId: old.ids[1]!, mark: "pinned" });
      await storage.writeMark({ ...at, query: "r", passageId: old.ids[2]!, mark: "right" });
      const removal = await storage.removeSources({ sourceIds: [old.source.id], keptUntilMs });

      const fresh = await fill("a", passages, 3);
      await storage.editPassage({ passageId: fresh.ids[0]!, words: words("lost"), segments: [] });
      await storage.editPassage({ passageId: fresh.ids[1]!, words: words("boat"), segments: edited(8) });
      await storage.writeMark({ ...at, query: "r", passageId: fresh.ids[2]!, mark: "wrong" });
      await storage.writeRewards({ ...at, query: "q", rewards: [{ passageId: fresh.ids[2]!, reward: 1 }] });
      const lastSeen = (await loaded()).at(-1)!.id;

      expect(await storage.restore({ removalId: removal.id })).toMatchObject({
        sourceIds: [old.source.id],
        replacedIds: [fresh.source.id],
      });
      const sources = await storage.sources({ collectionId: collection.id });
      expect(sources).toMatchObject([{ id: old.source.id, done: 3, tags: ["sea"] }]);
      const stored = await storage.listPassages({ collectionId: collection.id, offset: 0, limit: 9 });
      expect(stored.passages.map(({ text }) => text)).toEqual(["walrus", "boat", "oil"]);
      expect(await storage.originalOf({ passageId: old.ids[1]! })).toMatchObject({ text: "ship" });
      expect(await vectorsOf(old.ids)).toEqual([700, 701, 800, 801, 200, 201]);
      const met = (await loaded(lastSeen)).flatMap(({ passageIds }) => passageIds);
      expect(new Set(met)).toEqual(new Set(old.ids));
      expect(await storage.marks(at)).toEqual([
        { query: "q", passageId: old.ids[1], mark: "pinned" },
        { query: "r", passageId: old.ids[2], mark: "right" },
      ]);
      expect(await storage.rewards(at)).toMatchObject([{ rewards: [{ passageId: old.ids[2] }] }]);
      const hits = await find("walrus boat oil ship whale lost");
      expect(new Set(hits.map(({ passageId }) => passageId))).toEqual(new Set(old.ids));
      expect(await storage.removals({})).toEqual([]);
    });

    test("of a text that was half stored when it was removed, the one that was added again stays as far as it is", async () => {
      const { source, input, ids } = await fill("a", [draft("one")]);
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
      const { input } = await fill("a", [draft("one")]);
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
      const other = await openIndex("other");
      const a = await fill("a", [draft("whale ship"), draft("harpoon")]);
      const b = await fill("b", [draft("oil"), draft("rope")], 5);
      const at = { collectionId: collection.id, task: "qa" } as const;
      await storage.fillIndex({
        passageIds: [a.ids[0]!],
        segment: { indexId: other.id, vectors: rows(1, 2, 9) },
      });
      await storage.writeMark({ ...at, query: "q", passageId: a.ids[0]!, mark: "pinned" });
      await storage.writeRewards({ ...at, query: "q", rewards: [{ passageId: b.ids[0]!, reward: 2 }] });
      const words = { text: "train oil", record: { kind: "document" } } as const;
      const edited = { indexId: index.id, vectors: rows(1, 2, 7) };
      await storage.editPassage({ passageId: b.ids[0]!, words, segments: [edited] });

      const source = { name: "c", format: "text/2", digest: a.source.digest, dateMs: 5, tags: ["sea"] };
      const request = {
        sourceIds: [a.source.id, b.source.id],
        source: { ...source, text: "text of c" },
        passages: [draft("new"), draft("oil"), draft("whale ship")],
        segments: [{ indexId: index.id, vectors: rows(3, 2, 20) }],
        kept: [
          { passageId: a.ids[0]!, ordinal: 2 },
          { passageId: b.ids[0]!, ordinal: 1 },
        ],
      };
      const strange = { ...request, segments: [{ indexId: index.id, vectors: rows(1, 2) }] };
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
      expect(await vectorsOf([fresh!, oil!, whale!])).toEqual([
        ...rows(1, 2, 20),
        ...rows(1, 2, 7),
        ...rows(1, 2, 22),
      ]);
      const inOther = await storage.readVectors({ indexId: other.id, passageIds: [whale!] });
      expect([...inOther]).toEqual([...rows(1, 2, 9)]);
      const found = (await find("harpoon rope whale train")).map(({ passageId }) => passageId);
      expect(new Set(found)).toEqual(new Set([oil, whale]));
    });
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
      const segments = [{ indexId: index.id, vectors: rows(3, 2) }];
      const ids = [...(await storage.appendPassages({ ...given, segments })).passageIds];
      return { source, text, ids, input: { ...input, collectionId: collection.id } };
    }

    const query = { collectionId: 1, task: "chat" } as const;
    async function everything(sourceId: number, ids: readonly number[]) {
      const about = { ...query, collectionId: collection.id };
      return {
        listed: await storage.listPassages({ collectionId: collection.id, offset: 0, limit: 9 }),
        text: (await storage.readSource({ sourceId })).text,
        hits: await find("tea tin sugar gone ships two"),
        vectors: await vectorsOf(ids),
        loaded: (await loaded())
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

      const lastSeen = (await loaded()).at(-1)!.id;
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
      expect(await openIndex("mini")).toMatchObject({ present: 2, missing: 0 });
      expect((await loaded(lastSeen)).flatMap(({ passageIds }) => passageIds)).toEqual(rest);
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
      expect((await find("ships")).map(({ passageId }) => passageId)).toEqual([ids[2]]);
      expect(await vectorsOf([ids[2]!])).toEqual([200, 201]);
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
      expect((await find("one")).length).toBe(1);
    });
  });

  describe("edits", () => {
    test("an edited passage is found by its new words and vector, and can have its first ones back", async () => {
      const { ids } = await fill("a", [draft("one"), draft("two", "T"), draft("three")]);
      const other = await openIndex("other");
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
          segments: [{ indexId: index.id, vectors: rows(1, 2, vector) }],
        });
      const edited = await edit("zwei", 7);
      expect(edited).toEqual({
        ...before,
        text: "zwei",
        record: { kind: "document", page: 7 },
        isEdited: true,
      });
      expect(await find("two")).toEqual([]);
      expect((await find("zwei T")).map((hit) => hit.passageId)).toEqual([passageId]);
      expect(await vectorsOf(ids)).toEqual([0, 1, 700, 701, 200, 201]);
      expect(await storage.missingPassages({ indexId: other.id, limit: 9 })).toEqual([edited]);
      const known = await storage.knownVectors({ indexId: index.id, passages: [draft("two", "T"), edited] });
      expect([[...known.rows], [...known.vectors]]).toEqual([[1], [700, 701]]);

      await edit("deux", 8);
      expect(await storage.originalOf({ passageId })).toEqual({ text: "two", record: { kind: "document" } });
      const back = { passageId, words: null, segments: [] };
      expect(await storage.editPassage(back)).toEqual(before);
      expect(await storage.originalOf({ passageId })).toBe(null);
      expect((await find("two")).map((hit) => hit.passageId)).toEqual([passageId]);
      expect(await vectorsOf(ids)).toEqual([0, 1, 0, 0, 200, 201]);
    });

    test("an edit that cannot be stored changes nothing", async () => {
      const { ids } = await fill("a", [draft("one")]);
      const words = { text: "eins", record: { kind: "document" } } as const;
      const short = [{ indexId: index.id, vectors: new Uint16Array(1) }];
      const call = storage.editPassage({ passageId: ids[0]!, words, segments: short });
      await expect(call).rejects.toMatchObject({ code: "vectors/shape" });
      await expect(storage.editPassage({ passageId: 99, words, segments: [] })).rejects.toMatchObject({
        code: "storage/not-found",
      });
      expect((await find("one")).length).toBe(1);
      expect(await vectorsOf(ids)).toEqual([0, 1]);
    });
  });

  describe("names and facts", () => {
    test("a collection and a source get other names", async () => {
      const { source } = await fill("a", [draft("one")]);
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
      const segments = [{ indexId: index.id, vectors: rows(2, 2) }];
      const passages = [at(1, 2), at(0, 1)];
      await storage.appendPassages({ sourceId: source.id, firstOrdinal: 0, passages, segments });
      expect(await storage.collectionFacts({ collectionId: collection.id })).toMatchObject({
        textBytes: 5,
        vectorBytes: 8,
        indexes: [{ id: index.id, present: 2 }],
        lastAddedAt: source.addedAt,
      });
      const { notices, spans } = await storage.sourceFacts({ sourceId: source.id });
      expect(notices).toEqual([notice]);
      expect([...spans]).toEqual([0, 1, 1, 2]);
    });
  });
}
