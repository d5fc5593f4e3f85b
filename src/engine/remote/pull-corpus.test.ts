import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTurns } from "../../base/turns.ts";
import { direct } from "../../boundary/index.ts";
import { TEST_MAKE, testRows } from "../../contract/corpus-store.contract.ts";
import type { CorpusRow, CorpusSeal, Storage, StorageCalls } from "../../contract/index.ts";
import { openStorage } from "../../storage/index.ts";
import { PART_PASSAGES } from "./cached-parts.ts";
import { digestOfIds, itemId } from "./item-id.ts";
import { pullCorpus } from "./pull-corpus.ts";
import { createShelf } from "./shelf.ts";

const { task, modelKey, dim, name, kind } = TEST_MAKE;
const { signal } = new AbortController();
const turns = createTurns();

let storage: Storage;
let collectionId: number;
let index: { readonly id: number };
beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  ({ id: collectionId } = await storage.createCollection({ name, kind }));
  index = await storage.openIndex({ collectionId, task, modelKey, dim });
});
afterEach(() => storage.close());

/** `count` passages of one text. */
function textOf(digest: string, count: number): CorpusRow[] {
  return testRows(count, 3).map(({ item: { passage, source }, vector }, ordinal) => {
    const own = { ...passage, startUtf16: ordinal * 100, endUtf16: ordinal * 100 + 40 };
    const cut = { ...source, name: `${digest}.md`, digest, total: count };
    return {
      item: { id: itemId(digest, ordinal, own), source: cut, ordinal, passage: own },
      vector,
    };
  });
}

/** The same text, cut into other words. */
const anew = (digest: string, count: number): CorpusRow[] =>
  textOf(digest, count).map(({ item, vector }) => {
    const passage = { ...item.passage, text: `${item.passage.text}, anew` };
    return { item: { ...item, passage, id: itemId(digest, item.ordinal, passage) }, vector };
  });

