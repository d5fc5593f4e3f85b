import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRng } from "../../base/rng.ts";
import { featuresOf } from "../../base/word-features.ts";
import {
  principalAxes,
  projected,
  toUnit,
  writeSite,
  type Site,
  type SitePassage,
} from "../../site/index.ts";
import { createFinder, telling, type Found } from "./finder.ts";

const SUBJECTS = ["harbour", "compass", "anchor", "sail", "tide", "lantern"];
const DIM = 12;
const signal = new AbortController().signal;

/** Pagefind as a page sees it: it finds pages whose number is in the question, and remembers what it was asked. */
const PAGEFIND = `
export const asked = (globalThis.pagefindAsked ??= []);
export const createInstance = () => ({ search });
async function search(question) {
  asked.push(question);
  const numbers = [...question.matchAll(/\\d+/g)].map(([n]) => n);
  return { results: numbers.map((n, i) => ({ score: 9 - i, data: async () => ({
    url: "/page-" + n + ".html", excerpt: "found <mark>" + n + "</mark> &lt;b&gt;",
    meta: { title: "<script>alert(1)</script> " + n }, sub_results: [] }) })) };
}`;

let folder = "";
let files: Map<string, Uint8Array<ArrayBuffer>>;
let read: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sextant-finder-"));
  await mkdir(join(folder, "pagefind"));
  await writeFile(join(folder, "pagefind", "pagefind.js"), PAGEFIND);
  await writeFile(join(folder, "pagefind", "package.json"), '{"type":"module"}');
  files = new Map(await index());
  read = [];
  vi.stubGlobal("fetch", async (url: URL) => {
    const name = url.pathname.split("/").at(-1) ?? "";
    read.push(name);
    const bytes = files.get(name);
    return new Response(bytes ?? null, { status: bytes ? 200 : 404 });
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

async function index() {
  const rng = createRng(3);
  const directions = SUBJECTS.map(() => Float32Array.from({ length: DIM }, () => rng() - 0.5));
  for (const one of directions) toUnit(one);
  const passages = Array.from({ length: 60 }, (_, i): SitePassage => ({
    path: `page-${i}.html`,
    pageTitle: `Page ${i}`,
    anchor: `part-${i}`,
    headings: ["Part"],
    text: `All of the ${SUBJECTS[i % 6]}.`,
    weight: 1,
  }));
  const rows = Float32Array.from(passages.flatMap((_, i) => [...(directions[i % 6] ?? [])]));
  const axes = principalAxes(rows, DIM, 6);
  const parts = {
    passages,
    vectors: projected(rows, axes),
    axes,
    rowByWord: new Map(SUBJECTS.map((word, i) => [featuresOf(word)[0] ?? "", i])),
    wordVectors: projected(Float32Array.from(directions.flatMap((one) => [...one])), axes),
  };
  return writeSite({
    model: "m",
    languages: new Map([
      ["en", parts],
      ["zh", null],
    ]),
  });
}

const finder = (language = "en", indexUrl = pathToFileURL(`${folder}/`)) =>
  createFinder({ indexUrl, siteUrl: new URL("https://docs.example/"), language });
async function ask(question: string, by = finder()) {
  const steps: Found[] = [];
  const found = await by.find(question, signal, (step) => steps.push(step));
  return { found, steps };
}
const damage = (kind: string, bytes: Uint8Array<ArrayBuffer> | null) => {
  for (const name of [...files.keys()].filter((one) => one.startsWith(kind)))
    if (bytes) files.set(name, bytes);
    else files.delete(name);
};

test("words are shown first, then words and meaning together", async () => {
  const { found, steps } = await ask("the lantern of 7");
  expect(steps.map(({ by }) => by)).toEqual(["keywords", "both"]);
  expect(steps[0]?.pages.map(({ url }) => url)).toEqual(["https://docs.example/page-7.html"]);
  expect(found).toMatchObject({ encoder: "table", missing: [], more: true });
  expect(found.pages.map(({ title }) => title)).toContain("Page 5");
  const meant = found.pages.filter(({ meaning }) => meaning !== null);
  expect(meant.every(({ url }) => Number(/\d+/.exec(url)?.[0]) % 6 === 5)).toBe(true);
});

test("more pages are read when they are asked for, and files once", async () => {
  const one = finder();
  const first = (await ask("where is the lantern", one)).found.pages.length;
  const again = await one.find("where is the lantern", signal, () => undefined, 10);
  expect(again.pages.length).toBeGreaterThan(first);
  expect(new Set(read).size).toBe(read.length);
});

test("markup in titles and excerpts stays text", async () => {
  const [page] = (await ask("7 8 9")).steps[0]?.pages ?? [];
  expect(page?.title).toBe("<script>alert(1)</script> 7");
  expect(page?.excerpt).toEqual([
    { text: "found ", marked: false },
    { text: "7", marked: true },
    { text: " <b>", marked: false },
  ]);
});

test("keywords go on where the index for meaning is gone, half uploaded, damaged or another page", async () => {
  const html = new TextEncoder().encode("<!doctype html><title>Not found</title>");
  const cases: readonly (readonly [string, Uint8Array<ArrayBuffer> | null])[] = [
    ["sextant.json", null],
    ["sextant.json", html],
    ["head-", null],
    ["near-", new Uint8Array(40)],
    ["text-", html],
  ];
  for (const [kind, bytes] of cases) {
    files = new Map(await index());
    damage(kind, bytes);
    const { found } = await ask("the lantern of 7");
    expect(found).toMatchObject({ by: "keywords", missing: [{ half: "meaning" }] });
    expect(found.missing[0]?.message).toMatch(/Upload|Build/);
    expect(found.pages).toHaveLength(1);
  }
});

test("meaning goes on where Pagefind's bundle is gone; where both are, it says so", async () => {
  await rm(join(folder, "pagefind"), { recursive: true });
  const elsewhere = pathToFileURL(`${folder}/without/`);
  const { found } = await ask("where is the lantern", finder("en", elsewhere));
  expect(found).toMatchObject({ by: "meaning", missing: [{ half: "keywords" }] });
  files.clear();
  await expect(ask("where is the lantern", finder("en", elsewhere))).rejects.toMatchObject({
    code: "site/entry",
  });
});

test("a page in a language that the model does not know is searched by words, and nothing is missing", async () => {
  const { found } = await ask("the lantern of 7", finder("zh-CN"));
  expect(found).toMatchObject({ by: "keywords", encoder: null, missing: [] });
  expect(read).toEqual(["sextant.json"]);
});

test("a question of five thousand words is asked by its beginning", async () => {
  const words = Array.from({ length: 5000 }, (_, i) => `lantern word${i}`).join(" ");
  const { found } = await ask(words);
  const asked = (globalThis as unknown as { pagefindAsked: string[] }).pagefindAsked.at(-1) ?? "";
  expect(asked).toBe("lantern");
  expect(found.pages.length).toBeGreaterThan(0);
});

test("the full model takes over once it is there", async () => {
  const one = finder();
  one.setEncoder(async () => {
    const vector = new Float32Array(DIM);
    vector[0] = 1;
    return vector;
  });
  const { found } = await ask("nothing that the table knows", one);
  expect(found).toMatchObject({ by: "both", encoder: "model" });
  expect(found.pages.length).toBeGreaterThan(0);
  one.setEncoder(null);
  expect((await ask("nothing that the table knows", one)).found.encoder).toBe("table");
});

test("Pagefind is asked for the four words at most that tell most, unless nothing is left or something is quoted", async () => {
  const weights: Readonly<Record<string, number>> = { drop: 3, anchor: 4, chain: 2, mud: 5, hand: 1 };
  const site = {
    entry: { frequent: ["how", "do", "i", "the", "it"] },
    weightOf: async (word: string) => weights[word.replace(/\W/g, "")] ?? 0,
  } as unknown as Site;
  expect(await telling("How do I drop the anchor?", site)).toBe("drop anchor?");
  expect(await telling("how do I, do it?", site)).toBe("how do I, do it?");
  expect(await telling('drop "the anchor"', site)).toBe('drop "the anchor"');
  expect(await telling("drop anchor, hand over chain into mud", site)).toBe("drop anchor, chain mud");
  expect(await telling("anchor sinks by itself quickly", site)).toBe("anchor");
  expect(await telling("words of other sites only here", site)).toBe("words of other sites only here");
  expect(await telling("how do I", null)).toBe("how do I");
});
