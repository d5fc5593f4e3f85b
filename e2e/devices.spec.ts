import type { Page } from "@playwright/test";
import { watchBuffers, type BufferWatch } from "../tools/soak/gpu-buffers.ts";
import { expect, test } from "./fixtures.ts";

const tool = (name: string, description: string) => ({
  name,
  description,
  parameters: { type: "object", properties: {} },
});
const STORY = `The old lighthouse keeper wound the great clock every evening at six. ${"The sea was grey and the gulls were loud that day. ".repeat(16)}`;

/** Little of each kind, and a question that one part of it answers. */
const CASES = [
  [
    "Questions",
    "notes.md",
    "# Tea\n\nSteep it two minutes.\n\n# Boats\n\nA sloop has one mast.\n",
    "Question",
    "how many masts?",
    "sloop",
  ],
  ["Conversation", "", "", "Next question", "and how long does tea take?", "two minutes"],
  [
    "Chat memory",
    "talk.txt",
    "User: My dog is called Rufus.\nAssistant: Lovely.\nUser: I bought a red bicycle.\nAssistant: Enjoy it.\n",
    "New utterance",
    "what is the name of my dog?",
    "Rufus",
  ],
  [
    "Long text",
    "story.txt",
    STORY,
    "Write on from the cursor",
    "The keeper went up to wind the clock.",
    "lighthouse keeper",
  ],
  [
    "Examples",
    "intents.csv",
    "text,intent\nplay some jazz,music\nbook a table for two,restaurant\n",
    "Input",
    "reserve a table",
    "restaurant",
  ],
  [
    "Tools",
    "tools.json",
    JSON.stringify([tool("get_weather", "Tells the weather of a city"), tool("send_mail", "Sends a mail")]),
    "Request",
    "will it rain in Rome?",
    "get_weather",
  ],
] as const;

const instrumentsOf = (page: Page) => page.getByRole("button", { name: /^Instruments/ });

async function choose(page: Page, device: string): Promise<void> {
  await instrumentsOf(page).click();
  await page.getByRole("radio", { name: device }).click();
}

test("software WebGPU, asked for by name, serves all six tasks; the GPU has one copy of the model for all tabs, and the choice is kept", async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const buffers = watchBuffers(page);
  const instruments = instrumentsOf(page);
  await page.goto("/");
  await expect(instruments).toHaveAccessibleName(/WASM/);
  await choose(page, "WebGPU");
  await expect(page.getByText("You chose WebGPU.")).toBeVisible({ timeout: 120_000 });
  await page.keyboard.press("Escape");

  for (const [tab, name, content, box, query, expected] of CASES) {
    await page.getByRole("tab", { name: tab }).click();
    if (name !== "") {
      const buffer = Buffer.from(content);
      await page.getByLabel("Files to add").first().setInputFiles({ name, mimeType: "text/plain", buffer });
    }
    await expect(page.locator(".job")).toHaveCount(0, { timeout: 60_000 });
    await page.getByRole("textbox", { name: box }).fill(query);
    const first = page.locator("[data-hits] > li").first();
    await expect(first, tab).toContainText(expected, { timeout: 60_000 });
    await expect(first, tab).toContainText("cosine");
  }

  const others = [await context.newPage(), await context.newPage()] as const;
  const [next, last] = others.map((tab) => watchBuffers(tab)) as [BufferWatch, BufferWatch];
  for (const tab of others) {
    await tab.goto("/");
    await expect(instrumentsOf(tab)).toHaveAccessibleName(/WebGPU/);
    await tab.getByRole("textbox", { name: "Question" }).fill("how many masts?");
    await expect(tab.locator("[data-hits] > li").first()).toContainText("sloop");
  }
  expect(await buffers.count()).toBeGreaterThan(0);
  expect([await next.count(), await last.count()]).toEqual([0, 0]);

  await page.close();
  await expect.poll(() => next.count(), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(instrumentsOf(others[1])).toHaveAccessibleName(/WebGPU/, { timeout: 120_000 });
  expect(await last.count()).toBe(0);
});

test("by itself a software adapter is not taken, and the reason is said", async ({ page }) => {
  await page.goto("/");
  const instruments = instrumentsOf(page);
  await expect(instruments).toHaveAccessibleName(/WASM/);
  await instruments.click();
  await expect(page.getByText(/adapter .* is software/)).toBeVisible();
  await expect(page.getByText(/verified on this processor: cosine/)).toBeVisible();
});
