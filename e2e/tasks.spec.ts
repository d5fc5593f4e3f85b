import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Sample, TaskId } from "../src/contract/index.ts";
import { expect, test } from "./fixtures.ts";

const SAMPLES = JSON.parse(readFileSync("public/samples/samples.json", "utf8")) as Sample[];

const TAB: Record<TaskId, string> = {
  qa: "Questions",
  convsearch: "Conversation",
  chat: "Chat memory",
  lrlm: "Long text",
  icl: "Examples",
  tool: "Tools",
};

async function openSample(page: Page, task: TaskId): Promise<void> {
  await page.goto("/");
  await page.getByRole("tab", { name: TAB[task] }).click();
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(page.locator(".job, .queue")).toHaveCount(0, { timeout: 100_000 });
}

for (const { task, queries, expected } of SAMPLES) {
  if (task === "lrlm") continue;
  test(`${task}: from an empty profile to the right passage and a prompt, with one click and one query`, async ({
    page,
  }) => {
    await openSample(page, task);
    const chips = page.getByRole("list", { name: "Try one of these" }).getByRole("button");
    await expect(chips).toHaveCount(queries.length);
    await chips.first().click();
    const first = page.locator("[data-hits] > li").first();
    await expect(first).toBeVisible();
    const whole = first.getByRole("button", { name: "Show all of it" });
    if (await whole.isVisible()) await whole.click();
    await expect(first).toContainText(expected[0] ?? "");
    await expect(page.getByLabel("Text of the prompt")).toContainText(expected[0] ?? "");
    await expect(first).toContainText(/semantic.*cosine/s);
    await expect(first).toContainText(/keywords.*BM25/s);

    await page.getByRole("button", { name: "keywords", exact: true }).click();
    await expect(first).not.toContainText("cosine");
    await page.getByRole("button", { name: "semantic", exact: true }).click();
    await expect(first).not.toContainText("BM25");
  });
}

test("lrlm: a cursor in a long text recalls earlier chunks, and the prompt ends where the cursor is", async ({
  page,
}) => {
  await openSample(page, "lrlm");
  const cursor = page.getByRole("slider", { name: "Cursor in the text" });
  await expect(cursor).not.toHaveAttribute("aria-valuemax", "0");
  await cursor.focus();
  await cursor.press("End");
  const hits = page.locator("[data-hits] > li");
  await expect(hits.first()).toBeVisible();
  await expect(hits.first()).toContainText("goes on:");
  const total = Number(await cursor.getAttribute("aria-valuemax"));
  for (const source of await hits.locator(".hit-source").allTextContents())
    expect(Number(/passage (\d+)/.exec(source)?.[1])).toBeLessThan(total - 1);
  const prompt = await page.getByLabel("Text of the prompt").innerText();
  await cursor.press("ArrowLeft");
  await expect(page.getByLabel("Text of the prompt")).not.toHaveText(prompt);
});
