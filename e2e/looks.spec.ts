import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Page, TestInfo } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";
import { MATERIALS, type Material } from "./looks/materials.ts";
import { compareLook } from "./looks/reduced.ts";

const WIDE = { width: 1400, height: 1000 };
const NARROW = { width: 360, height: 1000 };
/** So much of a picture may differ: another machine draws letters otherwise, and a moved element is more than that. */
const SHARE = 0.01;

/** What is not the same from one machine or day to the next: times, dates, what was learned, the system's own mono face. */
const STEADY = `
  *, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important; }
  .result-line .link.sounding, .source .quiet, .prompt-text { opacity: 0 !important; }
  .result-line .link.sounding { display: inline-block; inline-size: 3rem; overflow: hidden; }
  .adapted { display: none !important; }
`;

async function add(page: Page, { file }: Material): Promise<void> {
  if (file === null) return;
  await page
    .getByRole("tabpanel")
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: file.name, mimeType: "text/plain", buffer: Buffer.from(file.text) });
  await expect(page.locator(".panel.land:visible .source").first()).toBeVisible();
  await expect(page.locator(".job, .queue")).toHaveCount(0);
}

async function ask(page: Page, { task, query }: Material): Promise<void> {
  if (task === "convsearch") {
    await page.getByRole("button", { name: "Add an earlier turn" }).click();
    const turns = page.locator(".turn");
    await turns.nth(0).fill("What does Vite do with dependencies on the first start?");
    await turns.nth(1).fill("It pre-bundles them with esbuild before the site is loaded.");
  }
  await page.locator("textarea[data-query]:visible").fill(query);
  await page.keyboard.press("Enter");
  await expect(page.locator(".results:visible:not([data-stale]) [data-hits] > li").first()).toBeVisible();
  await expect(page.locator(".prompt-text:visible")).toBeVisible();
  if (task === "convsearch") await expect(page.locator("[data-picture=ranks]:visible")).toBeVisible();
  if (task === "icl") await expect(page.locator(".spending-bar:visible")).toBeVisible();
  if (task === "tool") await expect(page.locator(".savings:visible")).toBeVisible();
  await page.mouse.move(0, 0);
  await page.evaluate(`(document.activeElement?.blur(), document.fonts.ready.then(() => null))`);
}

/** A picture is drawn anew for a while after a change: so long it may differ. */
const SETTLING_MS = 15_000;

/** Whether the page comes to look as it was kept; with `--update-snapshots` it is kept instead. */
async function isAsKept(name: string, page: Page, lab: Page, info: TestInfo): Promise<boolean> {
  const path = `e2e/looks/${name}.png`;
  const kept = existsSync(path) ? readFileSync(path) : null;
  const take = async () => compareLook(lab, await page.screenshot(), kept);
  let { reduced, share } = await take();
  if (["all", "changed"].includes(info.config.updateSnapshots)) {
    // What is hardly changed stays, byte for byte.
    if (share === null || share > SHARE / 2) writeFileSync(path, reduced);
    return true;
  }
  const until = Date.now() + SETTLING_MS;
  while (share !== null && share > SHARE && Date.now() < until) {
    await page.waitForTimeout(500);
    ({ reduced, share } = await take());
  }
  if (share !== null && share <= SHARE) return true;
  const now = info.outputPath(`${name}.png`);
  writeFileSync(now, reduced);
  const differs = share === null ? "none is kept" : `${(share * 100).toFixed(1)} % otherwise`;
  await info.attach(`${name}: ${differs}`, { path: now, contentType: "image/png" });
  return false;
}

test("every workbench looks as it is kept, by day and by night, wide and narrow; axe finds nothing serious, nothing is wider than the page", async ({
  page,
  context,
}, info) => {
  test.slow();
  const lab = await context.newPage();
  await page.bringToFront();
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/");
  await page.evaluate(`{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(STEADY)});
    document.adoptedStyleSheets = [sheet];
  }`);
  const changed: string[] = [];
  const look = async (name: string): Promise<void> => {
    if (!(await isAsKept(name, page, lab, info))) changed.push(name);
  };
  const widest = () => page.locator("html").evaluate((root: { scrollWidth: number }) => root.scrollWidth);

  for (const material of MATERIALS) {
    const { task, tab } = material;
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("tab", { name: tab }).click();
    await add(page, material);
    await ask(page, material);
    await look(`${task}-light-wide`);
    expect(await findAxeFaults(page, { isSerious: true }), `${task}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await look(`${task}-dark-wide`);
    expect(
      await findAxeFaults(page, { isSerious: true, rules: ["color-contrast"] }),
      `${task}, dark`,
    ).toEqual([]);
    await page.setViewportSize(NARROW);
    await look(`${task}-dark-narrow`);
    await page.emulateMedia({ colorScheme: "light" });
    await look(`${task}-light-narrow`);
    await page.setViewportSize({ width: 320, height: 700 });
    await expect.poll(widest, `${task} at 320 pixels`).toBeLessThanOrEqual(320);
  }
  expect(changed, "look at them in the report; if they are meant: npm run looks").toEqual([]);

  await page.setViewportSize(WIDE);
  await page.locator(".limb:visible").evaluate((limb: { style: { translate: string } }) => {
    limb.style.translate = "0 10px";
  });
  const moved = await compareLook(
    lab,
    await page.screenshot(),
    readFileSync("e2e/looks/tool-light-wide.png"),
  );
  expect(moved.share, "a limb ten pixels further down is seen").toBeGreaterThan(SHARE);
});
