import type { Page } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

const hits = (page: Page) => page.locator("[data-hits] > li");
const drop = (page: Page, name: string, text: string) =>
  page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

const TALK = [
  "User: Where do we keep the green tea?\nAssistant: In the tin beside the kettle.",
  "User: And who waters the fern?\nAssistant: Nobody since March.",
].join("\n\n");

test("a source is renamed; a memory is edited and found by its new words; removed it is gone, undone it is back", async ({
  page,
}) => {
  await page.goto("/?task=chat");
  await drop(page, "talk.txt", TALK);
  await expect(page.getByLabel("Your material")).toContainText("talk.txt");
  await page.getByRole("button", { name: "Library" }).click();
  await expect(page).toHaveURL(/library=\d+/);
  await expect(page.getByRole("heading", { name: "Library" })).toBeFocused();

  const sources = page.getByRole("listbox", { name: "Sources" });
  await sources.focus();
  await page.keyboard.press("F2");
  await page.getByLabel("New name of talk.txt").fill("Kitchen talk");
  await page.keyboard.press("Enter");
  await expect(sources.getByRole("option", { name: /Kitchen talk/ })).toBeVisible();

  await sources.focus();
  await page.keyboard.press("Enter");
  const passages = page.getByRole("listbox", { name: "Passages" });
  await expect(passages.getByRole("option")).toHaveCount(2);
  await passages.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Who answered").fill("In the drawer under the marmalade.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toContainText("marmalade");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(passages.getByRole("option").first()).toContainText("edited");
  expect(await findAxeFaults(page, { within: ".library" })).toEqual([]);

  await page.getByRole("button", { name: /^Back to/ }).click();
  await page.getByRole("textbox", { name: "New utterance" }).fill("where is the marmalade drawer");
  await expect(hits(page).first()).toContainText("under the marmalade");

  await page.goBack();
  await page.getByRole("navigation", { name: "Where you are" }).getByRole("button").last().click();
  await sources.focus();
  await page.keyboard.press("Delete");
  await expect(page.getByText("Nothing is in this collection yet.")).toBeVisible();
  await expect(page.getByText("Removed: Kitchen talk.").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("Nothing is in this collection yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo: Kitchen talk" }).click();
  await expect(sources.getByRole("option", { name: /Kitchen talk/ })).toBeVisible();
});

test("everything is exported, deleted and imported again, and the same hits have the same scores", async ({
  page,
}) => {
  await page.addInitScript(() => {
    // A dialog of the system cannot be answered here; the download is what other browsers have.
    Reflect.deleteProperty(globalThis, "showSaveFilePicker");
  });
  await page.goto("/");
  await drop(page, "boats.md", "# Sloop\n\nOne mast.\n\n# Ketch\n\nTwo masts, the smaller one behind.");
  await drop(page, "tea.md", "# Tea\n\nSteep green tea for two minutes.");
  const ask = async () => {
    await page.getByRole("textbox", { name: "Question" }).fill("which boat has two masts?");
    await expect(hits(page).first()).toContainText("Two masts");
    return hits(page).allInnerTexts();
  };
  const before = await ask();

  await page.getByRole("button", { name: "Library" }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export everything" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^Sextant \d{4}-\d\d-\d\d\.sextant\.zip$/);
  const path = await download.path();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("There is no collection yet.")).toBeVisible();
  await page.getByRole("button", { name: "Free now: Documents" }).click();
  await expect(page.getByRole("region", { name: "Removed" })).toHaveCount(0);

  await page.locator('input[type="file"][aria-label="Import"]').setInputFiles(path);
  await page.getByRole("button", { name: /^Documents/ }).click();
  await expect(page.getByRole("option", { name: /tea\.md/ })).toBeVisible();
  await page.getByRole("button", { name: /^Back to/ }).click();
  expect(await ask()).toEqual(before);
});
