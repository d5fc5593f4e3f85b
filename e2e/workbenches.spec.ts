import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

/** Some twenty chunks: indexed in a moment. */
const TEXT = readFileSync("public/samples/the-time-machine.txt", "utf8").slice(2000, 12_000);

async function expectNothingSerious(page: Page, where: string): Promise<void> {
  expect(await findAxeFaults(page, { within: ".results", isSerious: true }), where).toEqual([]);
}

test("the pictures of an answer: the arm by keyboard, six ways, the map, two settings, every chunk against every other", async ({
  page,
}) => {
  await page.goto("/?task=lrlm");
  await page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "walk.txt", mimeType: "text/plain", buffer: Buffer.from(TEXT) });
  await expect(page.locator(".job, .queue")).toHaveCount(0, { timeout: 100_000 });
  const cursor = page.getByRole("slider", { name: "Cursor in the text" });
  await cursor.focus();
  await cursor.press("End");
  await expect(page.locator("[data-hits] > li").first()).toBeVisible();

  const arm = page.getByRole("slider", { name: "Cut-off" });
  await expect(arm).toHaveAttribute("aria-valuetext", /^at the end: all \d+ hits are in$/);
  const sorted = await page.getByRole("list", { name: "Hits by angle" }).locator("li").allTextContents();
  const angles = sorted.map((text) => Number.parseFloat(text));
  expect(angles).toEqual(angles.toSorted((a, b) => a - b));
  const text = page.getByLabel("Text of the prompt");
  const whole = await text.innerText();
  await arm.focus();
  await arm.press("Home");
  await expect(arm).toHaveAttribute("aria-valuetext", /: 0 of \d+ hits are in$/);
  await expect(page.locator("[data-hits] > li[data-beyond]")).toHaveCount(8);
  await expect(text).not.toHaveText(whole);
  await page.getByRole("button", { name: "Take all" }).click();
  await expect(page.locator("[data-hits] > li[data-beyond]")).toHaveCount(0);
  await expect(text).toHaveText(whole);
  await expectNothingSerious(page, "the limb");

  await page.getByRole("button", { name: "Six ways", exact: true }).click();
  const ways = page.getByRole("table", { name: "What each instruction finds" });
  await expect(ways.getByRole("row")).toHaveCount(8);
  await expect(ways.getByRole("row").last()).toContainText("without any");
  await expectNothingSerious(page, "six ways");

  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByLabel("Search, The other").selectOption("hybrid");
  await page.getByRole("button", { name: /^Compare on \d/ }).click();
  await expect(page.getByRole("img", { name: /^Ranks for/ })).toBeVisible();

  await page.getByRole("button", { name: "Map", exact: true }).click();
  const field = page.getByRole("application", { name: /^Map of \d+ chunks/ });
  await field.focus();
  await field.press("+");
  await page.getByRole("button", { name: "Show all of it" }).first().click();
  await field.press("Enter");
  await field.press("ArrowUp");
  const nearest = page.getByRole("region", { name: "Nearest to it" });
  await expect(nearest.getByRole("listitem")).toHaveCount(6);
  await field.press("Escape");
  await expect(nearest).toHaveCount(0);
  await page.getByRole("button", { name: "Choose with a line" }).click();
  const { x, y, width, height } = (await field.boundingBox())!;
  await page.mouse.move(x + 2, y + 2);
  await page.mouse.down();
  for (const [across, down] of [
    [width - 2, 2],
    [width - 2, height - 2],
    [2, height - 2],
  ] as const)
    await page.mouse.move(x + across, y + down);
  await page.mouse.up();
  for (const format of ["SVG", "PNG"] as const) {
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: format, exact: true }).first().click();
    const bytes = readFileSync(await (await saved).path());
    const text = bytes.toString("latin1");
    if (format === "PNG") expect(text.slice(1, 4)).toBe("PNG");
    else for (const part of ["@font-face", "<image", "<circle"]) expect(text).toContain(part);
    expect(text).not.toContain("oklab(");
  }
  const chip = page.locator(".refine-chip");
  await expect(chip).toHaveText(/^Only \d+ passages of the map/);
  await chip.getByRole("button", { name: "Search everything again" }).click();
  await expect(chip).toHaveCount(0);

  await page.getByText("Every chunk against every other").click();
  const matrix = page.getByRole("application", { name: /^Likeness of chunks 1 to \d+, each against each$/ });
  await matrix.focus();
  await matrix.press("+");
  await expect(page.getByText(/^chunks \d+ to \d+ of \d+$/)).toBeVisible();
  await expectNothingSerious(page, "the map and the matrix");
});
