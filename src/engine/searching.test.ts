import { afterEach, beforeEach, expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { direct } from "../boundary/index.ts";
import type { Engine, SearchMode, SearchRequest, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let engine: Engine;

beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  engine = direct(createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers);
});
afterEach(() => storage.close());

interface Added {
  readonly text: string;
  readonly modifiedMs?: number;
  readonly tags?: readonly string[];
}

async function collection(name: string, files: Readonly<Record<string, Added>>): Promise<number> {
  const { id: collectionId } = await engine.createCollection({ name, kind: "document" });
  for (const [file, { text, modifiedMs, tags = [] }] of Object.entries(files)) {
    const input = { name: file, content: text, ...(modifiedMs !== undefined && { modifiedMs }) };
    const { added } = await engine.add({ collectionId, files: [input] });
    if (tags.length > 0) await engine.tagSource({ sourceId: added[0]?.id ?? -1, tags });
  }
  await engine.index({ collectionId, task: "qa" });
  return collectionId;
}

function ask(collectionIds: readonly number[], question: string, more: Partial<SearchRequest> = {}) {
  const settings = { mode: "hybrid", fusion: "convex", policy: "use", limit: 10 } as const;
  return engine.search({ collectionIds, query: { task: "qa", question }, ...settings, ...more });
}

const MODES: readonly SearchMode[] = ["semantic", "hybrid", "keywords"];
const YEAR = (year: number): number => Date.UTC(year, 0, 1);

test.each(MODES)("%s: tags and dates narrow what is found", async (mode) => {
  const id = await collection("Notes", {
    "a.md": { text: "green tea in spring", modifiedMs: YEAR(2020), tags: ["drinks"] },
    "b.md": { text: "black tea in spring", modifiedMs: YEAR(2024), tags: ["drinks", "new"] },
    "c.md": { text: "spring cleaning tea", modifiedMs: YEAR(2024) },
  });
  const names = async (filter: SearchRequest["filter"]) =>
    (await ask([id], "tea spring", { mode, ...(filter && { filter }) })).hits
      .map((hit) => hit.sourceName)
      .toSorted();
  expect(await names(undefined)).toEqual(["a.md", "b.md", "c.md"]);
  expect(await names({ tags: ["drinks"] })).toEqual(["a.md", "b.md"]);
  expect(await names({ tags: ["drinks"], fromMs: YEAR(2023) })).toEqual(["b.md"]);
  expect(await names({ untilMs: YEAR(2023) })).toEqual(["a.md"]);
  expect(await names({ tags: ["none"] })).toEqual([]);
  const all = (await ask([id], "tea spring", { mode })).hits;
  const passageIds = all.filter(({ sourceName }) => sourceName !== "a.md").map(({ passage }) => passage.id);
  expect(await names({ passageIds })).toEqual(["b.md", "c.md"]);
  expect(await names({ passageIds, tags: ["drinks"] })).toEqual(["b.md"]);
  expect(await names({ passageIds: [] })).toEqual([]);
});

test.each(MODES)("%s: several collections are searched as if they were one", async (mode) => {
  const texts = [
    "green tea for two minutes",
    "black tea for four minutes",
    "a sloop has one mast",
    "a ketch has two masts",
  ];
  const files = (from: number) =>
    Object.fromEntries(texts.slice(from, from + 2).map((text, i) => [`${from + i}.md`, { text }]));
  const [tea, boats] = [await collection("Tea", files(0)), await collection("Boats", files(2))];
  const all = await collection("All", { ...files(0), ...files(2) });
  const [apart, together] = [
    await ask([tea, boats], "how many masts has a ketch", { mode }),
    await ask([all], "how many masts has a ketch", { mode }),
  ];
  expect(apart.hits[0]?.passage).toMatchObject({ text: texts[3], collectionId: boats });
  const namesOf = ({ hits }: typeof apart) => hits.map((hit) => hit.sourceName);
  if (mode === "semantic") {
    expect(namesOf(apart)).toEqual(namesOf(together));
    expect(apart.candidates?.count).toBe(4);
    expect(apart.candidates?.mean).toBeCloseTo(together.candidates?.mean ?? Number.NaN, 5);
    expect(apart.candidates?.deviation).toBeCloseTo(together.candidates?.deviation ?? Number.NaN, 5);
  }
  expect(new Set(namesOf(apart))).toEqual(new Set(namesOf(together)));
  expect((await ask([tea, boats, tea], "how many masts has a ketch", { mode })).hits).toEqual(apart.hits);
});

test("collections of another kind, gone ones and none at all are refused", async () => {
  const notes = await collection("Notes", { "a.md": { text: "tea" } });
  const { id: tools } = await engine.createCollection({ name: "Tools", kind: "tool" });
  await expect(ask([notes, tools], "tea")).rejects.toMatchObject({ code: "search/wrong-index" });
  await expect(ask([notes, 99], "tea")).rejects.toMatchObject({ code: "storage/not-found" });
  await expect(ask([], "tea")).rejects.toMatchObject({ code: "engine/invalid-input" });
});

