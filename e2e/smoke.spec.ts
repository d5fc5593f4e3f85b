import { expect, test } from "./fixtures.ts";

test.use({ serviceWorkers: "allow" });

const NOTES = `# Tea
Steep green tea for two minutes in water of eighty degrees.

# Boats
A sloop carries one mast and two sails.

# Sky
The angle between the horizon and Polaris tells a navigator the latitude.
`;

test("a dropped file is searched, kept over a reload, and searched again without a network", async ({
  page,
  app,
}) => {
  const hits = page.locator("[data-hits] > li");
  const ask = (question: string) => page.getByRole("textbox", { name: "Question" }).fill(question);

  await page.goto("/");
  await expect(page).toHaveTitle(/Sextant/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from(NOTES) });
  await ask("how do sailors find out how far north they are?");
  await expect(hits.first()).toContainText("Polaris");

  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  await app.stop();
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.getByRole("button", { name: "notes.md", exact: true })).toBeVisible();
  await ask("how long should green tea brew?");
  await expect(hits.first()).toContainText("two minutes");
});
