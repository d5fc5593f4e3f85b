import type { Page } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

const hits = (page: Page) => page.locator("[data-hits] > li");
const ask = (page: Page, question: string) => page.getByRole("textbox", { name: "Question" }).fill(question);
const refine = (page: Page) => page.locator(".refine");

async function put(page: Page, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.getByLabel("Files to add").first().setInputFiles({ name, mimeType: "text/markdown", buffer });
  await expect(page.getByRole("button", { name: `Tags of ${name}` })).toBeVisible();
}

async function tag(page: Page, name: string, tags: string): Promise<void> {
  await page.getByRole("button", { name: `Tags of ${name}` }).click();
  await page.getByLabel("Words of your own, with commas between").fill(tags);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: `Tags of ${name}` })).toHaveText(tags);
}

test("a phrase, the beginning of a word, a tag and two collections narrow and widen a search", async ({
  page,
}) => {
  await page.goto("/");
  await put(
    page,
    "tea.md",
    "# Steeping\n\nSteep green tea for two minutes, or for three when it is cold outside.\n\n# Leaves\n\nTea leaves stay green. Green leaves give a tea that tastes green.\n",
  );
  await put(page, "boats.md", "# Boats\n\nA sloop has one mast. A ketch has two masts and a mizzen.\n");
  await page.getByRole("button", { name: "keywords", exact: true }).click();

  await ask(page, "green tea");
  await expect(hits(page).first()).toContainText("stay green");
  await ask(page, '"green tea"');
  await expect(hits(page).first()).toContainText("two minutes");
  await expect(hits(page).first().locator(".passage mark")).toHaveText(["green", "tea"]);
  await ask(page, "mizz*");
  await expect(hits(page)).toHaveCount(1);
  await expect(hits(page).locator(".passage mark")).toHaveText(["mizzen"]);

  await page.getByRole("button", { name: "hybrid", exact: true }).click();
  await ask(page, "how long does it steep?");
  await expect(hits(page)).toHaveCount(3);
  await tag(page, "boats.md", "sea");
  await refine(page).getByText("Where and how").click();
  await refine(page).getByRole("checkbox", { name: "sea" }).check();
  await expect(hits(page)).toHaveCount(1);
  await expect(hits(page)).toContainText("sloop");
  await refine(page).getByRole("checkbox", { name: "sea" }).uncheck();
  await expect(hits(page)).toHaveCount(3);

  await page.getByRole("button", { name: "New collection" }).click();
  await page.getByLabel("A new one is called").fill("Kitchen");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByText("Kitchen is empty.")).toBeVisible();
  await put(page, "coffee.md", "# Coffee\n\nCoffee steeps for four minutes in a press.\n");
  await expect(hits(page)).toHaveCount(1);
  await refine(page).getByText("Where and how").click();
  await refine(page)
    .getByRole("checkbox", { name: /^Documents/ })
    .check();
  await expect(hits(page)).toHaveCount(4);
  await expect(hits(page).first()).toContainText(/Kitchen: coffee\.md|Documents: tea\.md/);
  await refine(page).getByRole("radio", { name: /^Fast/ }).click();
  await expect(refine(page)).toContainText("last search: exact, which is as quick for so few passages");
  expect(await findAxeFaults(page, { within: ".refine" })).toEqual([]);
});
