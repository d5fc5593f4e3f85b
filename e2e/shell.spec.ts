import type { Page } from "@playwright/test";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });

async function run(page: Page, typed: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
}

/** Serious faults that axe finds in what is laid over the page. */
const faults = (page: Page) => findAxeFaults(page, { within: "[role=dialog]", isSerious: true });

test("everything by keyboard: the palette, the list of keys, which can be switched off, and a report to copy", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Try the sample" })).toBeVisible();

  await run(page, "right tools");
  await expect(page.getByRole("tab", { name: "Tools" })).toHaveAttribute("aria-selected", "true");
  await run(page, "night");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("no such thing");
  await expect(palette(page).getByText("Nothing is called that.")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();

  await run(page, "bug report");
  const report = page.getByRole("dialog", { name: "Diagnostics" });
  await expect(report.getByText("sextant-mini")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await report.getByRole("button", { name: "Copy as Markdown" }).press("Enter");
  const copied = () => page.evaluate<string>("navigator.clipboard.readText()");
  await expect
    .poll(copied)
    .toMatch(/^### Versions\n\n\| \| \|\n\| --- \| --- \|\n\| Sextant \| \d+\.\d+\.\d+ \|/);
  await page.keyboard.press("Escape");
  await expect(report).toBeHidden();

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await keys.getByRole("checkbox", { name: "Hear these keys" }).press("Space");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await page.reload();
  await expect(page.getByRole("tab", { name: "Tools" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("1");
  await expect(page.getByRole("tab", { name: "Tools" })).toHaveAttribute("aria-selected", "true");
  await expect(palette(page)).toBeHidden();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Commands" }).click();
  await expect(palette(page)).toBeVisible();
});

/** Names, units and file endings that are written the same in Chinese. */
const NAMES =
  /Sextant mini|Sextant|WebGPU|WASM|WebAssembly|BM25|nDCG@10|SVG|PNG|CSV|TSV|JSON Lines|JSON|PDF|Word|EPUB|Markdown|HTML|Excel|English|fp16|q8|kB|MB|GB|Hub|MIT|ChatGPT|Claude|WhatsApp|Slack|Telegram|OpenAPI|OpenAI|Anthropic|MCP|BFCL|Gorilla|ToolBench|Vite/gu;

/** Runs in the page: visible texts of the app's own, and what is only heard; material and code are left out. */
const OWN_TEXTS = `(() => {
  const own = (element) =>
    element !== null && element.closest("[dir=auto], code, pre, kbd, [lang=en], script, style, option") === null;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (own(node.parentElement) && node.parentElement.checkVisibility()) found.push(node.textContent);
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]"))
    if (own(element) && !element.matches("[data-passage]") && element.checkVisibility())
      for (const name of ["aria-label", "title", "placeholder"]) found.push(element.getAttribute(name) ?? "");
  return found;
})()`;

/** Texts of the app's own in which nothing is Chinese but names. */
async function latinTexts(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate<readonly string[]>(OWN_TEXTS);
  return texts
    .map((text) => text.replaceAll(NAMES, "").trim())
    .filter((text) => /[a-z]{2}/iu.test(text) && !/\p{Script=Han}/u.test(text));
}

test("a journey in Chinese speaks nothing else", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "中文" }).click();
  await expect(page.getByRole("tab", { name: "问答" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh");
  expect(await latinTexts(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "试用样例" }).click();
  await page.locator(".chip").first().click();
  await expect(page.locator("[data-hits] > li").first()).toBeVisible();
  expect(await latinTexts(page)).toEqual([]);
  await page.getByRole("button", { name: /^模型/ }).click();
  await expect(page.getByRole("dialog").getByRole("heading", { name: "LLM-Embedder" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeVisible();
  expect(await latinTexts(page)).toEqual([]);
});