/** A server's collection that holds these rows, and is gone from the n-th reading on. */
function serverWith(rows: readonly CorpusRow[], sealed: CorpusSeal | null = null, failsAt = Infinity) {
  let readings = 0;
  const byId = new Map(rows.map((row) => [row.item.id, row]));
  return {
    make: TEST_MAKE,
    sealed,
    async *ids() {
      yield [...byId.keys()];
    },
    count: async () => byId.size,
    async read(ids: readonly string[]) {
      if (++readings >= failsAt) throw new Error("the line is gone");
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    itemsOf: async (part: { digest: string; fromOrdinal: number; beforeOrdinal: number }) =>
      rows
        .map(({ item }) => item)
        .filter(
          ({ source, ordinal }) =>
            source.digest === part.digest && ordinal >= part.fromOrdinal && ordinal < part.beforeOrdinal,
        ),
  };
}
const pull = (rows: readonly CorpusRow[], isCache: boolean, store = serverWith(rows)) =>
  pullCorpus(store, { storage, collectionId, index, isCache, turns, signal });

/** Passages of these rows, found and cached as a search does. */
async function cache(rows: readonly CorpusRow[], ...ordinals: number[]): Promise<number[]> {
  const shelf = createShelf({ storage, collectionId, turns }, serverWith(rows));
  const items = ordinals.map((ordinal) => rows[ordinal]!.item);
  const ids = await shelf.passageIdsOf(items, signal);
  return items.map(({ id }) => ids.get(id)!);
}

const sources = async () =>
  (await storage.sources({ collectionId })).map(({ digest, total, done }) => ({ digest, total, done }));
async function passages() {
  const page = await storage.listPassages({ collectionId, offset: 0, limit: 5_000 });
  return page.passages;
}
const mark = (passageId: number, query = "q") =>
  storage.writeMark({ collectionId, task, query, passageId, mark: "pinned" });
const marked = async () => {
  const marks = await storage.marks({ collectionId, task });
  const found = await storage.readPassages({ ids: marks.map(({ passageId }) => passageId) });
  return found.map(({ text }) => text);
};

describe("what is here when a copy of a server's collection is fetched", () => {
  test("of a long text cached in parts the parts become one; marks and edits go along, and vectors come", async () => {
    const long = textOf("long", PART_PASSAGES + 8);
    const [early, late] = await cache(long, PART_PASSAGES + 1, PART_PASSAGES + 3);
    expect(await sources()).toEqual([{ digest: "long~1", total: 8, done: 8 }]);
    await mark(early!);
    await mark(late!);
    const words = { text: "my own words", record: { kind: "document" } } as const;
    await storage.editPassage({ passageId: late!, words, segments: [] });

    // Cut off before anything is stored, and then not.
    const failing = serverWith(long, null, 3);
    await expect(pull(long, true, failing)).rejects.toThrow("the line is gone");
    expect(await marked()).toEqual([long[PART_PASSAGES + 1]!.item.passage.text, "my own words"]);
    expect(await pull(long, true)).toMatchObject({ received: long.length, kept: 0 });
    expect(await sources()).toEqual([{ digest: "long", total: long.length, done: long.length }]);
    expect(await marked()).toEqual([long[PART_PASSAGES + 1]!.item.passage.text, "my own words"]);
    const now = (await passages())[PART_PASSAGES + 3]!;
    expect(now).toMatchObject({ text: "my own words", isEdited: true });
    const { text } = long[PART_PASSAGES + 3]!.item.passage;
    expect(await storage.originalOf({ passageId: now.id })).toMatchObject({ text });
    const missing = await storage.missingPassages({ indexId: index.id, limit: 9 });
    expect(missing.map(({ id }) => id)).toEqual([now.id]);
    const found = await storage.keywords({ collectionIds: [collectionId], query: "own words", limit: 9 });
    expect(found.map(({ passageId }) => passageId)).toEqual([now.id]);
    // What was edited here is not missing here.
    expect(await pull(long, false)).toMatchObject({ received: 0, kept: 0 });
  });

  test("a text of the person's own that was cut otherwise, or has more, stays as it is", async () => {
    await pull(textOf("notes", 6), true);
    const before = await passages();
    await mark(before[5]!.id);
    expect(await pull(textOf("notes", 4), false)).toMatchObject({ kept: 0, received: 0 });
    const theirs = [...anew("notes", 4), ...textOf("new", 2)];
    expect(await pull(theirs, false)).toMatchObject({ kept: 1, received: 2 });
    expect((await passages()).slice(0, 6)).toEqual(before);
    expect((await sources()).map(({ digest }) => digest)).toEqual(["notes", "new"]);
  });

  test("an old cache gives way to what is there now, unless something of it was judged", async () => {
    const old = textOf("kept", 5);
    const [judged] = await cache(old, 4);
    await cache(textOf("gone", 5), 4);
    await mark(judged!);
    const now = [...textOf("kept", 3), ...textOf("gone", 3)];
    expect(await pull(now, true)).toMatchObject({ kept: 0 });
    // All that the server has of it is here: nothing is fetched, and nothing is lost.
    expect(await marked()).toEqual([old[4]!.item.passage.text]);
    expect(await pull([...anew("kept", 3), ...anew("gone", 3)], true)).toMatchObject({
      kept: 1,
      received: 3,
    });
    expect(await marked()).toEqual([old[4]!.item.passage.text]);
    expect((await passages()).filter(({ text }) => text.endsWith(", anew"))).toHaveLength(3);
  });

  test("a passage that stands apart is no part of a long text", async () => {
    const rows = textOf("digest", 3);
    await pull(rows, true);
    const [first] = await passages();
    const { id: removalId } = await storage.removePassage({ passageId: first!.id, keptUntilMs: 9e12 });
    const [source] = await storage.sources({ collectionId });
    await storage.freeRemovals({
      removalIds: [(await storage.removeSources({ sourceIds: [source!.id], keptUntilMs: 9e12 })).id],
    });
    await storage.restore({ removalId });
    await mark(first!.id);
    expect(await pull([...rows, ...textOf("other", 2)], false)).toMatchObject({ received: 5, kept: 0 });
    expect(await marked()).toEqual([first!.text]);
    expect((await sources()).map(({ total }) => total)).toEqual([1, 3, 2]);
  });

  test("of a text that was there in part, the rest is added in its place", async () => {
    const rows = textOf("growing", 9);
    const part = rows.filter((_, i) => i % 2 === 0);
    expect(await pull(part, true)).toMatchObject({ received: 5 });
    await mark((await passages())[4]!.id);
    await pull(rows, false);
    expect((await passages()).map(({ text }) => text)).toEqual(rows.map(({ item }) => item.passage.text));
    expect(await marked()).toEqual([rows[8]!.item.passage.text]);
    expect(await storage.missingPassages({ indexId: index.id, limit: 9 })).toEqual([]);
  });

  test("what was cached while it was being pushed is fetched anew when more of it is found", async () => {
    const rows = textOf("pushing", 4);
    const [first] = await cache(rows.slice(0, 2), 1);
    await mark(first!);
    expect(await cache(rows, 3)).toEqual([expect.any(Number)]);
    expect((await passages()).map(({ text }) => text)).toEqual(rows.map(({ item }) => item.passage.text));
    expect(await marked()).toEqual([rows[1]!.item.passage.text]);
  });

  test("fewer than the last whole push left, or others, are refused; more are of a push under way", async () => {
    const rows = textOf("sealed", 6);
    const sealOf = (some: readonly CorpusRow[]): CorpusSeal => ({
      passages: some.length,
      digest: digestOfIds(some.map(({ item }) => item.id).sort()),
      chunkers: [],
    });
    const others = textOf("others", 6);
    const miscounted = { code: "remote/miscount" };
    const fewer = pull(rows, true, serverWith(rows.slice(1), sealOf(rows)));
    await expect(fewer).rejects.toMatchObject(miscounted);
    const swapped = pull(rows, true, serverWith(others, sealOf(rows)));
    await expect(swapped).rejects.toMatchObject(miscounted);
    expect(await sources()).toEqual([]);
    const more = serverWith([...rows, ...others], sealOf(rows));
    expect(await pull(rows, true, more)).toMatchObject({ passages: 12, received: 12 });
  });
});