test("shares of both halves add up to each hit's score, and it is told what near-duplicates were put back", async () => {
  const id = await collection("Notes", { "a.md": { text: "green tea\n\nblack tea\n\na boat" } });
  for (const mode of MODES)
    for (const fusion of ["convex", "reciprocal-rank"] as const)
      for (const diversity of [0, 0.5]) {
        const { hits } = await ask([id], "green tea", { mode, fusion, diversity });
        expect(hits.length).toBeGreaterThan(0);
        for (const { score, semantic, keywords } of hits)
          expect((semantic?.share ?? 0) + (keywords?.share ?? 0)).toBeCloseTo(score, 6);
        const byScore = hits.map(({ score }) => score).toSorted((a, b) => b - a);
        for (const { score, spread } of hits)
          if (diversity === 0) expect(spread).toBeNull();
          else expect(byScore[(spread?.rankByScore ?? 0) - 1]).toBe(score);
      }
});

test("the angles of all passages are told, and the steps that the query took", async () => {
  const files = { "a.md": { text: "green tea" }, "b.md": { text: "a boat" } };
  const both = [
    await collection("Notes", files),
    await collection("More", { "c.md": { text: "black tea" } }),
  ];
  const found = await ask(both, "green tea", { mode: "semantic" });
  expect(found.histogram).toMatchObject({ fromDegrees: 0, sampled: 3 });
  expect(found.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(found.histogram?.counts[0]).toBe(1);
  const stepsOf = ({ timings }: typeof found) => new Set(timings.steps.map(({ step }) => step));
  expect(stepsOf(found)).toEqual(new Set(["tokenize", "embed", "adapt", "load", "scan", "fuse", "read"]));
  const byWords = await ask(both, "green tea", { mode: "keywords" });
  expect(byWords.histogram).toBeNull();
  expect(stepsOf(byWords)).toEqual(new Set(["tokenize", "load", "keywords", "fuse", "read"]));
  const { totalMs, steps } = (await ask(both, "green tea")).timings;
  expect(steps.map(({ step }) => step)).toContain("rescore");
  for (const { fromMs, tookMs } of steps) expect(fromMs + tookMs).toBeLessThanOrEqual(totalMs);
});

const CHINESE = "浏览器可以在本机上检索文档。模型在工作线程里运行，所有数据都不会离开这台电脑。";

test("what the model does not list as its language is answered by words alone, and that is told", async () => {
  const [chinese, english] = [
    await collection("中文", { "a.md": { text: CHINESE } }),
    await collection("English", { "b.md": { text: "The browser searches documents on this machine." } }),
  ];
  const both = [chinese, english];
  expect((await ask(both, "browser documents")).wordsOnly).toEqual([
    { collectionId: chinese, language: "Chinese" },
  ]);
  const asked = await ask(both, "浏览器怎样检索文档");
  expect(asked.wordsOnly.map(({ collectionId }) => collectionId)).toEqual(both);
  expect(asked.hits.map(({ semantic, passage }) => [semantic, passage.collectionId])).toEqual([
    [null, chinese],
  ]);
  const semantic = await ask(both, "浏览器怎样检索文档", { mode: "semantic" });
  expect(semantic.wordsOnly).toEqual([]);
  expect(semantic.hits).toHaveLength(2);
});

test("no query breaks the search", async () => {
  const id = await collection("Notes", { "a.md": { text: `tea "green" NEAR black\n\n${CHINESE}` } });
  const rng = createRng(11);
  const pieces = [
    '"',
    "'",
    "*",
    "(",
    ")",
    ":",
    "-",
    "+",
    "^",
    "NEAR(",
    "AND",
    "OR",
    "NOT",
    "text:",
    "title :",
    "{a b}",
    "\0",
    "\ud800",
    "茶",
    "浏览",
    "tea",
    "g*",
    "%",
    ";",
    "--",
    "\\",
    "🍵",
    " ",
    "\n",
    "1e999",
  ];
  for (let round = 0; round < 300; round++) {
    const length = 1 + Math.floor(rng() * 12);
    const question = Array.from({ length }, () => pieces[Math.floor(rng() * pieces.length)]).join(
      rng() < 0.5 ? " " : "",
    );
    const outcome = await ask([id], question, { mode: rng() < 0.5 ? "keywords" : "hybrid" }).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof Error) expect(outcome, question).toMatchObject({ code: "search/empty-query" });
  }
  await ask([id], `${"tea ".repeat(25_000)}"`, { mode: "keywords" });
});

test("another task's instruction changes the query's text alone, and the passages are those of its own task", async () => {
  const id = await collection("Notes", { "a.md": { text: "green tea in spring" } });
  const asked = async (instruction: SearchRequest["instruction"]) => {
    const { query, hits } = await ask([id], "tea", { mode: "semantic", ...(instruction && { instruction }) });
    return { put: query.instruction, found: hits.map(({ passage }) => passage.text) };
  };
  const own = "Represent this query for retrieving relevant documents: ";
  expect(await asked(undefined)).toEqual({ put: own, found: ["green tea in spring"] });
  expect(await asked("qa")).toEqual({ put: own, found: ["green tea in spring"] });
  expect(await asked("tool")).toMatchObject({
    put: "Transform this user request for fetching helpful tool descriptions: ",
    found: ["green tea in spring"],
  });
  expect(await asked("none")).toMatchObject({ put: "", found: ["green tea in spring"] });
});
