import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PassageDraft, SearchFilter } from "../contract/index.ts";
import type { Inside } from "./storage.contract.ts";
import { draft } from "./testing/drafts.ts";

/** What every body of the storage finds by words. */
export function keywordsContract(open: () => Promise<Inside>): void {
  let storage: Inside;
  let collectionId: number;
  let sources = 0;

  beforeEach(async () => {
    storage = await open();
    collectionId = (await storage.createCollection({ name: "c", kind: "document" })).id;
  });
  afterEach(async () => {
    await storage.shut({});
    await storage.close();
  });

  async function fill(...passages: readonly (string | PassageDraft)[]) {
    const digest = `digest ${sources++}`;
    const input = { collectionId, name: digest, format: "text/1", digest, text: "", total: passages.length };
    const { source } = await storage.addSource(input);
    const drafts = passages.map((passage) => (typeof passage === "string" ? draft(passage) : passage));
    const batch = { sourceId: source.id, firstOrdinal: 0, passages: drafts, segments: [] };
    return { sourceId: source.id, ids: [...(await storage.appendPassages(batch)).passageIds] };
  }

  const keywords = (query: string, filter?: SearchFilter, limit = 100) =>
    storage.keywords({ collectionIds: [collectionId], query, limit, ...(filter && { filter }) });

  /** Texts found, best first. */
  async function find(query: string, filter?: SearchFilter): Promise<string[]> {
    const ids = (await keywords(query, filter)).map((hit) => hit.passageId);
    return (await storage.readPassages({ ids })).map((passage) => passage.text);
  }

  describe("keywords", () => {
    test("any word of title or text finds, a rare one weighs more", async () => {
      await fill("common a", "common rare", draft("b", "common"), "c", "d", "e", "f", "g");
      const hits = await keywords("rare common nowhere");
      expect((await find("rare common nowhere"))[0]).toBe("common rare");
      expect((await find("rare common nowhere")).toSorted()).toEqual(["b", "common a", "common rare"]);
      const scores = hits.map((hit) => hit.bm25);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((score) => score > 0)).toBe(true);
    });

    test("words found all over a collection do not tell; in a small one every word does", async () => {
      const telling = (query: string) => storage.tellingWords({ collectionId, query });
      await fill("the sloop", "the tea");
      expect(await telling("The sloop, the kettle")).toEqual(["sloop", "The", "kettle"]);
      expect(await telling("slo* 茶")).toEqual(["slo*", "茶"]);
      await fill(...Array.from({ length: 20 }, (_, i) => `the harbour ${i}`), "a ketch");
      expect(await telling("The ketch in the harbour")).toEqual(["ketch", "in"]);
    });

    test("equal scores go by id, and the limit cuts the end", async () => {
      const { ids } = await fill("same words", "other", "same words", "else", "same words");
      const hits = await keywords("words", undefined, 2);
      expect(hits.map((hit) => hit.passageId)).toEqual([ids[0], ids[2]]);
      expect(hits[0]!.bm25).toBe(hits[1]!.bm25);
    });

    test("filters narrow by tag and by time; an exchange has its own, other passages that of their source", async () => {
      const dated = async (name: string, dateMs: number | null, ...texts: (string | PassageDraft)[]) => {
        const passages = texts.map((text) => (typeof text === "string" ? draft(text) : text));
        const input = {
          collectionId,
          name,
          format: "text/1",
          digest: name,
          text: "",
          total: passages.length,
        };
        const { source } = await storage.addSource({ ...input, dateMs });
        await storage.appendPassages({ sourceId: source.id, firstOrdinal: 0, passages, segments: [] });
        return source.id;
      };
      const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);
      const exchange = (text: string, at?: string): PassageDraft => ({
        ...draft(text),
        record: { kind: "exchange", speaker1: text, speaker2: "", ...(at && { at }) },
      });
      const old = await dated("old", day("2020-05-01"), "sea old");
      const talk = await dated(
        "talk",
        day("2024-05-01"),
        exchange("sea said", "2021-03-04T05:06:07+02:00"),
        exchange("sea untimed"),
      );
      await dated("unknown", null, "sea unknown");
      const found = async (filter: SearchFilter) => {
        const texts = (await find("sea", filter)).toSorted();
        const ids = [...(await storage.filterPassages({ collectionId, filter }))];
        expect((await storage.readPassages({ ids })).map(({ text }) => text).toSorted()).toEqual(texts);
        return texts;
      };
      const times = await storage.passageTimes({ collectionId });
      const passages = await storage.readPassages({ ids: [...times.passageIds] });
      expect(Object.fromEntries(passages.map(({ text }, i) => [text, times.timesMs[i]]))).toEqual({
        "sea old": day("2020-05-01"),
        "sea said": Date.parse("2021-03-04T05:06:07+02:00"),
        "sea untimed": day("2024-05-01"),
        "sea unknown": Number.NaN,
      });
      expect(await found({ fromMs: day("2021-01-01") })).toEqual(["sea said", "sea untimed"]);
      expect(await found({ fromMs: day("2020-05-01"), untilMs: day("2021-03-05") })).toEqual([
        "sea old",
        "sea said",
      ]);
      expect(await found({ untilMs: day("2020-05-01") })).toEqual([]);

      expect(await storage.tagSource({ sourceId: old, tags: [" log ", "log", "", "ünder"] })).toMatchObject({
        tags: ["log", "ünder"],
      });
      await storage.tagSource({ sourceId: talk, tags: ["talk"] });
      expect(await found({ tags: ["ünder", "none"] })).toEqual(["sea old"]);
      expect(await found({ tags: ["log", "talk"], fromMs: day("2021-01-01"), beforeOrdinal: 1 })).toEqual([
        "sea said",
      ]);
      expect(await found({ tags: ["log"], sourceIds: [talk] })).toEqual([]);
      expect(await found({ tags: [] })).toEqual([]);
      await storage.tagSource({ sourceId: old, tags: [] });
      expect(await found({ tags: ["log"] })).toEqual([]);
      await expect(storage.tagSource({ sourceId: 999, tags: [] })).rejects.toMatchObject({
        code: "storage/not-found",
      });
    });

    test("filters narrow by source, place and passage, together as well", async () => {
      const a = await fill("sea a0", "sea a1", "sea a2");
      const b = await fill("sea b0", "sea b1");
      const found = async (filter: SearchFilter) => (await find("sea", filter)).toSorted();
      expect(await found({ sourceIds: [b.sourceId] })).toEqual(["sea b0", "sea b1"]);
      expect(await found({ sourceIds: [] })).toEqual([]);
      expect(await found({ beforeOrdinal: 1 })).toEqual(["sea a0", "sea b0"]);
      expect(await found({ excludeId: a.ids[1]! })).toEqual(["sea a0", "sea a2", "sea b0", "sea b1"]);
      const all = { sourceIds: [a.sourceId], beforeOrdinal: 2, excludeId: a.ids[0]! };
      expect(await found(all)).toEqual(["sea a1"]);
      const some = [a.ids[1]!, b.ids[0]!, 999];
      expect(await found({ passageIds: some })).toEqual(["sea a1", "sea b0"]);
      expect(await found({ passageIds: some, sourceIds: [b.sourceId] })).toEqual(["sea b0"]);
      expect(await found({ passageIds: [] })).toEqual([]);
    });

    test("several collections are scored as if they were one", async () => {
      const texts = [
        ["fern moss leaf", "fern pond leaf", "fern moss pond", "fern fern reed"],
        ["sand fern dune", "sand dune wind", "sand moss rock", "sand kelp wind", "sand wind dune"],
      ] as const;
      const [first, second] = texts;
      await fill(...first, ...second);
      const whole = collectionId;
      const parts: number[] = [];
      for (const part of texts) {
        collectionId = (await storage.createCollection({ name: "part", kind: "document" })).id;
        await fill(...part);
        parts.push(collectionId);
      }
      const scored = async (collectionIds: readonly number[], query: string) => {
        const hits = await storage.keywords({ collectionIds, query, limit: 20 });
        const passages = await storage.readPassages({ ids: hits.map(({ passageId }) => passageId) });
        return passages.map(({ text }, i) => `${text}: ${hits[i]?.bm25.toFixed(8)}`).toSorted();
      };
      for (const query of [
        "fern",
        "fern wind",
        "sand mo*",
        '"fern moss" kelp',
        "leaf nothing",
        "wind fern dune pond",
      ]) {
        const together = await scored([whole], query);
        expect(together.length, query).toBeGreaterThan(0);
        expect(await scored(parts, query), query).toEqual(together);
      }
      expect(await scored([...parts, ...parts], "fern")).toEqual(await scored(parts, "fern"));
      expect((await storage.keywords({ collectionIds: parts, query: "fern", limit: 2 })).length).toBe(2);
    });

    test("case, accents and compatibility forms make no difference", async () => {
      await fill("Café naïve", "STRASSE", "Ελλάδα", "ｆｕｌｌ ｗｉｄｔｈ");
      expect(await find("CAFE\u0301")).toEqual(["Café naïve"]);
      expect(await find("naive")).toEqual(["Café naïve"]);
      expect(await find("ΕΛΛΆΔΑ")).toEqual(["Ελλάδα"]);
      expect(await find("full")).toEqual(["ｆｕｌｌ ｗｉｄｔｈ"]);
    });

    test("Chinese, Japanese and Korean are found by words inside a run", async () => {
      await fill(
        "使用Vite构建网站",
        "富士山に登りました",
        "カタカナとひらがな",
        "대한민국의 수도는 서울",
        "山水",
      );
      expect(await find("构建")).toEqual(["使用Vite构建网站"]);
      expect(await find("vite")).toEqual(["使用Vite构建网站"]);
      expect(await find("建构")).toEqual([]);
      expect(await find("登りま")).toEqual(["富士山に登りました"]);
      expect(await find("ｶﾀｶﾅ")).toEqual(["カタカナとひらがな"]);
      expect(await find("서울".normalize("NFD"))).toEqual(["대한민국의 수도는 서울"]);
      expect((await find("山")).toSorted()).toEqual(["富士山に登りました", "山水"].toSorted());
    });

    test("words of scripts with vowel signs stay whole", async () => {
      await fill("हिन्दी भाषा", "ภาษาไทย");
      expect(await find("हिन्दी")).toEqual(["हिन्दी भाषा"]);
      expect(await find("हन्द")).toEqual([]);
    });

    test("a query without words finds nothing", async () => {
      await fill("plain text");
      const queries = [
        "",
        "   ",
        "\n\t",
        '"',
        "*",
        "🐳",
        "(",
        ")) ((",
        "^",
        "-",
        ":",
        "\0",
        "\ud800",
        "''",
        "{}",
      ];
      for (const query of queries) expect(await keywords(query), JSON.stringify(query)).toEqual([]);
    });

    test("words in quotation marks count as one where they stand in a row", async () => {
      const texts = [
        "york is new, a new new york harbour",
        "new york harbour, long ago",
        "a new harbour in york",
      ];
      await fill(...texts, "東京都庁へ行く", "京都と東京、都と京");
      const first = async (query: string) => (await find(query))[0];
      expect((await find('harbour "new york"')).toSorted()).toEqual(texts.toSorted());
      expect(await first('"harbour, long" new new york')).toBe(texts[1]);
      expect(await first('"東京都"')).toBe("東京都庁へ行く");
      expect(await find('"へ"')).toEqual(["東京都庁へ行く"]);
    });

    test("a star finds every word that begins so", async () => {
      await fill("computer", "compute", "calm", "comp");
      expect((await find("comp*")).toSorted()).toEqual(["comp", "compute", "computer"]);
      expect(await find("comp")).toEqual(["comp"]);
    });

    test("operators are plain text", async () => {
      await fill("plain text", "other");
      const queries = [
        'plain"',
        '"plain',
        "plain*",
        "NEAR(plain text)",
        "NEAR(plain",
        "title:plain",
        "nothing AND plain",
        "plain NOT plain",
        "^plain",
        "plain OR",
        "plain'; DROP TABLE passage; --",
        "{title} : plain",
        "-plain",
        "🐳plain🐳",
        "plain\0text",
      ];
      for (const query of queries) expect(await find(query), query).toEqual(["plain text"]);
    });

    test("a very long query goes by its rarest words", async () => {
      const common = Array.from({ length: 60 }, (_, i) => `common${i}`).join(" ");
      await fill(`${common} needle`, ...Array.from({ length: 9 }, () => common), ...Array(20).fill("other"));
      expect((await find(`${common} needle`))[0]).toBe(`${common} needle`);
      expect(
        await find(`${"w ".repeat(10)}${Array.from({ length: 20_000 }, (_, i) => `q${i}`).join(" ")} needle`),
      ).toEqual([`${common} needle`]);
    });

    test("NUL stays in the text and separates words", async () => {
      await fill("left\0right");
      expect(await find("right")).toEqual(["left\0right"]);
    });
  });
}
