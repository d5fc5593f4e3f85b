import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { mountApp } from "../shell/testing/mount-app.tsx";
import { DOCUMENTS, type OpenedStore } from "../state/testing/open-store.ts";

let app: OpenedStore & { unmount(): void };

beforeEach(async () => {
  await page.viewport(1280, 860);
  app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", DOCUMENTS);
    actions.query.use({ task: "qa", question: "the compass" });
  });
  await expect.element(hit("compass")).toBeVisible();
});
afterEach(() => app.unmount());

const hit = (title: string) => page.getByRole("listitem", { name: new RegExp(`^\\d+\\. ${title}$`) });
const line = () => page.getByText("Where and how").first();
const open = () => line().click();

test("nothing of it is in the way until it is asked for, and its line says what is not as usual", async () => {
  expect(document.querySelector(".refine-parts")?.checkVisibility()).toBe(false);
  await open();
  await page.getByRole("radio", { name: /^Fast/ }).click();
  await page.getByRole("checkbox", { name: /^Fewer near-duplicates/ }).click();
  await expect.element(line()).toHaveTextContent("Where and how: fast, fewer near-duplicates");
  await expect.element(page.getByText("last search: exact", { exact: true })).toBeVisible();
  await expect.element(hit("compass").getByText("2 by score alone")).toBeVisible();
});

test("what the guard decided is said beside the choice", async () => {
  await open();
  app.engine.found = { exactness: { used: "exact", why: "inexact" } };
  await page.getByRole("radio", { name: /^Fast/ }).click();
  await expect.element(page.getByText("last search: exact, for fast missed too many")).toBeVisible();
  app.engine.found = { exactness: { used: "exact", why: "small" } };
  await page.getByRole("radio", { name: /^Exact/ }).click();
  await expect.element(page.getByText("last search: exact, which is as quick")).toBeVisible();
});

test("a source is tagged, and the search is narrowed to what has the tag", async () => {
  await page.getByRole("button", { name: "Tags of log.md" }).click();
  await page.getByLabelText("Words of your own, with commas between").fill("ship, speed, ship");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.element(page.getByRole("button", { name: "Tags of log.md" })).toHaveTextContent("ship, speed");
  await open();
  await page.getByRole("checkbox", { name: "speed" }).click();
  await expect.element(line()).toHaveTextContent("Where and how: tagged speed");
  await expect.element(hit("log")).toBeVisible();
  await expect.element(hit("compass")).not.toBeInTheDocument();
});

test("sources and days narrow a search, and everything comes back without them", async () => {
  await open();
  await page.getByRole("checkbox", { name: /^sextant.md/ }).click();
  await expect.element(line()).toHaveTextContent("1 source only");
  await expect.element(hit("compass")).not.toBeInTheDocument();
  await page.getByRole("button", { name: "All sources" }).click();
  await expect.element(hit("compass")).toBeVisible();
  await page.getByLabelText("from", { exact: true }).fill("2026-02-01");
  await expect.element(page.getByText("What has no date is left out.")).toBeVisible();
  await expect.element(page.getByText("Nothing here matches.").first()).toBeVisible();
  await page.getByLabelText("from", { exact: true }).fill("");
  await expect.element(hit("compass")).toBeVisible();
});

test("a second collection is made, filled, searched together with the first, and deleted", async () => {
  await page.getByRole("button", { name: "New collection" }).click();
  await page.getByLabelText("A new one is called").fill("Ships");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect.element(page.getByText(/^Ships is empty/)).toBeVisible();
  await app.actions.queue.add("qa", [{ name: "ship.md", content: "A ship follows its compass." }]);
  await expect.element(hit("ship")).toBeVisible();
  await open();
  await page.getByRole("checkbox", { name: /^Documents/ }).click();
  await expect.element(hit("compass")).toBeVisible();
  await expect.element(page.getByText("Ships: ship.md, passage 1")).toBeVisible();
  await page.getByRole("button", { name: "2 collections" }).click();
  await page.getByRole("button", { name: "Delete Ships" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect.element(page.getByRole("heading", { name: "Documents", exact: true })).toBeVisible();
  await expect.element(hit("ship")).not.toBeInTheDocument();
});

test("passages without a vector and those not read yet are counted, and can be indexed", async () => {
  app.engine.found = {
    notIndexed: 3,
    notLoaded: 88_000,
    candidates: { count: 12_000, mean: 0.4, deviation: 0.1 },
  };
  app.actions.query.submit();
  const missing = page.getByText("Searched the first 12,000 of 100,000 passages");
  await expect.element(missing).toBeVisible();
  await expect.element(page.getByText("3 passages have no vector yet")).toBeVisible();
  app.engine.found = {};
  app.engine.calls.length = 0;
  await page.getByRole("button", { name: "Index them" }).click();
  await expect.element(missing).not.toBeInTheDocument();
  expect(app.engine.calls).toContain("index");
});

test("a language that the model does not list is said to be searched by words alone", async () => {
  const { id: collectionId } = app.state.getState().corpus.collections[0]!;
  app.engine.found = { wordsOnly: [{ collectionId, language: "Chinese" }] };
  app.actions.query.submit();
  await expect.element(page.getByText("By words alone: Documents (Chinese).")).toBeVisible();
});

test("nothing of it scrolls sideways on a small phone", async () => {
  await page.viewport(320, 640);
  await open();
  await expect.element(page.getByRole("radio", { name: /^Fast/ })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});
