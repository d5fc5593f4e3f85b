import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Routes } from "../../site/index.ts";
import { findPages } from "./find-pages.ts";
import { keywordPages, writeKeywords } from "./write-keywords.ts";

const ROUTES: Routes = { generator: "vitepress", base: "", cleanUrls: false, language: "en", locales: [] };

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sextant-keywords-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** What Pagefind will show of each page that it took. */
async function takenPages(): Promise<readonly { readonly url: string; readonly content: string }[]> {
  const out = join(folder, "sextant");
  const found = await findPages(folder, out, ROUTES);
  await writeKeywords(keywordPages(folder, found), join(out, "pagefind"));
  const fragments = join(out, "pagefind", "fragment");
  const taken = (await readdir(fragments)).map(async (name) => {
    const text = gunzipSync(await readFile(join(fragments, name))).toString("utf8");
    return JSON.parse(text.slice("pagefind_dcd".length)) as { url: string; content: string };
  });
  return (await Promise.all(taken)).sort((a, b) => (a.url < b.url ? -1 : 1));
}

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><body>${body}</body></html>`;

test("Pagefind is given the pages that are found and no others, each at its address", async () => {
  await put("index.html", page("Start", "<main data-pagefind-body><h1>Start</h1><p>Here.</p></main>"));
  await put(
    "guide/mooring.html",
    page("Mooring", "<main data-pagefind-body><h1>Mooring</h1><p>There.</p></main>"),
  );
  await put("old/notes.html", page("Notes", "<p>Without a body of its own.</p>"));
  await put("sextant/playground/index.html", page("Playground", "<p>Weights.</p>"));
  expect((await takenPages()).map(({ url }) => url)).toEqual(["/", "/guide/mooring.html"]);
});

test("pages that were read from Markdown are searched by words at the addresses that their generator gives them", async () => {
  await put("guide/index.md", "# Guide\n\nHow to <b>moor</b>.");
  await put("weather.md", "---\ntitle: Weather\n---\n\nWind & <Badge/> rain.");
  const taken = await takenPages();
  expect(taken.map(({ url }) => url)).toEqual(["/guide/", "/weather.html"]);
  expect(taken[1]?.content).toContain("Wind & rain.");
});
