import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { HOSTILE, HOSTILE_LINE, MARK } from "../src/contract/testing/hostile.ts";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";
import {
  serveFolder,
  TRUSTED_POLICY,
  VUE_POLICY,
  WORKER_POLICY,
  type StaticFolder,
} from "./static-folder.ts";

let place: string;
let site: StaticFolder;
let docs: StaticFolder;

test.describe.configure({ mode: "default" });

const npx = async (...args: readonly string[]) => promisify(execFile)("npx", [...args]);
const index = async (folder: string) =>
  npx(
    "tsx",
    "src/cli/main.ts",
    "index",
    folder,
    "--cache",
    join(place, `cache of ${folder.split("/").at(-1)}`),
  );

/** A page that shows, as text, what runs where text is taken for anything else: in its title, headings and their ids too. */
function hostilePage(): string {
  const text = (raw: string) =>
    raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\0", "");
  const parts = HOSTILE.map(
    (one) => `<h2 id="${text(one)}">quokka ${text(one)}</h2><p>quokka ${text(one)}</p>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${text(HOSTILE_LINE)}</title></head><body><main data-pagefind-body><h1>quokka ${text(HOSTILE_LINE)}</h1>${parts.join("")}</main></body></html>`;
}

/** Elements and attributes that run, load or send something, in the page and in the element's own tree. */
const active = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const trees = [document.body, document.querySelector("sextant-search")?.shadowRoot].filter(Boolean);
    const kinds = "script, img, iframe, form[action], base, meta, svg, math, template, object";
    const isActive = (element) =>
      element.matches(kinds) ||
      [...element.attributes].some(({ name, value }) => name.startsWith("on") || /^\\s*java\\s*script:/i.test(value));
    const found = trees.flatMap((tree) => [...tree.querySelectorAll("*")]).filter(isActive);
    return [...found.map(({ outerHTML }) => outerHTML), ...(${JSON.stringify(MARK)} in globalThis ? ["ran"] : [])];
  })()`);

/** A page of the manual that holds a search in another way, and is in no index. */
function addPage(name: string, html: string, body: string): void {
  writeFileSync(
    join(place, "manual", name),
    `<!doctype html><html ${html}><head><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,">` +
      `<script type="module" src="sextant/sextant-search.js"></script></head><body>${body}</body></html>`,
  );
}

const OVERBOARD = "a person is in the water, how do I turn back?";

/** The example of plain pages as it is, and our own documentation as VitePress builds it: below a sub-path, both. */
test.beforeAll(async () => {
  test.setTimeout(300_000);
  place = mkdtempSync(join(tmpdir(), "sextant-site-"));
  const [manual, pages] = [join(place, "manual"), join(place, "docs")];
  cpSync("examples/plain-html", manual, { recursive: true });
  writeFileSync(join(manual, "hostile.html"), hostilePage());
  await Promise.all([
    npx("vite", "build", "--config", "vite.element.config.ts", "--logLevel", "error"),
    npx(
      "vite",
      "build",
      "--config",
      "vite.lib.config.ts",
      "--outDir",
      join(place, "full"),
      "--logLevel",
      "error",
    ),
    npx("vitepress", "build", "docs", "--outDir", pages, "--base", "/boats/docs/"),
  ]);
  await Promise.all([index(manual), index(pages)]);
  site = await serveFolder(manual, "/boats/manual/");
  docs = await serveFolder(pages, "/boats/docs/", VUE_POLICY);
});

test.afterAll(async () => {
  await Promise.all([site.close(), docs.close()]);
  rmSync(place, { recursive: true });
});

test("a question in plain words leads to the place that answers it, from a sub-path under a strict policy", async ({
  page,
}) => {
  await page.goto(site.url);
  const before = site.sent.filter(({ path }) => path.startsWith("sextant/")).map(({ path }) => path);
  expect(before).toEqual(["sextant/sextant-search.js"]);
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Search this site" });
  await expect(box).toBeFocused();
  await box.fill(OVERBOARD);
  const options = page.getByRole("option");
  await expect(options.first()).toContainText("Safety");
  await expect(page.getByRole("status")).toContainText("page");
  expect(await findAxeFaults(page, { within: "sextant-search" })).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('[aria-selected="true"]')).toContainText("falls into the water");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${site.url}safety.html#overboard`);
});

test("a site that lets no text become code is searched too, and hostile text on it stays text", async ({
  page,
}) => {
  const strict = await serveFolder(join(place, "manual"), "/", TRUSTED_POLICY);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(strict.url);
  const box = page.getByRole("combobox");
  await box.fill(OVERBOARD);
  await expect(page.getByRole("option").first()).toContainText("Safety");
  await box.fill("barometer");
  await expect(page.getByRole("option").first()).toHaveAttribute("href", `${strict.url}weather.html`);

  await box.fill("quokka");
  await expect(page.getByRole("option").first()).toContainText("<script>");
  expect(await active(page)).toEqual([]);
  await page.goto(`${strict.url}sextant/playground/`);
  await page.getByRole("searchbox", { name: "Question" }).fill("quokka");
  await expect(page.locator("#hits > li").first()).toContainText("<script>");
  await page.locator("#hits summary").first().click();
  expect(await active(page)).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(strict.url))).toEqual([]);
  await strict.close();
});

