import { describe, expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { featuresOf } from "../base/word-features.ts";
import {
  ENTRY_FILE,
  openSite,
  principalAxes,
  projected,
  toUnit,
  writeSite,
  type SitePassage,
} from "./index.ts";
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
    model: "m",
    passages,
    vectors: projected(rows, axes),
    axes,
    rowByWord: new Map(SUBJECTS.map((word, i) => [featuresOf(word)[0] ?? "", i])),
    wordVectors,
  };
  return { parts, files: await writeSite(parts) };
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

describe("a written site", () => {
  test("is found by the words of its table, each passage with its place", async () => {
    const { files, parts } = await testSite();
    const site = await openSite(reader(files), signal);
    const { hits, unknownWords, compared } = await site.search("where is the lantern", 5, signal);
    expect(compared).toBe(300);
    expect(unknownWords).toContain("where");
    for (const { row } of hits) {
      expect(await site.passage(row, signal)).toEqual(
        expect.objectContaining({ text: parts.passages[row]?.text, anchor: parts.passages[row]?.anchor }),
      );
      expect(parts.passages[row]?.text).toContain("lantern");
    }
  });

  test("has the same bytes each time, and names that hold their digest", async () => {
    const [{ files }, { files: again }] = [await testSite(), await testSite()];
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [name, bytes] of files) expect(again.get(name)).toEqual(bytes);
    expect(
      [...files.keys()].filter((name) => name !== ENTRY_FILE && !/-[0-9a-f]{16}\.bin$/.test(name)),
    ).toEqual([]);
  });

  test("a question reads only the files of its own words", async () => {
    const { files } = await testSite();
    const read: string[] = [];
    const site = await openSite(reader(files, read), signal);
    await site.search("tide", 5, signal);
    expect(read.filter((name) => name.startsWith("words-"))).toHaveLength(1);
    const before = read.length;
    await site.search("tide", 5, signal);
    expect(read).toHaveLength(before);
  });

  test("a file that is missing fails the question that needs it, and is asked for again", async () => {
    const { files } = await testSite();
    const broken = new Map(files);
    const gone = [...files.keys()].find((name) => name.startsWith("centres-")) ?? "";
    broken.delete(gone);
    const site = await openSite(reader(broken), signal);
    await expect(site.search("tide", 5, signal)).rejects.toThrow(gone);
    broken.set(gone, files.get(gone) ?? new Uint8Array());
    expect((await site.search("tide", 5, signal)).hits).toHaveLength(5);
  });

  test("a passage beyond the last is a fault of the files, by its code", async () => {
    const site = await openSite(reader((await testSite()).files), signal);
    await expect(site.passage(10_000, signal)).rejects.toMatchObject({ code: "site/file" });
  });

  test("an entry of another version is told apart", async () => {
    const file = (text: string) => () => Promise.resolve(new TextEncoder().encode(text));
    for (const text of ["", "<!doctype html>", '{"format": 99}', "null"])
      await expect(openSite(file(text), signal)).rejects.toMatchObject({ code: "site/entry" });
  });
});

test("rows keep their values to half a step, in 8 and in 4 bits, zeros and odd lengths included", () => {
  const rng = createRng(5);
  const rows = Float32Array.from({ length: 7 * 9 }, (_, i) => (i < 9 ? 0 : rng() - 0.5));
  for (const bits of [8, 4] as const) {
    const { values, count, dim, byteLength } = parseRows(formatRows(rows, 9, bits), bits);
    expect([count, dim, byteLength]).toEqual([7, 9, 8 + 7 * (4 + (bits === 8 ? 9 : 5))]);
    const step = 0.5 / (bits === 8 ? 127 : 7);
    values.forEach((value, i) =>
      expect(Math.abs(value - (rows[i] ?? 0))).toBeLessThanOrEqual(step / 2 + 1e-6),
    );
  }
  expect(() => parseRows(formatRows(rows, 9, 8).subarray(0, 50), 8)).toThrow(RangeError);
});
