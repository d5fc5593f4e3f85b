import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { openNodeEngine } from "../../src/cli/node-engine.ts";
import { fuse, type KeywordPage, type MeaningHalf } from "../../src/element/find/fuse.ts";
import { openSite, projected, type NearPassage, type Site } from "../../src/site/index.ts";
import type { LabelledSite } from "./make-site.ts";

const KEYWORD_PAGES = 8;
const MEANT_PARTS = 24;
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
  const words = await page.evaluate(
    async ([asked, most]) => {
      const path = "/bench/page.js";
      const script = (await import(path)) as typeof import("./page.ts");
      return script.allByPagefind(asked, most);
    },
    [questions.map(({ text }) => text), TOP] as const,
  );
  await page.close();

  const signal = new AbortController().signal;
  const read = async (name: string) => new Uint8Array(await readFile(join(folder, "sextant", name)));
  const site = await openSite(read, signal);
  const engine = await openNodeEngine();
  const { dim } = site.entry;
  const { file, modelDim } = site.entry.axes;
  const axes = { fromDim: modelDim, toDim: dim, columns: new Float32Array((await read(file)).buffer) };
  const lists: Record<string, string[][]> = {
    pagefind: [],
    table: [],
    pagefindAndTable: [],
    model: [],
    pagefindAndModel: [],
  };
  for (const [i, { text }] of questions.entries()) {
    const keyword = (words[i] ?? []).map(({ url, score }): KeywordPage => ({
      url: url.replace(/^\//, ""),
      score,
      title: "",
      excerpt: [],
      parts: [],
    }));
    const own = await site.search(text, MEANT_PARTS, signal);
    const { vectors } = await engine.face.embed({ task: "qa", side: "query", texts: [text] });
    const full = await site.nearest(projected(vectors, axes), MEANT_PARTS, signal);
    const table = await halfOf(site, own);
    const model = await halfOf(site, full);
    const first = keyword.slice(0, KEYWORD_PAGES);
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

async function halfOf(
  site: Site,
  {
    hits,
    mean,
    deviation,
  }: { readonly hits: readonly NearPassage[]; readonly mean: number; readonly deviation: number },
): Promise<MeaningHalf> {
  const signal = new AbortController().signal;
  const parts = await Promise.all(
    hits.map(async ({ row, cosine }) => {
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
