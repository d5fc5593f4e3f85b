import type { Page } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

const TABS = ["Questions", "Conversation", "Chat memory", "Long text", "Examples", "Tools"];

async function addTea(page: Page): Promise<void> {
  const buffer = Buffer.from(
    "# Tea\n\nSteep green tea for two minutes.\n\n# Boats\n\nA sloop has one mast.\n",
  );
  await page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "notes.md", mimeType: "text/markdown", buffer });
}

test("tasks, question, hits and source are reached by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await addTea(page);
  await expect(page.getByRole("textbox", { name: "Question" })).toBeVisible();
  await page.getByRole("tab", { name: "Questions" }).focus();
  for (const name of TABS.slice(1)) {
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name })).toHaveAttribute("aria-selected", "true");
  }
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Questions" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("/");
  await page.keyboard.type("how many masts?");
  await expect(page.locator("[data-hits] > li").first()).toContainText("sloop");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[data-hits] > li").first()).toBeFocused();
  await page.keyboard.press("o");
  await expect(page.getByRole("dialog")).toContainText("A sloop has one mast");
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-hits] > li").first()).toBeFocused();
});

/** By day by all rules, then by night by the one of colours: nothing else is otherwise. */
async function expectNothingSerious(page: Page): Promise<void> {
  expect(await findAxeFaults(page, { isSerious: true })).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findAxeFaults(page, { isSerious: true, rules: ["color-contrast"] })).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

test("nothing serious for axe on any task, by day and by night; nothing wider than 320 pixels", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/");
  await addTea(page);
  await page.getByRole("textbox", { name: "Question" }).fill("how many masts?");
  await expect(page.locator("[data-hits] > li").first()).toContainText("sloop");
  for (const name of TABS) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole("tab", { name }).click();
    await expectNothingSerious(page);
    await page.setViewportSize({ width: 320, height: 700 });
    const widest = () => page.locator("html").evaluate((root: { scrollWidth: number }) => root.scrollWidth);
    await expect.poll(widest, name).toBeLessThanOrEqual(320);
  }
  await page.getByRole("button", { name: /^Instruments/ }).click();
  await page.getByRole("button", { name: "Choose another model" }).click();
  const models = page.getByRole("dialog", { name: "Which model measures the angles" });
  const row = models.getByRole("listitem", { name: "LLM-Embedder", exact: true });
  await row.getByRole("button", { name: /^Get from/ }).click();
  for (const summary of await models.locator("summary").all())
    if (await summary.isVisible()) await summary.click();
  await expectNothingSerious(page);
});
