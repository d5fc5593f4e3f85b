import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  AnswerRecord,
  Collection,
  Face,
  PassageDraft,
  Source,
  TaskId,
  VectorIndex,
} from "../contract/index.ts";
import { draft, rows } from "./testing/drafts.ts";
import type { InsideCalls } from "./testing/look-inside.ts";

export type Inside = Face<InsideCalls>;

/** What every body of the storage does, wherever it keeps its file. */
export function storageContract(open: () => Promise<Inside>): void {
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

  /** A finished source with these passages; returns their ids. */
  async function fill(name: string, passages: readonly PassageDraft[], collectionId = collection.id) {
    const source = await addSource(name, passages.length, collectionId);
    const batch = { sourceId: source.id, firstOrdinal: 0, passages, segments: [] };
    const { passageIds } = await storage.appendPassages(batch);
    return { source, ids: [...passageIds] };
  }

  /** Removes it and gives its bytes back at once. */
  async function deleteSource(sourceId: number): Promise<void> {
    const { id } = await storage.removeSources({ sourceIds: [sourceId], keptUntilMs: 0 });
    await storage.freeRemovals({ removalIds: [id] });
  }

  async function deleteCollection(collectionId: number): Promise<void> {
    const { id } = await storage.removeCollection({ collectionId, keptUntilMs: 0 });
    await storage.freeRemovals({ removalIds: [id] });
  }

  const openIndex = (task: TaskId = "qa", dim = 2, modelKey = "mini"): Promise<VectorIndex> =>
    storage.openIndex({ collectionId: collection.id, task, modelKey, dim });

  const find = async (query: string, collectionId = collection.id) =>
    (await storage.keywords({ collectionIds: [collectionId], query, limit: 100 })).map(
      (hit) => hit.passageId,
    );

  /** Rows of every table, the full-text tables' own ones included. */
  async function census(): Promise<Record<string, number>> {
    const tables = await storage.query({
      sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence' ORDER BY name",
    });
    const counts: Record<string, number> = {};
    for (const table of tables)
      counts[table] = Number((await storage.query({ sql: `SELECT count(*) FROM ${table}` }))[0]);
    return counts;
  }

  describe("collections and sources", () => {
    test("a collection counts its sources and passages", async () => {
      await fill("a", [draft("one"), draft("two")]);
      await addSource("b", 5);
      const other = await storage.createCollection({ name: "tools", kind: "tool" });
      expect(await storage.collections({})).toEqual([
        { ...collection, sources: 2, passages: 2 },
        { ...other, name: "tools", kind: "tool", sources: 0, passages: 0 },
      ]);
    });

    test("a source keeps its text, code unit for code unit", async () => {
      const text = "\ufeffa\0b\ud83d\ude00\r\n\u00e9e\u0301";
      const input = { collectionId: collection.id, name: "\ufeffn", format: "text/1", digest: "d", text };
      const { source } = await storage.addSource({ ...input, total: 3 });
      expect(source).toMatchObject({ name: "\ufeffn", sizeUtf16: text.length, total: 3, done: 0 });
      expect(await storage.readSource({ sourceId: source.id })).toEqual({ source, text });
    });

    test("a lone surrogate becomes U+FFFD without moving what follows", async () => {
      const { ids } = await fill("a", [
        { ...draft("x\ud800y", "\udc00"), record: { kind: "example", input: "\ud800", output: "o" } },
      ]);
      expect(await storage.readPassages({ ids })).toMatchObject([
        { text: "x\ufffdy", title: "\ufffd", record: { input: "\ufffd" } },
      ]);
    });

    test("30 MB of text come back whole", async () => {
      const text = `${"0123456789abcdé".repeat(2_000_000)}end`;
      const input = {
        collectionId: collection.id,
        name: "big",
        format: "text/1",
        digest: "d",
        text,
        total: 0,
      };
      const { source } = await storage.addSource(input);
      const read = await storage.readSource({ sourceId: source.id });
      expect(read.text === text).toBe(true);
    });

    test("the same digest is stored once a collection", async () => {
      const source = await addSource("a", 1);
      const again = { ...source, name: "copy", text: "text of a" };
      expect(await storage.addSource(again)).toEqual({ source, unchanged: true });
      const other = await storage.createCollection({ name: "other", kind: "document" });
      const elsewhere = await storage.addSource({ ...again, collectionId: other.id });
      expect(elsewhere.unchanged).toBe(false);
      expect(await storage.sources({ collectionId: collection.id })).toEqual([source]);
      const named = await storage.sourceNames({ sourceIds: [99, source.id, source.id] });
      expect(named).toEqual(["", source.name, source.name]);
    });

    test("what is not there is said to be not there", async () => {
      const missing = { code: "storage/not-found" };
      await expect(storage.sources({ collectionId: 99 })).rejects.toMatchObject(missing);
      await expect(storage.removeCollection({ collectionId: 99, keptUntilMs: 0 })).rejects.toMatchObject(
        missing,
      );
      await expect(storage.readSource({ sourceId: 99 })).rejects.toMatchObject(missing);
      await expect(storage.removeSources({ sourceIds: [99], keptUntilMs: 0 })).rejects.toMatchObject(missing);
      await expect(addSource("a", 1, 99)).rejects.toMatchObject(missing);
      await expect(find("x", 99)).rejects.toMatchObject(missing);
      await expect(storage.readSegments({ indexId: 99, afterId: 0, limit: 1 })).rejects.toMatchObject(
        missing,
      );
    });

    test("the file is set up before its first table", async () => {
      const pragma = async (name: string) => (await storage.query({ sql: `PRAGMA ${name}` }))[0];
      expect(await pragma("page_size")).toBe("65536");
      expect(await pragma("auto_vacuum")).toBe("2");
      expect(await pragma("foreign_keys")).toBe("1");
      expect(await pragma("synchronous")).toBe("2");
    });

    test("answers are kept whole, the newest first, until they are deleted", async () => {
      const record = (text: string): AnswerRecord => ({
        query: { task: "qa", question: "How long?" },
        preset: "practical",
        model: "tiny",
        messages: [{ role: "user", content: "How long?" }],
        functions: [],
        sources: [],
        text,
        calls: [],
        check: null,
        isPart: false,
      });
      const first = await storage.saveAnswer({ record: record("Three minutes [1].") });
      const second = await storage.saveAnswer({ record: record("五分钟。") });
      expect(await storage.savedAnswers({})).toEqual([second, first]);
      expect(second).toMatchObject({ record: record("五分钟。") });
      await storage.deleteAnswer({ answerId: first.id });
      expect(await storage.savedAnswers({})).toEqual([second]);
    });

    test("settings are kept by name", async () => {
      expect(await storage.readSetting({ name: "device" })).toEqual({ value: null });
      await storage.writeSetting({ name: "device", value: "wasm" });
      await storage.writeSetting({ name: "device", value: "auto" });
      expect(await storage.readSetting({ name: "device" })).toEqual({ value: "auto" });
    });
  });

  describe("passages", () => {
    test("batches follow one another until the source is done", async () => {
      const source = await addSource("a", 3);
      const pending = { collectionId: collection.id, sourceId: source.id, sourceName: "a", total: 3 };
      expect(await storage.pending({})).toEqual([{ ...pending, done: 0 }]);
      const parts = [[draft("one"), draft("two", "Title")], [draft("three")]];
      const first = { sourceId: source.id, firstOrdinal: 0, passages: parts[0]!, segments: [] };
      const { passageIds } = await storage.appendPassages(first);
      expect(await storage.pending({})).toEqual([{ ...pending, done: 2 }]);
      const last = { sourceId: source.id, firstOrdinal: 2, passages: parts[1]!, segments: [] };
      const ids = [...passageIds, ...(await storage.appendPassages(last)).passageIds];
      expect(await storage.pending({})).toEqual([]);

      const expected = parts.flat().map((part, ordinal) => ({
        ...part,
        id: ids[ordinal],
        collectionId: collection.id,
        sourceId: source.id,
        ordinal,
      }));
      const page = { collectionId: collection.id, offset: 0, limit: 10 };
      expect(await storage.listPassages(page)).toEqual({ total: 3, passages: expected });
    });

    test("a batch out of order or too long is a conflict and leaves no trace", async () => {
      const source = await addSource("a", 2);
      const batch = { sourceId: source.id, firstOrdinal: 0, passages: [draft("one")], segments: [] };
      await storage.appendPassages(batch);
      const before = await census();
      const conflict = { code: "storage/conflict" };
      await expect(storage.appendPassages(batch)).rejects.toMatchObject(conflict);
      await expect(storage.appendPassages({ ...batch, firstOrdinal: 2 })).rejects.toMatchObject(conflict);
      const long = { ...batch, firstOrdinal: 1, passages: [draft("b"), draft("c")] };
      await expect(storage.appendPassages(long)).rejects.toMatchObject(conflict);
      expect(await census()).toEqual(before);
      expect(await find("one")).toHaveLength(1);
    });

    test.each(["passage", "segment", "source"])("a failure at the %s stores nothing", async (table) => {
      const index = await openIndex();
      const source = await addSource("a", 4);
      const batch = (firstOrdinal: number) => ({
        sourceId: source.id,
        firstOrdinal,
        passages: [draft("alpha"), draft("beta")],
        segments: [{ indexId: index.id, vectors: rows(2, 2) }],
      });
      await storage.appendPassages(batch(0));
      const before = await census();
      const event = table === "source" ? "UPDATE" : "INSERT";
      const when = table === "passage" ? "WHEN new.ordinal = 3" : "";
      await storage.script({
        sql: `CREATE TRIGGER fail BEFORE ${event} ON ${table} ${when} BEGIN SELECT raise(ABORT, 'no'); END`,
      });
      await expect(storage.appendPassages(batch(2))).rejects.toThrow("no");
      await storage.script({ sql: "DROP TRIGGER fail" });
      expect(await census()).toEqual(before);
      expect(await find("beta")).toHaveLength(1);
      await storage.appendPassages(batch(2));
      expect(await find("beta")).toHaveLength(2);
    });

    test("a full disk is named, changes nothing, and passes", async () => {
      const index = await openIndex("qa", 100_000);
      const source = await addSource("a", 2);
      const batch = {
        sourceId: source.id,
        firstOrdinal: 0,
        passages: [draft("alpha"), draft("beta")],
        segments: [{ indexId: index.id, vectors: new Uint16Array(200_000).fill(7) }],
      };
      const before = await census();
      const [pages] = await storage.query({ sql: "PRAGMA page_count" });
      await storage.query({ sql: `PRAGMA max_page_count = ${Number(pages) + 2}` });
      await expect(storage.appendPassages(batch)).rejects.toMatchObject({
        code: "storage/full",
        message: expect.stringContaining("Delete a collection or a source"),
      });
      expect(await census()).toEqual(before);
      await storage.query({ sql: "PRAGMA max_page_count = 100000" });
      await storage.appendPassages(batch);
      expect(await storage.pending({})).toEqual([]);
    });

    test("passages are read in the order asked for, without those that are gone", async () => {
      const { ids } = await fill("a", [draft("one"), draft("two"), draft("three")]);
      const read = await storage.readPassages({ ids: [ids[2]!, 999, ids[0]!] });
      expect(read.map((passage) => passage.text)).toEqual(["three", "one"]);
    });

    test("a continuation is the next passage of the same source", async () => {
      const a = await fill("a", [draft("one"), draft("two")]);
      await fill("b", [draft("three")]);
      const next = await storage.continuations({ ids: [a.ids[1]!, 999, a.ids[0]!] });
      expect(next.map((passage) => passage?.text ?? null)).toEqual([null, null, "two"]);
      expect(next[2]).toEqual((await storage.readPassages({ ids: [a.ids[1]!] }))[0]);
    });

    test("a collection or a source is listed page by page", async () => {
      await fill("a", [draft("a0"), draft("a1")]);
      const b = await fill("b", [draft("b0"), draft("b1"), draft("b2")]);
      const list = async (input: { sourceId?: number; offset: number; limit: number }) => {
        const page = await storage.listPassages({ collectionId: collection.id, ...input });
        return [page.total, ...page.passages.map((passage) => passage.text)];
      };
      expect(await list({ offset: 1, limit: 3 })).toEqual([5, "a1", "b0", "b1"]);
      expect(await list({ sourceId: b.source.id, offset: 1, limit: 9 })).toEqual([3, "b1", "b2"]);
    });

    test("ids are not given out twice", async () => {
      const first = await fill("a", [draft("one")]);
      await deleteSource(first.source.id);
      const second = await fill("a", [draft("one")]);
      expect(second.source.id).toBeGreaterThan(first.source.id);
      expect(second.ids[0]).toBeGreaterThan(first.ids[0]!);
    });
  });

  describe("removal", () => {
    test("a removed source takes its passages, words and vectors along, and no others", async () => {
      const index = await openIndex();
      await fill("kept", [draft("whale ship"), draft("ship")]);
      const before = await census();
      const source = await addSource("gone", 2);
      await storage.appendPassages({
        sourceId: source.id,
        firstOrdinal: 0,
        passages: [draft("whale harpoon"), draft("whale")],
        segments: [{ indexId: index.id, vectors: rows(2, 2) }],
      });
      await deleteSource(source.id);
      const plain = (counts: Record<string, number>) =>
        Object.entries(counts).filter(([table]) => !table.startsWith("keyword_"));
      const after = await census();
      expect(plain(after)).toEqual(plain(before));
      const docsize = `keyword_${collection.id}_docsize`;
      expect(after[docsize]).toBe(before[docsize]);
      expect(await find("whale")).toHaveLength(1);
      expect(await find("harpoon")).toEqual([]);
    });

    test("a deleted collection leaves no row and no table, and the file shrinks", async () => {
      await deleteCollection(collection.id);
      const [empty, size] = [await census(), (await storage.info({})).databaseBytes];
      expect(Object.values(empty)).toEqual(Object.values(empty).map(() => 0));
      collection = await storage.createCollection({ name: "again", kind: "document" });
      const index = await openIndex("qa", 50_000);
      const source = await addSource("a", 4);
      await storage.appendPassages({
        sourceId: source.id,
        firstOrdinal: 0,
        passages: Array.from({ length: 4 }, (_, i) => draft(`word${i} `.repeat(1000))),
        segments: [{ indexId: index.id, vectors: rows(4, 50_000) }],
      });
      await find("word1");
      await deleteCollection(collection.id);
      expect(await census()).toEqual(empty);
      expect((await storage.info({})).databaseBytes).toBe(size);
    });

    test("scores know nothing of other collections and removed sources", async () => {
      const texts = ["ship at sea", "sea and sky", "blue sky over the ship", "land", "sand"];
      const gone = await fill("gone", [draft("ship ship ship"), draft("a long sea story of a ship")]);
      await fill(
        "kept",
        texts.map((text) => draft(text)),
      );
      await deleteSource(gone.source.id);
      const other = await storage.createCollection({ name: "other", kind: "document" });
      await fill(
        "same",
        texts.map((text) => draft(text)),
        other.id,
      );
      const scores = async (collectionId: number) =>
        (await storage.keywords({ collectionIds: [collectionId], query: "ship sea", limit: 9 })).map(
          (hit) => hit.bm25,
        );
      expect(await scores(collection.id)).toEqual(await scores(other.id));
      expect(await scores(other.id)).toHaveLength(3);
    });
  });
}
