import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { openNodeEngine } from "../../src/cli/node-engine.ts";
import { telling } from "../../src/element/find/finder.ts";
import { fuse, type KeywordPage, type MeaningHalf } from "../../src/element/find/fuse.ts";
import { openSite, type NearPassage, type Site } from "../../src/site/index.ts";
import type { LabelledSite } from "./make-site.ts";

/** As the element reads for its first list. */
const KEYWORD_PAGES = 5;
const MEANT_PAGES = 8;
const PASSAGES = 120;
const TOP = 10;

interface Quality {
  readonly ndcgAt10: number;
  readonly hitAt5: number;
  readonly nothingFound: number;
}

/** What labelled questions find, by page: words alone, the table alone, both, and the same with the full model. */
export async function judge(
  browser: Browser,
  host: { readonly url: string },
  folder: string,
  questions: LabelledSite["questions"],
): Promise<Record<string, Quality>> {
  const page = await browser.newPage();
  await page.goto(`${host.url}empty.html`);
  const askAll = (asked: readonly string[]) =>
    page.evaluate(
      async ([all, most]) => {
        const path = "/bench/ask-pagefind.js";
        const script = (await import(path)) as typeof import("./ask-pagefind.ts");
        return script.allByPagefind(all, most);
      },
      [asked, TOP] as const,
    );
  const signal = new AbortController().signal;
  const read = async (name: string) => new Uint8Array(await readFile(join(folder, "sextant", name)));
  const site = await openSite(read, "en", signal);
  if (!site) throw new Error("The index has no English part.");
  const words = await askAll(questions.map(({ text }) => text));
  // As the element asks Pagefind.
  const asked = await askAll(
    await Promise.all(
      questions.map(async ({ text }) => (text.split(/\s+/).length < 3 ? text : telling(text, site))),
    ),
  );
  await page.close();
  const engine = await openNodeEngine();
  const lists: Record<string, string[][]> = {
    pagefind: [],
    table: [],
    pagefindAndTable: [],
    model: [],
    pagefindAndModel: [],
  };
  for (const [i, { text }] of questions.entries()) {
    const keyword = toPages(words[i] ?? []);
    const table = await halfOf(site, await site.encode(text, signal));
    const { vectors } = await engine.face.embed({ task: "qa", side: "query", texts: [text] });
    const model = await halfOf(site, await site.project(vectors, signal));
    const first = toPages(asked[i] ?? []).slice(0, KEYWORD_PAGES);
    lists["pagefind"]?.push(keyword.map(({ url }) => url));
    lists["table"]?.push(fuse([], table).map(({ url }) => url));
    lists["pagefindAndTable"]?.push(fuse(first, table).map(({ url }) => url));
    lists["model"]?.push(fuse([], model).map(({ url }) => url));
    lists["pagefindAndModel"]?.push(fuse(first, model).map(({ url }) => url));
  }
  await engine.close();
  return Object.fromEntries(
    Object.entries(lists).map(([name, found]) => [name, qualityOf(found, questions)]),
  );
}

function toPages(found: readonly { readonly url: string; readonly score: number }[]): KeywordPage[] {
  return found.map(({ url, score }) => ({
    url: url.replace(/^\//, ""),
    score,
    title: "",
    excerpt: [],
    parts: [],
  }));
}

async function halfOf(site: Site, vector: Float32Array | null): Promise<MeaningHalf> {
  if (!vector) return { parts: [], mean: 0, deviation: 0 };
  const signal = new AbortController().signal;
  const { hits, mean, deviation } = await site.nearest(vector, PASSAGES, signal);
  const best = new Map<number, NearPassage>();
  for (const hit of hits) if (!best.has(hit.page)) best.set(hit.page, hit);
  const parts = await Promise.all(
    [...best.values()].slice(0, MEANT_PAGES).map(async ({ row, cosine }) => {
      const { path } = await site.passage(row, signal);
      return { url: path, pageUrl: path, pageTitle: "", title: "", excerpt: [], cosine };
    }),
  );
  return { parts, mean, deviation };
}

function qualityOf(found: readonly (readonly string[])[], questions: LabelledSite["questions"]): Quality {
  let ndcg = 0;
  let hits = 0;
  let nothing = 0;
  found.forEach((list, i) => {
    const wanted = questions[i]?.pages ?? new Set<string>();
    const gain = (place: number): number => 1 / Math.log2(place + 2);
    let reached = 0;
    list.slice(0, TOP).forEach((url, place) => {
      if (wanted.has(url)) reached += gain(place);
    });
    let ideal = 0;
    for (let place = 0; place < Math.min(TOP, wanted.size); place++) ideal += gain(place);
    ndcg += reached / ideal;
    if (list.slice(0, 5).some((url) => wanted.has(url))) hits++;
    if (list.length === 0) nothing++;
  });
  const count = Math.max(1, found.length);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return { ndcgAt10: rounded(ndcg / count), hitAt5: rounded(hits / count), nothingFound: nothing };
}
