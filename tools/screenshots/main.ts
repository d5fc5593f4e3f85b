/** Takes the pictures of docs/screenshots from the built app with its own samples: npx tsx tools/screenshots/main.ts */
import { mkdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { chromium, type Page } from "@playwright/test";
import type { Sample, TaskId } from "../../src/contract/index.ts";
import { CHROMIUM_ARGS, findChromium } from "../chromium/find.ts";
import { openSite } from "../serve/static-server.ts";

const OUT = "docs/screenshots";

interface Picture {
  readonly task: TaskId;
  readonly scheme: "light" | "dark";
  readonly width: number;
  readonly height: number;
  /** What is opened, in the place of an answer or over it. */
  readonly shows?: "models" | "six-ways" | "map" | "library";
}

const PICTURES: readonly Picture[] = [
  { task: "qa", scheme: "light", width: 1280, height: 860 },
  { task: "chat", scheme: "dark", width: 1280, height: 860 },
  { task: "lrlm", scheme: "light", width: 1280, height: 860 },
  { task: "icl", scheme: "dark", width: 1280, height: 860 },
  { task: "tool", scheme: "light", width: 320, height: 700 },
  { task: "qa", scheme: "light", width: 1280, height: 860, shows: "six-ways" },
  { task: "qa", scheme: "dark", width: 1280, height: 860, shows: "map" },
  { task: "qa", scheme: "light", width: 1280, height: 860, shows: "library" },
  { task: "qa", scheme: "light", width: 1280, height: 860, shows: "models" },
  { task: "chat", scheme: "dark", width: 320, height: 700, shows: "models" },
];

const fileOf = ({ task, scheme, width, shows }: Picture): string =>
  `${OUT}/${shows ?? task}-${scheme}${width < 640 ? "-narrow" : ""}.png`;

async function openModels(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Instruments/ }).click();
  await page.getByRole("button", { name: "Choose another model" }).click();
  const dialog = page.getByRole("dialog", { name: "Which model measures the angles" });
  await dialog.getByRole("button", { name: "Check again" }).click();
  await dialog.getByRole("table").waitFor();
}

async function openPicture(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator(".pictures").scrollIntoViewIfNeeded();
}

async function take(page: Page, picture: Picture, sample: Sample): Promise<void> {
  const { task, shows } = picture;
  await page.goto("/");
  await page.locator(`[role=tab][data-task=${task}]`).click();
  await page.getByRole("button", { name: "Try the sample" }).click();
  await page.getByLabel("Your material").waitFor();
  await page.locator(".job, .queue").first().waitFor({ state: "detached", timeout: 120_000 });
  if (shows === "models") await openModels(page);
  else if (shows === "library") await page.getByRole("button", { name: "Library" }).click();
  else await ask(page, sample);
  if (shows === "six-ways") await openPicture(page, "Six ways");
  if (shows === "map") await openPicture(page, "Map");
  await page.waitForTimeout(shows === "map" ? 6000 : 1500);
  await page.screenshot({ path: fileOf(picture) });
}

async function ask(page: Page, sample: Sample): Promise<void> {
  await page
    .getByRole("list", { name: "Try one of these" })
    .getByRole("button")
    .nth(Math.min(1, sample.queries.length - 1))
    .click();
  await page.locator("[data-hits] > li").first().waitFor();
  await page.getByLabel("Text of the prompt").waitFor();
}

const samples = JSON.parse(await readFile("public/samples/samples.json", "utf8")) as Sample[];
await mkdir(OUT, { recursive: true });
const site = await openSite(resolve("dist"), 0);
const executablePath = findChromium();
const browser = await chromium.launch({
  args: [...CHROMIUM_ARGS],
  ...(executablePath === null ? {} : { executablePath }),
});
try {
  for (const picture of PICTURES) {
    const sample = samples.find(({ task }) => task === picture.task);
    if (!sample) throw new Error(`no sample for ${picture.task}`);
    const { scheme, width, height } = picture;
    const context = await browser.newContext({
      baseURL: site.url,
      colorScheme: scheme,
      viewport: { width, height },
    });
    await take(await context.newPage(), picture, sample);
    await context.close();
  }
} finally {
  await browser.close();
  await site.close();
}
