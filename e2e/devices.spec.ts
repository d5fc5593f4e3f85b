import { expect, test } from "./fixtures.ts";

test("software WebGPU, asked for by name, finds the same passage; the choice is kept", async ({ page }) => {
  const buffer = Buffer.from(
    "# Tea\n\nSteep green tea for two minutes.\n\n# Boats\n\nA sloop has one mast.\n",
  );
  const first = page.locator("[data-hits] > li").first();
  await page.goto("/");
  await page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "notes.md", mimeType: "text/markdown", buffer });
  await page.getByRole("textbox", { name: "Question" }).fill("how many masts?");
  await expect(first).toContainText("sloop");

  const instruments = page.getByRole("button", { name: /^Instruments/ });
  await expect(instruments).toHaveAccessibleName(/WASM/);
  await instruments.click();
  await expect(page.getByText(/adapter .* is software/)).toBeVisible();
  await page.getByRole("radio", { name: "WebGPU" }).click();
  await expect(instruments).toHaveAccessibleName(/WebGPU/, { timeout: 90_000 });
  await expect(page.getByText(/You chose WebGPU/)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("textbox", { name: "Question" }).fill("how long does tea take?");
  await expect(first).toContainText("two minutes", { timeout: 60_000 });
  await page.reload();
  await expect(instruments).toHaveAccessibleName(/WebGPU/, { timeout: 90_000 });
});
