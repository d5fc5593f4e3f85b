import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const tool = (name: string, description: string) => ({
  name,
  description,
  parameters: { type: "object", properties: {} },
});
const STORY = `The old lighthouse keeper wound the great clock every evening at six. ${"The sea was grey and the gulls were loud that day. ".repeat(45)}`;

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

async function choose(page: Page, device: string): Promise<void> {
  await page.getByRole("button", { name: /^Instruments/ }).click();
  await page.getByRole("radio", { name: device }).click();
}

test("software WebGPU, asked for by name, serves all six tasks; the choice is kept", async ({ page }) => {
  test.setTimeout(300_000);
  const instruments = page.getByRole("button", { name: /^Instruments/ });
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
  await page.reload();
  await expect(instruments).toHaveAccessibleName(/WebGPU/, { timeout: 120_000 });
});

test("by itself a software adapter is not taken, and the reason is said", async ({ page }) => {
  await page.goto("/");
  const instruments = page.getByRole("button", { name: /^Instruments/ });
  await expect(instruments).toHaveAccessibleName(/WASM/);
  await instruments.click();
  await expect(page.getByText(/adapter .* is software/)).toBeVisible();
  await expect(page.getByText(/verified on this processor: cosine/)).toBeVisible();
});
