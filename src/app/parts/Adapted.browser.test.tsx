import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { AdaptationReport, AdaptationStatus } from "../../contract/index.ts";
import { mountApp } from "../shell/testing/mount-app.tsx";
import { DOCUMENTS, type OpenedStore } from "../state/testing/open-store.ts";

const REPORT: AdaptationReport = {
  winner: "table",
  part: 0.7,
  before: 0.62,
  after: 0.74,
  error: 0.01,
  why: "better",
  pairs: 900,
  heldOut: 120,
  passages: 300,
  marks: 0,
  seconds: 4,
};

let app: OpenedStore & { unmount(): void };

beforeEach(async () => {
  await page.viewport(1280, 860);
  app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", DOCUMENTS);
    actions.query.use({ task: "qa", question: "the compass" });
  });
  await expect.element(page.getByRole("listitem", { name: /compass$/ })).toBeVisible();
});
afterEach(() => app.unmount());

const searches = (): number => app.engine.calls.filter((name) => name === "search").length;
const told = (status: Partial<AdaptationStatus>): void => {
  const { id } = app.state.getState().corpus.collections[0] ?? { id: -1 };
  app.engine.learned = { ...app.engine.learned, ...status };
  const known = {
    choice: "auto",
    state: "none",
    progress: 0,
    report: null,
    inUse: "full",
    marks: 0,
    scored: 0,
  } as const;
  app.engine.emit({
    type: "adaptation",
    status: { ...known, isStale: false, failure: null, ...app.engine.learned, collectionId: id, task: "qa" },
  });
};

test("what a collection taught is told with what it is worth, and can be switched off", async () => {
  await expect.element(page.getByText(/dapted to this collection/)).not.toBeInTheDocument();
  told({ state: "training", progress: 0.4 });
  await expect.element(page.getByText("Learning from its own text how it is asked: 40 %.")).toBeVisible();
  const before = searches();
  told({ state: "ready", inUse: "table", report: REPORT });
  await expect
    .element(page.getByText("Adapted to this collection in 4 s: 12 points of nDCG@10 more", { exact: false }))
    .toBeVisible();
  await expect.poll(searches).toBe(before + 1);
  const box = page.getByRole("checkbox", { name: "Encode questions as learned here" });
  await expect.element(box).toBeChecked();
  app.engine.learned = { ...app.engine.learned, inUse: "full" };
  await box.click();
  await expect.element(box).not.toBeChecked();
  await expect.poll(searches).toBe(before + 2);
});

test("what was learned is compared with what would be without it on the question that is asked", async () => {
  told({ state: "ready", inUse: "table", report: REPORT });
  const { search } = app.engine;
  app.engine.search = async (request, options) => {
    const result = await search(request, options);
    return request.adaptation === "off" ? { ...result, hits: result.hits.toReversed() } : result;
  };
  app.actions.query.use({ task: "qa", question: "the star" });
  await page.getByRole("button", { name: "With and without it on this question" }).click();
  await expect.element(page.getByText("2 of the first 2 stand elsewhere than without it.")).toBeVisible();
  const rows = [...document.querySelectorAll(".compared li .unseen")].map((row) => row.textContent);
  expect(rows[0]).toMatch(/^sextant: .*: 1, before 2$/);
  expect(document.querySelectorAll(".compared path[data-moved]")).toHaveLength(2);
});

test("where the model alone is as good that is said, and there is nothing to switch", async () => {
  told({ state: "ready", report: { ...REPORT, winner: "full", why: "no-better" } });
  await expect.element(page.getByText("the model alone is as good", { exact: false })).toBeVisible();
  await expect.element(page.getByRole("checkbox", { name: /as learned here/ })).not.toBeInTheDocument();
  told({ report: { ...REPORT, winner: "full", why: "too-small" } });
  await expect
    .element(page.getByText("the model alone is as good", { exact: false }))
    .not.toBeInTheDocument();
});

test("learning that failed is told with its reason", async () => {
  told({ failure: { code: "storage/full", message: "The disk is full: free some room." } });
  await expect
    .element(page.getByText("Learning from its own text did not work: The disk is full", { exact: false }))
    .toBeVisible();
});
