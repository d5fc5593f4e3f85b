import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Routes } from "../../site/index.ts";
import { findPages } from "./find-pages.ts";

const routes: Routes = {
  generator: "docusaurus",
  base: "docs/",
  cleanUrls: false,
  language: "en",
  locales: [],
};
let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "sextant-pages-"))));
afterEach(() => rm(folder, { recursive: true }));

async function put(files: Readonly<Record<string, string>>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
const paths = async () =>
  (await findPages(folder, join(folder, "sextant"), routes)).pages.map(({ page }) => page.path);

test("a built site is read by its HTML, never by Markdown beside it or by its own index", async () => {
  await put({ "a.html": "<h1>A</h1>", "b/c.htm": "x", "README.md": "# R", "sextant/x.html": "y" });
  expect(await paths()).toEqual(["a.html", "b/c.htm"]);
});

test("a folder of Markdown is read by its routes, without partials, drafts and tools", async () => {
  await put({
    "01-intro.md": "# I",
    "guide/index.mdx": "# G",
    "_part.md": "x",
    "_shared/y.md": "x",
    ".vitepress/z.md": "x",
    "node_modules/p/README.md": "x",
    "d.md": "---\ndraft: true\n---\n",
  });
  expect(await paths()).toEqual(["docs/intro", "docs/guide/index.html"]);
});

test("where some pages mark their body, the others are told apart", async () => {
  await put({ "a.html": "<main data-pagefind-body>A</main>", "b.html": "<main>B</main>" });
  const found = await findPages(folder, join(folder, "sextant"), routes);
  expect(found).toMatchObject({ from: "html", withoutBody: ["b.html"] });
  expect(found.pages).toHaveLength(1);
});

test("a folder without pages, or that is not there, says what to name", async () => {
  await expect(paths()).rejects.toMatchObject({ code: "ingest/no-records" });
  await expect(findPages(join(folder, "gone"), folder, routes)).rejects.toMatchObject({
    code: "ingest/no-records",
  });
});
