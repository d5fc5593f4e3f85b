import type { Page } from "@playwright/test";

/** The hits of a question, best first. */
export const hits = (page: Page) => page.locator("[data-hits] > li");

export const ask = (page: Page, question: string) =>
  page.getByRole("textbox", { name: "Question" }).fill(question);

/** Puts a Markdown document in, as a chosen file. */
export const drop = (page: Page, name: string, text: string) =>
  page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
