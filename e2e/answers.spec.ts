import type { Page } from "@playwright/test";
import { openAnswerServer, type AnswerServer } from "./answer-server.ts";
import { createNextWordModel, ALWAYS } from "../src/model/text/testing/next-word-model.ts";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test as base } from "./fixtures.ts";
import { openHub } from "./hub-server.ts";

const test = base.extend<{ readonly server: AnswerServer }>({
  server: async ({}, provide) => {
    const server = await openAnswerServer();
    await provide(server);
    await server.close();
  },
});

const NOTES = {
  name: "notes.md",
  mimeType: "text/markdown",
  buffer: Buffer.from(
    "# Tea\n\nSteep green tea for two minutes.\n\n# Boats\n\nA sloop has one mast.\n\n# Bread\n\nDough rises twice.\n",
  ),
};

const TOOLS = {
  name: "tools.json",
  mimeType: "application/json",
  buffer: Buffer.from(
    JSON.stringify([
      { type: "function", function: { name: "send_mail", description: "Sends a message to a person." } },
      { type: "function", function: { name: "play_song", description: "Plays music." } },
    ]),
  ),
};

/** A file is put in, a question is asked of it, and a server is named and asked for its models. */
async function askTo(
  page: Page,
  server: AnswerServer,
  { tab, file, question }: { readonly tab: string; readonly file: typeof NOTES; readonly question: string },
): Promise<void> {
  await page.goto("/");
  await page.getByRole("tab", { name: tab }).click();
  await page.getByLabel("Files to add").first().setInputFiles(file);
  await page.locator(".query textarea").first().fill(question);
  await expect(page.locator("[data-hits] > li").first()).toBeVisible();
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await page.getByRole("radio", { name: /OpenAI’s protocol/ }).click();
  expect(server.asked).toEqual([]);
  await page.getByRole("textbox", { name: "Address, up to and with /v1" }).fill(server.url);
  await page.getByRole("button", { name: "Ask it for its models" }).click();
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveValue("tiny");
}

test("ask, read the answer as it comes, follow a citation to its source, keep the answer", async ({
  page,
  server,
}) => {
  await askTo(page, server, { tab: "Questions", file: NOTES, question: "How long does green tea take?" });
  const evil = `<img src="https://elsewhere.invalid/x.png" onerror="alert(1)">`;
  server.mood = {
    is: "answering",
    pieces: ["**Steep green tea** ", "for two minutes [1]. ", "Whales sang madrigals in Vienna [2]. ", evil],
  };
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect(answer).toContainText("for two minutes");
  await expect(answer.getByText("Steep green tea", { exact: true })).toBeVisible();
  await expect(answer.getByText(evil)).toBeVisible();
  await expect(answer.locator("img")).toHaveCount(0);
  await expect(answer.locator(".far", { hasText: "Whales sang madrigals" }).first()).toBeVisible();
  expect(server.questions).toHaveLength(1);
  expect(server.questions[0]?.messages.at(-1)?.content).toContain('<source id="1"');

  expect(await findAxeFaults(page, { within: ".panel.water" })).toEqual([]);

  await answer.getByRole("button", { name: "Keep this answer" }).click();
  await expect(answer.getByText("Kept on this device.")).toBeVisible();
  await answer.getByRole("button", { name: /^Source 1:/ }).click();
  await expect(page.getByRole("region", { name: "Text of the source" }).locator("mark")).toBeInViewport();
  await page.keyboard.press("Escape");
  expect(server.asked).toEqual(["/v1/models", "/v1/chat/completions"]);

  await answer.getByText("Is this right?", { exact: false }).click();
  await answer.getByRole("button", { name: "Ask which sources helped" }).click();
  await expect(answer.getByText("The server tells no likelihoods.", { exact: false })).toBeVisible();
  await expect(page.getByText("said which passages helped: 1.", { exact: false })).toBeVisible();
  const asked = [...server.asked];

  await page.reload();
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await page.getByText("Kept answers").click();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("Whales sang madrigals").first()).toBeVisible();
  expect(server.asked).toEqual(asked);
});

test("an answer without end is stopped and kept; one that breaks off or is refused says why", async ({
  page,
  server,
  complaints,
}) => {
  await askTo(page, server, { tab: "Tools", file: TOOLS, question: "Send a message to all" });
  server.mood = { is: "endless", piece: "on and " };
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect(answer).toContainText("on and on and");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(answer).toContainText("Stopped by you; what had come is kept.");
  await expect(answer).toContainText("on and on and");
  await expect.poll(server.left).toBe(1);

  const again = page.getByRole("button", { name: "Ask again", exact: true });
  server.mood = { is: "breaking", piece: "Half an" };
  await again.click();
  await expect(answer).toContainText("answer/cut-off");
  await expect(answer).toContainText("Half an");
  server.mood = { is: "refusing", status: 401, message: "wrong key" };
  await again.click();
  await expect(answer).toContainText("answer/denied");
  await expect(answer).toContainText("wrong key");

  server.mood = { is: "calling", name: "send_mail", arguments: '{"to":"all"}' };
  await again.click();
  await expect(page.getByRole("region", { name: "It would call" })).toContainText('"to": "all"');
  expect(server.questions).toHaveLength(4);
  expect(server.questions[0]).toHaveProperty("tools");
  complaints.length = 0;
});

test("a language model in the page: fetched when the person says so, kept, and asked without a server", async ({
  page,
}) => {
  const hub = await openHub(new Map(Object.entries(createNextWordModel())));
  await page.goto("/");
  await page.getByRole("button", { name: /^Models/ }).click();
  const models = page.getByRole("dialog", { name: "Which model measures the angles" });
  await models.getByText("How the hub is reached").click();
  await models.getByLabel("Address, or that of a mirror").fill(hub.endpoint);
  await models.getByRole("button", { name: "Use this address" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Chat memory" }).click();
  await page.getByRole("button", { name: "Begin a conversation that remembers itself" }).click();
  await page.getByRole("radio", { name: "A small model in this page" }).click();
  await expect(page.getByText("None is here yet.")).toBeVisible();
  expect(hub.asked).toEqual([]);
  await page.getByLabel("Repository on the hub").fill(hub.repository);
  await page.getByLabel("Precision").selectOption("fp32");
  await page.getByRole("button", { name: "Get it" }).click();
  await expect(page.getByRole("combobox", { name: "Model" })).toContainText("tiny-bert, fp32");
  const asked = hub.asked.length;
  await page.getByRole("textbox", { name: "New utterance" }).fill("How long?");
  await page.getByRole("textbox", { name: "New utterance" }).press("Enter");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("region", { name: "Answer", exact: true })).toContainText(ALWAYS);
  const said = page.getByRole("region", { name: "The conversation so far" }).getByRole("listitem");
  await expect(said).toContainText([ALWAYS]);
  expect(hub.asked).toHaveLength(asked);
  await hub.close();
});