test("words are found from a page in a folder; Escape clears, then leaves to where focus was", async ({
  page,
}) => {
  await page.goto(`${site.url}care/hull.html`);
  await page.getByRole("link", { name: "The small boat's manual" }).focus();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox");
  await box.fill("barometer");
  await expect(page.getByRole("option").first()).toHaveAttribute("href", `${site.url}weather.html`);
  await page.keyboard.press("Escape");
  await expect(box).toHaveValue("");
  await expect(page.getByRole("option")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "The small boat's manual" })).toBeFocused();
});

test("where the files for meaning are gone, words go on; where all are gone it says so", async ({
  page,
  complaints,
}) => {
  site.gone.push(/near-/);
  await page.goto(site.url);
  const box = page.getByRole("combobox");
  await box.fill("antifouling paint");
  await expect(page.getByRole("option").first()).toContainText("Care of the hull");
  await expect(page.getByRole("status")).toContainText("by words only");
  site.gone.push(/pagefind|sextant\.json/);
  await page.reload();
  await box.fill("antifouling paint");
  await expect(page.getByRole("status")).toContainText("could not be read");
  complaints.length = 0;
  site.gone.length = 0;
});

test("our own documentation, built by VitePress, is searched without leaving its host or its keyboard", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(docs.url);
  expect(docs.sent.filter(({ path }) => path.startsWith("sextant/")).map(({ path }) => path)).toEqual([
    "sextant/sextant-search.js",
  ]);
  await page.getByRole("link", { name: "The library" }).focus();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Search this site" });
  await expect(box).toBeFocused();
  await box.fill("BM25");
  await expect(page.getByRole("option").filter({ hasText: "BM25" }).first()).toBeVisible();
  await box.fill("How do I bring my exported chats into it?");
  const best = page.getByRole("option", { name: /Bring your chats/ }).first();
  await expect(best).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(box).toHaveValue("");
  await page.keyboard.press("Escape");
  const library = page.getByRole("link", { name: "The library" });
  await expect(library).toBeFocused();
  await library.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Sextant as a library");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy code" }).first().click();
  const copied = () => page.evaluate<string>("navigator.clipboard.readText()");
  await expect.poll(copied).toContain("openSextant");
  expect(asked.filter((url) => !url.startsWith(docs.url))).toEqual([]);
});

test("a result opens its page at its heading; the search follows the page's light and dark, and stays in a narrow window", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${docs.url}errors.html`);
  const box = page.getByRole("combobox");
  const paper = async () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const night = await paper();
  await expect(box).toHaveCSS("background-color", night);
  await box.fill("which headers and which policy does hosting the search need");
  const option = page.getByRole("option", { name: /^Hosting/ }).first();
  await expect(option).toBeVisible();
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(360);
  expect(await findAxeFaults(page)).toEqual([]);
  await option.click();
  await expect(page).toHaveURL(`${docs.url}docs-sites.html#hosting`);
  await page.setViewportSize({ width: 1400, height: 800 });
  await page.getByRole("switch").first().click();
  await expect.poll(paper).not.toBe(night);
  await expect(box).toHaveCSS("background-color", await paper());
});

