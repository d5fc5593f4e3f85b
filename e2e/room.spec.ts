import type { CDPSession } from "@playwright/test";
import { ask, drop, hits } from "./documents.ts";
import { expect, test } from "./fixtures.ts";

const SLOOP = "# Boats\n\nA sloop carries one mast and two sails.\n";
/** More than there will be room for, and quickly read. */
const LARGE = Array.from(
  { length: 40 },
  (_, i) => `# Log ${i}\n\n${"A calm day at sea. ".repeat(400)}\n`,
).join("\n");

async function setQuota(devtools: CDPSession, origin: string, quotaSize?: number): Promise<void> {
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, ...(quotaSize && { quotaSize }) });
}

test("a full disk is said with how full it is and what can go; nothing that was there is lost; what the browser throws away is noticed", async ({
  app,
  page,
  complaints,
}) => {
  const { origin } = new URL(app.url);
  const devtools = await page.context().newCDPSession(page);
  await page.goto("/");
  await drop(page, "sloop.md", SLOOP);
  await ask(page, "how many masts?");
  await expect(hits(page).first()).toContainText("sloop");
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);

  await setQuota(devtools, origin, used + 60_000);
  await drop(page, "logs.md", LARGE);
  const notice = page.locator(".notice", { hasText: "storage/full" });
  await expect(notice).toContainText(/This site uses .+ of /, { timeout: 60_000 });
  await expect(notice.getByRole("button", { name: "See which models can go" })).toBeVisible();
  await ask(page, "how many sails?");
  await expect(hits(page).first()).toContainText("sloop");
  await setQuota(devtools, origin);
  await page.reload();
  await ask(page, "how many masts?");
  await expect(hits(page).first()).toContainText("sloop");
  expect(complaints).toEqual([]);

  await page.goto("about:blank");
  await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "file_systems" });
  await page.goto("/");
  await expect(page.getByText("What you had added is gone.")).toBeVisible();
  await page.getByRole("button", { name: "Import in the library" }).click();
  await expect(page.getByRole("button", { name: /^Import/ }).first()).toBeVisible();
});
