import { readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

/** Sextant's own documentation. */
const FOLDERS = ["docs/decisions", "docs/formats", "docs/recipes"];

const hits = (page: Page) => page.locator("[data-hits] > li");
const order = (page: Page) => hits(page).evaluateAll((items) => items.map((item) => item.dataset["passage"]));

const pages = () =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  );

test("a documentation folder teaches how it is asked: seen, compared, switched off; a hit is marked and explained", async ({
  page,
}) => {
  // It learns only while nothing else is asked of the machine.
  test.slow();
  await page.goto("/");
  await page.getByLabel("Files to add").first().setInputFiles(pages());
  const material = page.getByLabel("Your material");
  await expect(material.getByText(/^Adapted to this collection in .+ nDCG@10 more/)).toBeVisible({
    timeout: 100_000,
  });
  await page.getByRole("textbox", { name: "Question" }).fill("what happens when two tabs are open");
  await expect(hits(page).first()).toBeVisible();
  const adapted = await order(page);

  await material.getByRole("button", { name: "With and without it on this question" }).click();
  await expect(material.getByText(/ of the first 10 stand elsewhere than without it\.$/)).toBeVisible();
  expect(await material.locator(".compared path[data-moved]").count()).toBeGreaterThan(0);

  const box = material.getByRole("checkbox", { name: "Encode questions as learned here" });
  await box.uncheck();
  await expect.poll(() => order(page)).not.toEqual(adapted);
  await box.check();
  await expect.poll(() => order(page)).toEqual(adapted);

  await expect(hits(page).locator("[data-best]").first()).toBeVisible();
  await hits(page).nth(2).getByRole("button", { name: "Pin" }).click();
  await expect(hits(page).first()).toHaveAttribute("data-passage", adapted[2] ?? "");
  const pin = hits(page).first().getByRole("button", { name: "Pin" });
  await expect(pin).toBeFocused();
  await pin.click();
  await expect.poll(() => order(page)).toEqual(adapted);

  await hits(page).first().getByRole("button", { name: "Why this hit" }).click();
  await expect(
    hits(page)
      .first()
      .getByText(/of (?:the|all) \d+ that were looked at/),
  ).toBeVisible();
  await page.getByRole("button", { name: /what took the time/ }).click();
  await expect(page.getByRole("figure", { name: "What took the time" })).toContainText("embed");
  expect(await findAxeFaults(page, { within: "main" })).toEqual([]);
});
