import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { serveFolder, type StaticFolder } from "./static-folder.ts";

let place: string;
let site: StaticFolder;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "sextant-site-"));
  const folder = join(place, "manual");
  cpSync("examples/plain-html", folder, { recursive: true });
  execFileSync("npx", ["vite", "build", "--config", "vite.element.config.ts", "--logLevel", "error"]);
  execFileSync("npx", ["tsx", "src/cli/main.ts", "index", folder, "--cache", join(place, "cache")]);
  site = await serveFolder(folder, "/boats/manual/");
});

test.afterAll(async () => {
  await site.close();
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
  await box.fill("a person is in the water, how do I turn back?");
  const options = page.getByRole("option");
  await expect(options.first()).toContainText("Safety");
  await expect(page.getByRole("status")).toContainText("page");
  expect((await new AxeBuilder({ page }).include("sextant-search").analyze()).violations).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('[aria-selected="true"]')).toContainText("falls into the water");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${site.url}safety.html#overboard`);
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
  site.gone.push(/words-/);
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
