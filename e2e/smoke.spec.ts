import { expect, test } from "./fixtures.ts";

test("the built app opens isolated from other origins, and again without a network", async ({
  page,
  app,
}) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Sextant/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);

  await app.stop();
  await page.reload();
  await expect(page).toHaveTitle(/Sextant/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
