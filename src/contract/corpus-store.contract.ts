import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import type { CorpusItem, CorpusMake, CorpusReader, CorpusRow, CorpusStore } from "./corpus-store.ts";

export const TEST_MAKE: CorpusMake = {
  name: "Harbour",
  kind: "document",
  task: "qa",
  modelId: "fake",
  modelKey: "fake@0/fp32",
  dtype: "fp32",
  dim: 24,
  similarity: "cosine",
  chunkers: ["markdown/1", "text/1"],
};

const WORDS = ["tide", "Wall", "ferry", "gull", "rope", "潮汐", "lantern", "buoy", "Tideway", "keel"];

/** Unit vectors in half precision's values, so that every store can hold them exactly. */
export function testRows(count: number, seed = 7): CorpusRow[] {
  const rng = createRng(seed);
  const perSource = 5;
  return Array.from({ length: count }, (_, i): CorpusRow => {
    const place = Math.floor(i / perSource);
    const words = [WORDS[i % WORDS.length], WORDS[Math.floor(rng() * WORDS.length)], `number${seed}x${i}`];
    const raw = Array.from({ length: TEST_MAKE.dim }, () => rng() - 0.5);
    const length = Math.hypot(...raw);
    const vector = Float32Array.from(raw, (value) => Math.round((value / length) * 1024) / 1024);
    const item: CorpusItem = {
      id: `${seed}-${String(i).padStart(5, "0")}`,
      ordinal: i % perSource,
      source: {
        name: `source ${place}.md`,
        format: "markdown/1",
        digest: `digest-${seed}-${place}`,
        total: Math.min(perSource, count - place * perSource),
        tags: place % 3 === 0 ? ["red", "a b"] : place % 3 === 1 ? ["blue"] : [],
        dateMs: place % 4 === 3 ? null : 1_000_000 * place,
      },
      passage: {
        title: `Chapter ${place}`,
        text: words.join(" "),
        startUtf16: (i % perSource) * 100,
        endUtf16: (i % perSource) * 100 + 40,
        record: { kind: "document", ...(i % 2 === 0 && { page: 1 + i }) },
      },
    };
    return { item, vector };
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function best(rows: readonly CorpusRow[], query: Float32Array, limit: number): string[] {
  return rows
    .map(({ item, vector }) => ({ id: item.id, score: dot(query, vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ id }) => id);
}

const all = async (reader: CorpusReader): Promise<string[]> => {
  const ids: string[] = [];
  for await (const page of reader.ids()) ids.push(...page);
  return ids;
};

/** What every store of passages and vectors reads alike; `open` puts the rows in and names each by the id it has there. */
export function corpusReaderContract(
  name: string,
  open: (rows: readonly CorpusRow[]) => Promise<{
    readonly reader: CorpusReader;
    readonly rows: readonly CorpusRow[];
    close(): Promise<void>;
  }>,
): void {
  describe(`${name} as a reader`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let rows: readonly CorpusRow[];
    const query = (seed: number) => testRows(1, seed)[0]!.vector;
    const idsWhere = (keep: (row: CorpusRow) => boolean) =>
      rows
        .filter(keep)
        .map(({ item }) => item.id)
        .sort();
    const found = async (filter: Parameters<CorpusReader["nearest"]>[0]["filter"]) => {
      const hits = await opened.reader.nearest({ vector: query(91), limit: 100, ...(filter && { filter }) });
      return hits.map(({ item }) => item.id).sort();
    };

    beforeAll(async () => {
      opened = await open(testRows(60));
      rows = opened.rows;
    });
    afterAll(() => opened?.close());

    test("says what it is made of, counts, and hands out every id once", async () => {
      const { reader } = opened;
      const { kind, task, modelKey, dim } = TEST_MAKE;
      expect(reader.make).toMatchObject({ kind, task, modelKey, dim });
      expect(await reader.count()).toBe(60);
      expect((await all(reader)).sort()).toEqual(idsWhere(() => true));
    });

    test("tells which ids it has, and reads rows in the order asked, to the last value", async () => {
      const wanted = [rows[41]!, rows[2]!, rows[17]!];
      const ids = [wanted[0]!.item.id, "not there", wanted[1]!.item.id, wanted[2]!.item.id];
      expect([...(await opened.reader.present(ids))]).toEqual(wanted.map(({ item }) => item.id));
      expect(await opened.reader.read(ids)).toEqual(wanted);
      expect(await opened.reader.read([])).toEqual([]);
    });

    test("the nearest are those of the definition, best first, with their inner products", async () => {
      for (const seed of [91, 92, 93]) {
        const hits = await opened.reader.nearest({ vector: query(seed), limit: 10 });
        expect(hits.map(({ item }) => item.id)).toEqual(best(rows, query(seed), 10));
        for (const { item, score } of hits) {
          const row = rows.find((one) => one.item.id === item.id)!;
          expect(score).toBeCloseTo(dot(query(seed), row.vector), 5);
          expect(item).toEqual(row.item);
        }
      }
    });

    test("filters: sources and places in them, tags, times, and none that fits", async () => {
      const [first, third] = [rows[0]!.item.source.digest, rows[10]!.item.source.digest];
      expect(await found({ sources: [{ digest: first }, { digest: third }] })).toEqual(
        idsWhere(({ item }) => [first, third].includes(item.source.digest)),
      );
      expect(await found({ sources: [{ digest: first, fromOrdinal: 1, beforeOrdinal: 3 }] })).toEqual(
        idsWhere(({ item }) => item.source.digest === first && item.ordinal >= 1 && item.ordinal < 3),
      );
      expect(await found({ tags: ["a b", "blue"] })).toEqual(
        idsWhere(({ item }) => item.source.tags.length > 0),
      );
      expect(await found({ fromMs: 2_000_000, untilMs: 5_000_000 })).toEqual(
        idsWhere(
          ({ item: { source } }) => source.dateMs !== null && source.dateMs >= 2e6 && source.dateMs < 5e6,
        ),
      );
      expect(await found({ beforeOrdinal: 2, tags: ["red"] })).toEqual(
        idsWhere(({ item }) => item.ordinal < 2 && item.source.tags.includes("red")),
      );
      expect(await found({ sources: [] })).toEqual([]);
      expect(await found({ tags: ["green"] })).toEqual([]);
    });

    test("passages with a word, whole and in any case; of another script; with a filter", async () => {
      const { reader } = opened;
      const containing = async (words: string[], filter = {}) =>
        (await reader.containing({ words, limit: 100, filter }))!.map(({ item }) => item.id).sort();
      const has = (word: string) => (row: CorpusRow) =>
        row.item.passage.text.toLowerCase().split(" ").includes(word);
      expect(await containing(["tide"])).toEqual(idsWhere(has("tide")));
      expect(await containing(["WALL", "keel"])).toEqual(
        idsWhere((row) => has("wall")(row) || has("keel")(row)),
      );
      expect(await containing(["潮汐"])).toEqual(idsWhere(has("潮汐")));
      expect(await containing(["rope"], { tags: ["blue"] })).toEqual(
        idsWhere((row) => has("rope")(row) && row.item.source.tags.includes("blue")),
      );
      expect(await containing(["(?i).*"])).toEqual([]);
    });

    test("a part of a source, in its order; and vectors from all over", async () => {
      const { digest } = rows[7]!.item.source;
      const part = await opened.reader.itemsOf({ digest, fromOrdinal: 1, beforeOrdinal: 4 });
      expect(part).toEqual(rows.slice(6, 9).map(({ item }) => item));
      expect(await opened.reader.itemsOf({ digest: "none", fromOrdinal: 0, beforeOrdinal: 9 })).toEqual([]);
      for (const limit of [16, 200]) {
        const sample = await opened.reader.sample(limit);
        expect(sample.length).toBe(Math.min(limit, 60));
        const known = new Set(rows.map(({ vector }) => vector.join()));
        expect(sample.every((vector) => known.has(vector.join()))).toBe(true);
      }
    });

    test("a vector of another length is refused", async () => {
      const short = new Float32Array(5);
      await expect(opened.reader.nearest({ vector: short, limit: 3 })).rejects.toMatchObject({
        code: "vectors/shape",
      });
    });

    test("stops when it is told to", async () => {
      const signal = AbortSignal.abort(new DOMException("enough", "AbortError"));
      await expect(opened.reader.count({ signal })).rejects.toMatchObject({ name: "AbortError" });
    });
  });
}

/** What every store that is written to keeps to; `open` gives an empty one. */
export function corpusStoreContract(
  name: string,
  open: () => Promise<{ readonly store: CorpusStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a store`, () => {
    test("what is put twice is there once; what is put anew replaces; removing removes just that", async () => {
      const { store, close } = await open();
      const rows = testRows(20);
      await store.put(rows.slice(0, 12));
      await store.put([...rows.slice(8), ...rows.slice(8, 10)]);
      expect(await store.count()).toBe(20);
      const changed = { ...rows[3]!, vector: rows[4]!.vector };
      await store.put([changed]);
      expect(await store.read([rows[3]!.item.id])).toEqual([changed]);
      await store.remove([rows[0]!.item.id, "not there"]);
      expect((await all(store)).sort()).toEqual(rows.slice(1).map(({ item }) => item.id));
      await store.put([]);
      expect(await store.count()).toBe(19);
      await close();
    });

    test("a row of another length or without a number is refused, and nothing of its batch is stored", async () => {
      const { store, close } = await open();
      const [good, bad] = testRows(2);
      const shape = store.put([good!, { ...bad!, vector: new Float32Array(3) }]);
      await expect(shape).rejects.toMatchObject({ code: "vectors/shape" });
      const nan = store.put([
        good!,
        { ...bad!, vector: bad!.vector.map((v, i) => (i === 3 ? Number.NaN : v)) },
      ]);
      await expect(nan).rejects.toMatchObject({ code: "vectors/nan" });
      expect(await store.count()).toBe(0);
      await close();
    });

    test("a seal is kept", async () => {
      const { store, close } = await open();
      expect(store.sealed).toBeNull();
      await store.seal({ passages: 3, digest: "abc", chunkers: ["text/1"] });
      expect(store.sealed).toEqual({ passages: 3, digest: "abc", chunkers: ["text/1"] });
      await close();
    });
  });
}
