import { describe, expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { featuresOf } from "../base/word-features.ts";
import {
  ENTRY_FILE,
  HASHED_NAME,
  openSite,
  principalAxes,
  projected,
  toUnit,
  writeSite,
  type ReadFile,
  type Site,
  type SitePassage,
} from "./index.ts";
import { keptText } from "./text-shard.ts";
import { formatRows, parseRows } from "./vector-bytes.ts";

const SUBJECTS = ["harbour", "compass", "anchor", "sail", "tide", "lantern"];
const FROM_DIM = 24;
const signal = new AbortController().signal;

/** Passages about one subject each, near that subject's direction; the table gives each subject's word that direction. */
async function testSite() {
  const rng = createRng(3);
  const direction = SUBJECTS.map(() => unit(Float32Array.from({ length: FROM_DIM }, () => rng() - 0.5)));
  const passages: SitePassage[] = Array.from({ length: 300 }, (_, i) => ({
    path: `page-${Math.floor(i / 5)}.html`,
    pageTitle: `Page ${Math.floor(i / 5)}`,
    anchor: i % 5 === 0 ? null : `part-${i}`,
    headings: [`Part ${i}`],
    text: `Something about the ${SUBJECTS[i % 6]}, number ${i}.`,
    weight: 1,
  }));
  const rows = new Float32Array(passages.length * FROM_DIM);
  passages.forEach((_, i) =>
    rows.set(
      unit((direction[i % 6] ?? new Float32Array()).map((value) => value + 0.2 * (rng() - 0.5))),
      i * FROM_DIM,
    ),
  );
  const axes = principalAxes(rows, FROM_DIM, 8);
  const wordVectors = projected(Float32Array.from(direction.flatMap((one) => [...one])), axes);
  const parts = {
    passages,
    vectors: projected(rows, axes),
    axes,
    rowByWord: new Map(SUBJECTS.map((word, i) => [featuresOf(word)[0] ?? "", i])),
    wordVectors,
  };
  const languages = new Map([
    ["en", parts],
    ["zh-cn", null],
  ]);
  return { parts, files: await writeSite({ model: "m", languages }) };
}

function unit(vector: Float32Array): Float32Array {
  toUnit(vector);
  return vector;
}

const reader =
  (files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, read: string[] = []) =>
  (name: string) => {
    read.push(name);
    const bytes = files.get(name);
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`404 ${name}`));
  };

async function open(read: ReadFile, language = "en"): Promise<Site> {
  const site = await openSite(read, language, signal);
  if (!site) throw new Error("words only");
  return site;
}

async function search(site: Site, question: string, k = 5) {
  return site.nearest((await site.encode(question, signal)) ?? new Float32Array(8), k, signal);
}

