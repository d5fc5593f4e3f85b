/**
 * Builds the example sites with their generators in a folder of their own, indexes them, and asks each a question in
 * Chromium: npx tsx tools/example-sites/main.ts [docusaurus] [starlight] [vitepress]. Needs a package registry, and for
 * Starlight a Node of 22.12 or later.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { serveFolder } from "../../e2e/static-folder.ts";
import { CHROMIUM_ARGS, findChromium } from "../chromium/find.ts";

interface Example {
  readonly build: readonly [string, ...string[]];
  /** Where the generator puts the built site. */
  readonly out: string;
}

const BASE = "/boats/docs/";
const EXAMPLES: Readonly<Record<string, Example>> = {
  docusaurus: { build: ["docusaurus", "build"], out: "build" },
  starlight: { build: ["astro", "build"], out: "dist" },
  vitepress: { build: ["vitepress", "build", "--base", BASE], out: ".vitepress/dist" },
};
const QUESTION = "how do I know that strong wind is on its way?";

/** Copies an example without Sextant's own package, which is not published, and builds it. */
function buildExample(name: string, { build, out }: Example, place: string): string {
  const folder = join(place, name);
  cpSync(join("examples", name), folder, { recursive: true });
  const file = join(folder, "package.json");
  const own = JSON.parse(readFileSync(file, "utf8")) as { devDependencies: Record<string, string> };
  delete own.devDependencies["sextant"];
  writeFileSync(file, JSON.stringify(own));
  const options = { cwd: folder, stdio: "inherit", env: { ...process.env, BASE_URL: BASE } } as const;
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], options);
  execFileSync("npx", [...build], options);
  const built = join(folder, out);
  execFileSync("npx", ["tsx", "src/cli/main.ts", "index", built, "--cache", join(place, "cache")], {
    stdio: "inherit",
  });
  return built;
}

async function askInBrowser(folder: string): Promise<string> {
  // These generators write inline scripts; what the element itself does under a strict policy is the journey's to show.
  const site = await serveFolder(folder, BASE, null);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: [...CHROMIUM_ARGS],
    ...(executablePath === null ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search this site" }).fill(QUESTION);
    const href = await page.locator("sextant-search").getByRole("option").first().getAttribute("href");
    if (!href?.startsWith(`${site.url}weather`)) throw new Error(`${QUESTION} led to ${href}`);
    return href.slice(site.url.length);
  } finally {
    await browser.close();
    await site.close();
  }
}

const names = process.argv.slice(2);
execFileSync("npx", ["vite", "build", "--config", "vite.element.config.ts", "--logLevel", "error"]);
for (const name of names.length > 0 ? names : Object.keys(EXAMPLES)) {
  const example = EXAMPLES[name];
  if (!example) throw new Error(`There is no example “${name}”: ${Object.keys(EXAMPLES).join(", ")}.`);
  const place = mkdtempSync(join(tmpdir(), "sextant-example-"));
  try {
    console.log(`${name}: ${await askInBrowser(buildExample(name, example, place))}`);
  } finally {
    rmSync(place, { recursive: true });
  }
}
