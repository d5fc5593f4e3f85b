import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { mountApp } from "../../shell/testing/mount-app.tsx";
import { DOCUMENTS } from "../../state/testing/open-store.ts";
import { watchSaving, type Saved } from "../testing/watch-saving.ts";

let unmount: () => void = () => undefined;
let saved: Saved;
beforeEach(() => {
  saved = watchSaving();
});
afterEach(() => {
  unmount();
  vi.restoreAllMocks();
});

test("pasted judgements measure both ways, a wrong paste says where, and the picture is saved", async () => {
  const app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", DOCUMENTS);
    actions.query.use({ task: "qa", question: "angle of a star" });
    actions.pictures.show("compare");
  });
  ({ unmount } = app);
  await page.getByText("Measure by judgements").click();
  const qrels = page.getByRole("textbox", { name: "Or paste qrels" });
  const use = page.getByRole("button", { name: "Use them" });
  await qrels.fill("angle of a star\tsextant\thigh");
  await use.click();
  await expect.element(page.getByText(/Line 1 of pasted qrels/)).toBeVisible();
  await qrels.fill("angle of a star\tsextant\t1\nneedle\tcompass.md\t1");
  await use.click();
  await expect.element(page.getByText(/^2 judged by pasted qrels/)).toBeVisible();
  await page.getByRole("button", { name: "Compare on 2 queries" }).click();
  await expect.element(page.getByRole("columnheader", { name: "nDCG@10, qrels" })).toBeVisible();
  await expect.element(page.getByRole("cell", { name: "1.00 → 1.00" }).first()).toBeVisible();

  const keep = page.getByRole("group", { name: "Save the picture" });
  await keep.getByRole("button", { name: "SVG" }).click();
  const drawing = await saved.svg("sextant-qa-compare.svg");
  expect(drawing.querySelectorAll("path").length).toBeGreaterThan(0);
  expect(drawing.documentElement.textContent).toContain("sextant");
  await keep.getByRole("button", { name: "PNG" }).click();
  expect(await saved.inkOf("sextant-qa-compare.png")).toBeGreaterThan(1);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((take) => take(null));
  await keep.getByRole("button", { name: "PNG" }).click();
  await expect.element(page.getByText(/too large for a PNG/)).toBeVisible();
});
