import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { createNodeFolder } from "../src/cli/node-folder.ts";
import { readBundledTokenizer } from "../tools/random-bert/bundled-tokenizer.ts";
import { writeRandomBert } from "../tools/random-bert/write-random-bert.ts";
import { openSite } from "../tools/serve/static-server.ts";
import { expect, test as base } from "./fixtures.ts";
import { openHub, type Hub } from "./hub-server.ts";
import { copyApp, makeSecondVersion } from "./second-version.ts";

const SHAPE = { layers: 2, hidden: 128, heads: 2, intermediate: 256, vocabulary: 8192, positions: 512 };

interface Fixtures {
  /** A folder with a small random BERT, as such models are published. */
  readonly folder: string;
  /** The same files on a hub. */
  readonly hub: Hub;
}

const test = base.extend<Fixtures>({
  folder: async ({}, provide) => {
    const root = await mkdtemp(join(tmpdir(), "sextant-model-"));
    const folder = join(root, "little");
    const tokenizer = await readBundledTokenizer();
    const bert = { shape: SHAPE, seed: 3, format: "safetensors", dtype: "f32", tokenizer } as const;
    await writeRandomBert(createNodeFolder(folder), bert);
    await provide(folder);
    await rm(root, { recursive: true });
  },
  hub: async ({ folder }, provide) => {
    const published = await createNodeFolder(folder).list();
    const files = new Map(
      await Promise.all(
        published.map(async ({ path }) => [path, await readFile(join(folder, path))] as const),
      ),
    );
    const hub = await openHub(files);
    await provide(hub);
    await hub.close();
  },
});

test.use({ serviceWorkers: "allow" });

const hits = (page: Page) => page.locator("[data-hits] > li");
const ask = (page: Page, question: string) => page.getByRole("textbox", { name: "Question" }).fill(question);
const models = (page: Page) => page.getByRole("dialog", { name: "Which model measures the angles" });

async function start(page: Page, url = "/"): Promise<void> {
  await page.goto(url);
  const buffer = Buffer.from(
    "# Tea\n\nSteep green tea for two minutes.\n\n# Boats\n\nA sloop has one mast.\n",
  );
  await page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "notes.md", mimeType: "text/markdown", buffer });
  await ask(page, "how long for green tea?");
  await expect(hits(page).first()).toContainText("two minutes");
}

async function openModels(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Models?\b/ }).click();
  await expect(models(page)).toBeVisible();
}

async function pick(page: Page, folder: string): Promise<void> {
  await openModels(page);
  await models(page).getByText("From this computer").click();
  await models(page).getByLabel("Folder of a model").setInputFiles(folder);
  await models(page).getByRole("button", { name: "Convert and keep it" }).click();
}

test("a model's folder is converted, verified, indexed with, and still there after an update and offline", async ({
  page,
  folder,
}, info) => {
  const dist = info.outputPath("dist");
  await copyApp(dist);
  const site = await openSite(dist, 0);
  await start(page, site.url);
  await pick(page, folder);
  await expect(models(page).getByRole("heading", { name: "In use: little" })).toBeVisible({
    timeout: 60_000,
  });
  await expect(models(page)).toContainText(/verified on this processor: cosine 0\.99\d\d/);
  await models(page).getByRole("button", { name: "Check again" }).click();
  await expect(models(page).getByRole("table")).toContainText("tokens");
  await models(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.locator(".job")).toHaveCount(0, { timeout: 60_000 });
  await expect(hits(page)).toHaveCount(2);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);

  await page.reload();
  await makeSecondVersion(dist);
  await page.reload();
  await page.getByRole("button", { name: "Use the new version" }).click();
  await expect(page).toHaveTitle("Second Sextant");
  await site.close();
  await page.reload();
  await expect(page).toHaveTitle("Second Sextant");
  await ask(page, "how many masts?");
  await expect(hits(page)).toHaveCount(2);
  await openModels(page);
  await expect(models(page).getByRole("heading", { name: "In use: little" })).toBeVisible({
    timeout: 60_000,
  });
  await rm(dist, { recursive: true });
});

test("the hub is asked when the person says so; what broke off goes on, nothing is fetched twice, and it is there offline", async ({
  app,
  page,
  hub,
  complaints,
}) => {
  await start(page);
  await openModels(page);
  await models(page).getByText("How the hub is reached").click();
  await models(page).getByLabel("Address, or that of a mirror").fill(hub.endpoint);
  await models(page).getByRole("button", { name: "Use this address" }).click();
  await models(page)
    .getByLabel(/^Token/)
    .fill("hf_secret");
  await models(page).getByRole("button", { name: "Use this token" }).click();
  await expect(models(page).getByRole("button", { name: "Forget the token" })).toBeVisible();
  expect(hub.asked).toEqual([]);

  hub.breakAfterBytes = 2_000_000;
  await models(page).getByText("From the hub", { exact: true }).click();
  await models(page).getByLabel("Its name there").fill(hub.repository);
  await models(page)
    .getByRole("button", { name: /^Get it from/ })
    .click();
  await expect(models(page).getByRole("heading", { name: "In use: tiny-bert" })).toBeVisible({
    timeout: 90_000,
  });
  expect([...hub.tokens]).toEqual(["Bearer hf_secret"]);
  const weights = hub.asked.filter((path) => path.endsWith("model.safetensors"));
  expect(weights.length).toBeGreaterThan(1);

  const asked = hub.asked.length;
  const row = models(page).getByRole("listitem", { name: "tiny-bert", exact: true });
  await row.getByRole("button", { name: "Convert to another precision" }).click();
  await row.getByRole("radio", { name: /^q4/ }).click();
  await row.getByRole("button", { name: /^Convert it/ }).click();
  await expect(row).toContainText(/q4, [\d.]+ MB/, { timeout: 60_000 });
  expect(hub.asked.slice(asked)).toEqual([]);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  await app.stop();
  await page.reload();
  await openModels(page);
  await expect(models(page).getByRole("heading", { name: "In use: tiny-bert" })).toBeVisible();
  expect(hub.asked.slice(asked)).toEqual([]);
  // Broken connections are what this journey is about.
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes(hub.endpoint)));
});

test("a folder that lacks a file, and weights that are no numbers, are refused with the reason", async ({
  page,
  folder,
}) => {
  await start(page);
  await openModels(page);
  await models(page).getByText("From this computer").click();
  const weights = await readFile(join(folder, "model.safetensors"));
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });
  await models(page)
    .getByLabel("Files of a model")
    .setInputFiles([file("model.safetensors", weights)]);
  await expect(models(page).getByRole("alert")).toContainText(/config\.json/);
  await expect(models(page).getByRole("button", { name: "Convert and keep it" })).toBeDisabled();

  const broken = Buffer.from(weights);
  broken.fill(0xff, broken.length / 2, broken.length / 2 + 4096);
  const files = await Promise.all(
    ["config.json", "tokenizer.json", "tokenizer_config.json"].map(async (name) =>
      file(name, await readFile(join(folder, name))),
    ),
  );
  await models(page)
    .getByLabel("Files of a model")
    .setInputFiles([...files, file("model.safetensors", broken)]);
  await models(page).getByLabel("Call it").fill("broken");
  await models(page).getByRole("button", { name: "Convert and keep it" }).click();
  await expect(models(page).getByRole("alert").filter({ hasText: "model.safetensors" })).toBeVisible({
    timeout: 60_000,
  });
  await expect(models(page).getByRole("heading", { name: "In use: Sextant mini" })).toBeVisible();
});
