import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Inside } from "./storage.contract.ts";
import { draft, rows } from "./testing/drafts.ts";

/** How every body of the storage keeps what was learned and said of a collection. */
export function adaptationContract(open: () => Promise<Inside>): void {
  let storage: Inside;
  let collectionId: number;

  beforeEach(async () => {
    storage = await open();
    collectionId = (await storage.createCollection({ name: "c", kind: "document" })).id;
  });
  afterEach(async () => {
    await storage.shut({});
    await storage.close();
  });

  async function fill(...texts: readonly string[]): Promise<number[]> {
    const given = { name: texts.join(), format: "text/1", digest: texts.join(), text: "" };
    const { source } = await storage.addSource({ ...given, collectionId, total: texts.length });
    const passages = texts.map((text) => draft(text));
    const batch = { sourceId: source.id, firstOrdinal: 0, passages, segments: [] };
    return [...(await storage.appendPassages(batch)).passageIds];
  }

  describe("what was learned and said", () => {
    test("an adapter is kept by collection, task and model, the latest in its place", async () => {
      const key = { collectionId, task: "qa", modelKey: "mini" } as const;
      expect(await storage.readAdapter(key)).toBe(null);
      const stored = (text: string) => ({
        report: `{"of":"${text}"}`,
        bytes: Uint8Array.of(0, 255, text.length),
      });
      await storage.writeAdapter({ ...key, ...stored("a") });
      await storage.writeAdapter({ ...key, ...stored("later") });
      await storage.writeAdapter({ ...key, task: "convsearch", ...stored("other task") });
      expect(await storage.readAdapter(key)).toEqual(stored("later"));
      expect(await storage.readAdapter({ ...key, modelKey: "other" })).toBe(null);
      const missing = { code: "storage/not-found" };
      await expect(storage.writeAdapter({ ...key, collectionId: 99, ...stored("x") })).rejects.toMatchObject(
        missing,
      );
    });

    test("rewards take the place of those of the same query, go with their passage, and none takes them back", async () => {
      const [a, b] = await fill("a", "b");
      const place = { collectionId, task: "qa" } as const;
      const give = (query: string, ...rewards: number[]) =>
        storage.writeRewards({
          ...place,
          query,
          rewards: rewards.map((reward, i) => ({ passageId: [a!, b!][i]!, reward })),
        });
      await give("q", -0.25, 0.5);
      await give("p", 1);
      await give("q", 0.75, 0.5);
      const kept = { passageId: b, reward: 0.5 };
      const p = { query: "p", rewards: [{ passageId: a, reward: 1 }] };
      const q = { query: "q", rewards: [{ passageId: a, reward: 0.75 }, kept] };
      const rewards = await storage.rewards(place);
      expect(rewards).toHaveLength(2);
      expect(rewards).toEqual(expect.arrayContaining([p, q]));
      expect(await storage.rewards({ ...place, task: "convsearch" })).toEqual([]);
      await give("p");
      expect((await storage.rewards(place)).map(({ query }) => query)).toEqual(["q"]);
      const lost = storage.writeRewards({ ...place, query: "q", rewards: [{ passageId: 99, reward: 1 }] });
      await expect(lost).rejects.toMatchObject({ code: "storage/not-found" });
      expect((await storage.rewards(place))[0]?.rewards).toHaveLength(2);
      await storage.deleteRewards({ ...place, task: "convsearch" });
      expect(await storage.rewards(place)).toHaveLength(1);
      await storage.deleteRewards(place);
      expect(await storage.rewards(place)).toEqual([]);
    });

    test("of two marks of a hit the later is kept, and null takes it back", async () => {
      const [a, b] = await fill("one", "two");
      const mark = (passageId: number, query: string, given: "right" | "wrong" | "pinned" | null) =>
        storage.writeMark({ collectionId, task: "qa", query, passageId, mark: given });
      await mark(b!, "q", "right");
      await mark(a!, "q", "wrong");
      await mark(a!, "q", "pinned");
      await mark(a!, "p", "right");
      const marks = () => storage.marks({ collectionId, task: "qa" });
      expect(await marks()).toEqual([
        { query: "p", passageId: a, mark: "right" },
        { query: "q", passageId: a, mark: "pinned" },
        { query: "q", passageId: b, mark: "right" },
      ]);
      expect(await storage.marks({ collectionId, task: "qa", query: "q" })).toEqual((await marks()).slice(1));
      await mark(a!, "q", null);
      await mark(a!, "never", null);
      expect((await marks()).map(({ query }) => query)).toEqual(["p", "q"]);
      expect(await storage.marks({ collectionId, task: "convsearch" })).toEqual([]);
      await expect(mark(99, "q", "right")).rejects.toMatchObject({ code: "storage/not-found" });
    });

    test("a passage whose content has a vector is known by it, in its own collection only", async () => {
      const open = (id: number) =>
        storage.openIndex({ collectionId: id, task: "qa", modelKey: "mini", dim: 2 });
      const index = await open(collectionId);
      const ids = await fill("one", "two", "three");
      const segment = { indexId: index.id, vectors: rows(2, 2, 4) };
      await storage.fillIndex({ passageIds: ids.slice(1), segment });
      const passages = [draft("two"), draft("one"), draft("new"), { ...draft("three"), startUtf16: 9 }];
      const known = await storage.knownVectors({ indexId: index.id, passages });
      expect([...known.rows]).toEqual([0, 3]);
      expect([...known.vectors]).toEqual([400, 401, 500, 501]);
      const titled = [
        draft("two", "Title"),
        { ...draft("two"), record: { kind: "document", page: 2 } as const },
      ];
      expect((await storage.knownVectors({ indexId: index.id, passages: titled })).rows).toHaveLength(0);
      const other = await storage.createCollection({ name: "other", kind: "document" });
      const elsewhere = { indexId: (await open(other.id)).id, passages };
      expect((await storage.knownVectors(elsewhere)).rows).toHaveLength(0);
    });
  });
}