describe("a written site", () => {
  test("is found by the words of its table, each passage with its place and page", async () => {
    const { files, parts } = await testSite();
    const site = await open(reader(files));
    const { hits } = await search(site, "where is the lantern", 1000);
    expect(hits).toHaveLength(300);
    expect(await site.weightOf("where")).toBe(0);
    expect(await site.encode("where?", signal)).toBeNull();
    for (const { row, page } of hits.slice(0, 5)) {
      const { text, anchor, path } = await site.passage(row, signal);
      expect({ text, anchor }).toEqual({
        text: parts.passages[row]?.text,
        anchor: parts.passages[row]?.anchor,
      });
      expect(path).toBe(`page-${page}.html`);
      expect(text).toContain("lantern");
    }
  });

  test("has the same bytes each time, and names that hold their digest", async () => {
    const [{ files }, { files: again }] = [await testSite(), await testSite()];
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [name, bytes] of files) expect(again.get(name)).toEqual(bytes);
    expect([...files.keys()].filter((name) => name !== ENTRY_FILE && !HASHED_NAME.test(name))).toEqual([]);
  });

  test("a question reads the head, the files of its rarer words and the nearest clusters, each once", async () => {
    const { files } = await testSite();
    const read: string[] = [];
    const site = await open(reader(files, read));
    await search(site, "tide");
    expect(read.map((name) => name.split("-")[0])).toEqual([ENTRY_FILE, "head", "near", "near"]);
    await search(site, "tide and sail");
    expect(read).toHaveLength(4);
  });

  test("a table of more words than are common is spread, a word and its beginning in one file", async () => {
    const { parts } = await testSite();
    const rng = createRng(8);
    const names = Array.from({ length: 900 }, (_, i) => `word${i.toString(36).padStart(4, "q")}x`);
    const words = names.flatMap((name) => featuresOf(name));
    const own = {
      ...parts,
      rowByWord: new Map([...new Set(words)].map((word, row) => [word, row])),
      wordVectors: Float32Array.from({ length: words.length * 8 }, () => rng() - 0.5),
    };
    const files = await writeSite({ model: "m", languages: new Map([["", own]]) });
    const read: string[] = [];
    const site = await open(reader(files, read), "fr");
    for (const name of [names[0] ?? "", names[450] ?? "", names[899] ?? ""]) {
      expect(await site.weightOf(name)).toBeGreaterThan(0);
    }
    expect(read.filter((name) => name.startsWith("words-")).length).toBeLessThanOrEqual(3);
  });

  test("a page is searched in its own language, that of its region or the largest; one that the model does not know, not at all", async () => {
    const { files } = await testSite();
    for (const language of ["EN", "en-GB", "fr", ""])
      expect((await open(reader(files), language)).language).toBe("en");
    expect(await openSite(reader(files), "zh-CN", signal)).toBeNull();
  });

  test("vectors of the full model are found along the site's axes", async () => {
    const { files, parts } = await testSite();
    const site = await open(reader(files));
    const full = Float32Array.from({ length: FROM_DIM }, (_, a) => parts.axes.rows[a] ?? 0);
    const along = await site.project(full, signal);
    expect(along[0]).toBeCloseTo(1, 5);
    expect((await site.nearest(along, 3, signal)).hits).toHaveLength(3);
  });

  test("a file that is missing fails the question that needs it, and is asked for again", async () => {
    const { files } = await testSite();
    const broken = new Map(files);
    const gone = [...files.keys()].find((name) => name.startsWith("near-")) ?? "";
    broken.delete(gone);
    const site = await open(reader(broken));
    await expect(search(site, "tide")).rejects.toThrow(gone);
    broken.set(gone, files.get(gone) ?? new Uint8Array());
    expect((await search(site, "tide")).hits).toHaveLength(5);
  });

  test("a file that is damaged, cut short or a page of another kind is told by its name", async () => {
    const { files } = await testSite();
    for (const kind of ["head", "near", "text"]) {
      const name = [...files.keys()].find((one) => one.startsWith(`${kind}-`)) ?? "";
      const whole = files.get(name) ?? new Uint8Array();
      const flipped = whole.map((byte, i) => (i === whole.length >> 1 ? byte ^ 8 : byte));
      const page = new TextEncoder().encode("<!doctype html>");
      for (const bytes of [flipped, whole.slice(0, -20), page, new Uint8Array()]) {
        const site = await open(reader(new Map([...files, [name, bytes]])));
        const reading = kind === "text" ? site.passage(0, signal) : search(site, "tide");
        await expect(reading).rejects.toMatchObject({
          code: "site/file",
          message: expect.stringContaining(name) as string,
        });
      }
    }
  });

  test("a passage beyond the last is a fault of the files, by its code", async () => {
    const site = await open(reader((await testSite()).files));
    await expect(site.passage(10_000, signal)).rejects.toMatchObject({ code: "site/file" });
  });

  test("an entry of another version is told apart", async () => {
    const file = (text: string) => () => Promise.resolve(new TextEncoder().encode(text));
    for (const text of ["", "<!doctype html>", '{"format": 1}', '{"format": 99}', "null"])
      await expect(openSite(file(text), "en", signal)).rejects.toMatchObject({ code: "site/entry" });
  });
});

test("of a long passage the beginning is kept, cut between words", () => {
  expect(keptText("short")).toBe("short");
  const kept = keptText("word ".repeat(200));
  expect([kept.length, kept.endsWith("word …")]).toEqual([501, true]);
  expect(keptText("😀".repeat(400)).isWellFormed()).toBe(true);
});

test("rows keep their values to half a step, in 8 and in 4 bits, zeros and odd lengths included", () => {
  const rng = createRng(5);
  const rows = Float32Array.from({ length: 7 * 9 }, (_, i) => (i < 9 ? 0 : rng() - 0.5));
  for (const bits of [8, 4] as const) {
    const bytes = formatRows(rows, 9, bits);
    expect(bytes).toHaveLength(8 + 7 * (4 + (bits === 8 ? 9 : 5)));
    const values = parseRows(bytes, bits);
    expect(values).toHaveLength(7 * 9);
    values.forEach((value, i) => {
      const wanted = rows[i] ?? 0;
      const row = rows.subarray(i - (i % 9), i - (i % 9) + 9);
      // Of 4 bits, what is beyond .8 of a row's largest becomes that.
      const most = (bits === 8 ? 1 : 0.8) * Math.max(...row.map(Math.abs));
      const kept = Math.max(-most, Math.min(most, wanted));
      expect(Math.abs(value - kept)).toBeLessThanOrEqual(most / (bits === 8 ? 127 : 7) / 2 + 1e-6);
    });
  }
  expect(() => parseRows(formatRows(rows, 9, 8).subarray(0, 50), 8)).toThrow(RangeError);
});
