import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import { featuresOf } from "../../base/word-features.ts";
import type { Engine } from "../../contract/index.ts";
import { openSite, toUnit, type SitePage } from "../../site/index.ts";
import { evaluateTable } from "./evaluate-table.ts";
import { createOwnEmbedder } from "../embedders.ts";
import { makeIndex } from "./make-index.ts";

const DIM = 24;
const signal = new AbortController().signal;
let cache = "";
let asked: string[] = [];
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "sextant-index-"));
  asked = [];
});
afterEach(() => rm(cache, { recursive: true }));

const hashOf = (word: string): number =>
  new TextEncoder().encode(word).reduce((hash, byte) => (hash * 31 + byte) % 1e6, 7);

/** A model that adds up a direction of each word. */
const embed = (async ({ side, texts }) => {
  if (side === "key") asked.push(...texts);
  const vectors = new Float32Array(texts.length * DIM);
  texts.forEach((text, i) => {
    const own = vectors.subarray(i * DIM, (i + 1) * DIM);
    for (const word of new Set(featuresOf(text))) {
      const rng = createRng(hashOf(word));
      for (let k = 0; k < DIM; k++) own[k] = (own[k] ?? 0) + rng() - 0.5;
    }
    toUnit(own);
  });
  return { dim: DIM, vectors };
}) as Engine["embed"];

const SUBJECTS = ["harbour", "compass", "anchor", "sail", "tide", "lantern", "rudder", "keel"];
const page = (n: number, language = "en"): SitePage => ({
  path: `${language}/page-${n}.html`,
  title: `About the ${SUBJECTS[n % 8]}`,
  language,
  sections: [
    {
      anchor: "a",
      headings: [`Part ${n}`],
      blocks: [`Here number ${n} tells of the ${SUBJECTS[n % 8]} and the sea.`],
      weight: 1,
    },
  ],
  filters: {},
});
const pages = (count: number, language?: string) =>
  Array.from({ length: count }, (_, n) => page(n, language));
const how = () => ({
  engine: { embed },
  embedders: createOwnEmbedder({ embed }, "qa"),
  model: { id: "m", key: "m@1:q8", languages: ["en"] },
  cache,
  signal,
  report: { say: () => undefined },
});
const make = (own: readonly SitePage[]) =>
  makeIndex({
    ...how(),
    pages: own,
    dim: 16,
  });

test("two builds of the same pages are the same bytes, and only what changed is embedded again", async () => {
  const first = await make(pages(40));
  expect([first.embedded, asked.length]).toEqual([40, 40]);
  const again = await make(pages(40));
  expect(again.embedded).toBe(0);
  expect([...again.files]).toEqual([...first.files]);
  const changed = [...pages(39), page(77)];
  asked = [];
  expect((await make(changed)).embedded).toBe(1);
  expect(asked).toEqual([expect.stringContaining("number 77")]);
});

test("of a site in several languages each is searched apart, one that the model does not know by words alone", async () => {
  const { files, languages } = await make([...pages(30), ...pages(20, "en-gb"), ...pages(10, "zh-cn")]);
  expect(languages).toEqual({ en: 30, "en-gb": 20, "zh-cn": 0 });
  expect(asked.filter((text) => text.includes("number 3 "))).toHaveLength(1);
  const read = async (name: string) => files.get(name) ?? new Uint8Array();
  const british = await openSite(read, "en-GB", signal);
  expect(british?.entry.passages).toBe(20);
  expect((await british?.passage(0, signal))?.path).toBe("en-gb/page-0.html");
  expect(await openSite(read, "zh-CN", signal)).toBeNull();
});

test("the table of a judged set is measured beside the full model", async () => {
  const place = { group: "", session: 0, position: 0 };
  const passages = pages(40).map(({ path, title, sections }) => ({
    id: path,
    title,
    text: sections[0]?.blocks[0] ?? "",
    ...place,
  }));
  const queries = [5, 9, 14].map((n) => ({ id: `q${n}`, text: `number ${n} sea`, exclude: null, ...place }));
  const qrels = new Map(queries.map(({ id }) => [id, new Map([[`en/page-${id.slice(1)}.html`, 1]])]));
  const measured = await evaluateTable({ passages, queries, qrels }, { ...how(), dim: 24 });
  expect(measured.queries).toBe(3);
  expect(measured.model.recall).toBeGreaterThan(0.6);
  expect(measured.table.recall).toBeGreaterThan(0.3);
});

test("vectors of other weights are not used again, and a build can be stopped while it learns", async () => {
  await make(pages(10));
  const other = { id: "m", key: "m@2:q8", languages: ["en"] };
  const again = await makeIndex({ ...how(), model: other, pages: pages(10), dim: 16 });
  expect(again.embedded).toBe(10);
  const stop = new AbortController();
  const say = (what: string): void => {
    if (what === "learning the words") setTimeout(() => stop.abort(), 0);
  };
  const stopped = makeIndex({ ...how(), pages: pages(1500), dim: 16, signal: stop.signal, report: { say } });
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
});