test("the playground takes each score apart, and its configuration gives the element the same order", async ({
  page,
}) => {
  await page.goto(`${docs.url}sextant/playground/`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("which words are in the glossary");
  const hits = page.locator("#hits > li");
  const status = page.getByRole("status").first();
  await expect(status).toContainText("by words and by meaning");
  const weigh = async (name: string, weight: string) => {
    await status.evaluate((said) => (said.textContent = ""));
    await page.getByRole("slider", { name }).fill(weight);
    await expect(status).toContainText("by words and by meaning");
  };
  const first = hits.first();
  await first.getByText("How this score came about").click();
  const gives = await first.locator("td:last-child").allTextContents();
  const score = Number(await first.locator(".score").textContent());
  expect(gives.reduce((sum, one) => sum + Number(one), 0)).toBeCloseTo(score, 2);
  expect(await findAxeFaults(page)).toEqual([]);

  await weigh("Meaning", "0");
  await weigh("Words in the title", "1");
  await expect(hits.first().locator("a").first()).toHaveText("Glossary");
  await page.getByRole("button", { name: "Night" }).click();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(13, 27, 40)");
  const order = await hits.locator(".hit a").evaluateAll((links) => links.map(String));
  const configuration = (await page.locator("#configuration").textContent()) ?? "";
  expect(configuration).toMatch(/^<sextant-search weights='.*'><\/sextant-search>$/);

  await page.goto(docs.url);
  const weights = configuration.slice(configuration.indexOf("{"), configuration.lastIndexOf("}") + 1);
  await page.locator("sextant-search").evaluate((search, json) => {
    const bar = search.parentElement;
    search.remove();
    search.setAttribute("weights", json);
    bar?.prepend(search);
  }, weights);
  const box = page.getByRole("combobox");
  await box.fill("which words are in the glossary");
  const found = () => page.locator("[part=title]").evaluateAll((links) => links.map(String));
  await expect.poll(found).toEqual(order);
});

test("in a page that reads from right to left the search does too", async ({ page }) => {
  addPage("rtl.html", 'lang="ar" dir="rtl"', "<sextant-search></sextant-search>");
  await page.goto(`${site.url}rtl.html`);
  const box = page.getByRole("combobox");
  await box.fill("antifouling paint");
  await expect(page.getByRole("option").first()).toContainText("Care of the hull");
  const [input, panel] = [await box.boundingBox(), await page.locator("[part=panel]").boundingBox()];
  const right = (of: typeof input) => (of?.x ?? 0) + (of?.width ?? 0);
  expect(right(panel)).toBeCloseTo(right(input), 0);
  expect(await findAxeFaults(page, { within: "sextant-search" })).toEqual([]);
});

test("several searches on a page share one index: each file is read once, however long the question", async ({
  page,
}) => {
  addPage(
    "two.html",
    'lang="en"',
    '<sextant-search></sextant-search><sextant-input group="b"></sextant-input><sextant-results group="b"></sextant-results>',
  );
  await page.goto(`${site.url}two.html`);
  site.sent.length = 0;
  await page.getByRole("combobox").fill(OVERBOARD);
  await expect(page.getByRole("option").first()).toContainText("Safety");
  await page.getByRole("searchbox").fill(OVERBOARD);
  const links = page.locator("sextant-results").getByRole("link");
  await expect(links.first()).toContainText("Safety");
  const read = site.sent.map(({ path }) => path);
  expect(read.filter((path) => path.startsWith("sextant/near-"))).not.toEqual([]);
  expect(read.filter((path, i) => read.indexOf(path) !== i)).toEqual([]);
  await page.getByRole("searchbox").fill("which antifouling paint does the hull need? ".repeat(600));
  await expect(links.first()).toContainText("Care of the hull");
});

test("what is found by meaning later does not move what the pointer is on", async ({ page }) => {
  const weights = '{"keywords":0,"meaning":1}';
  addPage("held.html", 'lang="en"', `<sextant-search weights='${weights}'></sextant-search>`);
  const titles = page.locator("[part=title]");
  const addresses = () => titles.evaluateAll((links) => links.map(String));
  const ask = async () => {
    await page.goto(`${site.url}held.html`);
    await page.getByRole("combobox").fill("the boat and the wind");
    await expect(titles.nth(1)).toBeVisible();
  };
  await ask();
  await expect(titles.nth(2)).toBeVisible();
  const free = await addresses();

  let go = (): void => undefined;
  const gate = new Promise<void>((open) => (go = open));
  await page.route(/near-/, async (route) => {
    await gate;
    await route.continue();
  });
  await ask();
  await titles.nth(1).hover();
  const byWords = await addresses();
  const place = await titles.nth(1).boundingBox();
  go();
  await expect(titles).toHaveCount(free.length);
  expect((await addresses()).slice(0, 2)).toEqual(byWords);
  expect(free.slice(0, 2)).not.toEqual(byWords);
  expect(await titles.nth(1).boundingBox()).toEqual(place);
});

test("a site that opts in is searched by the full model once its reader asks for it, and the count says so", async ({
  page,
}) => {
  cpSync(join(place, "full"), join(place, "manual", "sextant", "full"), { recursive: true });
  cpSync("public/models", join(place, "manual", "sextant", "full", "models"), { recursive: true });
  addPage("full.html", 'lang="en"', "<sextant-search full-model></sextant-search>");
  const own = await serveFolder(join(place, "manual"), "/boats/", WORKER_POLICY);
  await page.goto(`${own.url}full.html`);
  const box = page.getByRole("combobox");
  await box.fill(OVERBOARD);
  await expect(page.getByRole("option").first()).toBeVisible();
  expect(own.sent.filter(({ path }) => path.includes("/full/"))).toEqual([]);
  await page.getByRole("button", { name: "Search with the full model" }).click();
  await expect(page.getByRole("status")).toContainText("by the full model");
  await expect(page.getByRole("option").first()).toContainText("Safety");
  expect(own.sent.filter(({ path }) => /sextant\/axes-/.test(path))).toHaveLength(1);
  await box.fill("which knots hold");
  await expect(page.getByRole("status")).toContainText("by the full model");
  await own.close();
});
