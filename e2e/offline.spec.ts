import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "../tools/chromium/find.ts";
import { openSite } from "../tools/serve/static-server.ts";
import { expect, test } from "./fixtures.ts";
import { copyApp, makeSecondVersion } from "./second-version.ts";
import { serveFolder } from "./static-folder.ts";

test.use({ serviceWorkers: "allow" });

const NOTES = "# Boats\n\nA sloop carries one mast and two sails.\n";
const add = (page: Page) =>
  page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from(NOTES) });
const ask = (page: Page, question: string) => page.getByRole("textbox", { name: "Question" }).fill(question);
const kept = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
const isIsolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

test("a new version waits until it is asked for; data stay, and every tab goes over when it likes", async ({
  context,
}, info) => {
  const dist = info.outputPath("dist");
  await copyApp(dist);
  const site = await openSite(dist, 0);
  const page = await context.newPage();
  await page.goto(site.url);
  await add(page);
  await ask(page, "how many masts?");
  await expect(page.locator("[data-hits] > li").first()).toContainText("sloop");
  await kept(page);
  await page.reload();
  const other = await context.newPage();
  await other.goto(site.url);
  await expect(other.getByRole("textbox", { name: "Question" })).toBeVisible();

  await makeSecondVersion(dist);
  await page.reload();
  await expect(page).toHaveTitle("Sextant");
  const offer = page.getByRole("button", { name: "Use the new version" });
  await expect(offer).toBeVisible();
  await expect(page).toHaveTitle("Sextant");
  await page.reload();
  await expect(page).toHaveTitle("Sextant");
  await offer.click();
  await expect(page).toHaveTitle("Second Sextant");
  await expect(page.getByRole("button", { name: "notes.md", exact: true })).toBeVisible();
  await expect(offer).toHaveCount(0);

  await expect(other).toHaveTitle("Sextant");
  const here = other.getByRole("button", { name: "Use the new version here too" });
  await ask(other, "how many sails?");
  await expect(other.locator("[data-hits] > li").first()).toContainText("sloop");
  await here.click();
  await expect(other).toHaveTitle("Second Sextant");

  await site.close();
  await page.reload();
  await expect(page).toHaveTitle("Second Sextant");
  await expect(page.getByRole("button", { name: "notes.md", exact: true })).toBeVisible();
  await rm(dist, { recursive: true });
});

test("a plain static host that sets no header: isolated once kept, by workers with a policy, and without a network", async ({
  context,
}) => {
  const host = await serveFolder(resolve("dist"), "/", null);
  const page = await context.newPage();
  await page.goto(host.url);
  expect(await isIsolated(page)).toBe(false);
  await add(page);
  await page.getByRole("button", { name: "Load it once more" }).click();
  await expect.poll(() => isIsolated(page)).toBe(true);
  await expect(page.getByRole("button", { name: "notes.md", exact: true })).toBeVisible();
  const policies = await page.evaluate(async () =>
    Promise.all(
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => /worker-[^/]+\.js$/.test(name))
        .map(async ({ name }) => (await fetch(name)).headers.get("content-security-policy")),
    ),
  );
  expect(policies.length).toBeGreaterThan(1);
  for (const policy of policies) expect(policy).toMatch(/^default-src 'none'.*trusted-types default/);
  await host.close();
  await page.reload();
  expect(await isIsolated(page)).toBe(true);
  await ask(page, "how many masts?");
  await expect(page.locator("[data-hits] > li").first()).toContainText("sloop");
});

test("the browser finds nothing that stands against installing", async ({ app }, info) => {
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(info.outputPath("profile"), {
    args: [...CHROMIUM_ARGS],
    ...(executablePath === null ? {} : { executablePath }),
  });
  const page = await context.newPage();
  await page.goto(app.url);
  await kept(page);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  await context.close();
});
