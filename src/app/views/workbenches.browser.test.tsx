import { afterEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { TaskId } from "../../contract/index.ts";
import { watchSaving } from "../pictures/testing/watch-saving.ts";
import { mountApp } from "../shell/testing/mount-app.tsx";

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  vi.restoreAllMocks();
});

const SAID = [
  "When does the harbour open?",
  "The boat needs new sails.",
  "Ivo likes the harbour at night.",
  "We painted the kitchen blue.",
].join("\n\n");

async function mountWith(task: TaskId) {
  const app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    actions.query.setTask(task);
    await actions.queue.add(task, [{ name: "talks.txt", content: SAID }]);
  });
  ({ unmount } = app);
  return app;
}

const follows = (first: Element | null, second: Element | null): boolean =>
  first !== null &&
  second !== null &&
  (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

const visible = (selector: string): Element | null =>
  [...document.querySelectorAll(selector)].find((one) => one.checkVisibility()) ?? null;

test("chat: the limb stands first, a memory is looked at, deleted and brought back, and focus returns", async () => {
  await mountWith("chat");
  await page.getByRole("textbox", { name: "New utterance" }).fill("harbour at night");
  await expect.element(page.getByRole("region", { name: "Recalled against merely recent" })).toBeVisible();
  await expect.poll(() => visible(".limb")).not.toBeNull();
  expect(follows(visible("textarea[data-query]"), visible(".limb"))).toBe(true);
  for (const later of [".recency", ".timeline", "[data-hits]"])
    expect(follows(visible(".limb"), visible(later)), later).toBe(true);

  const look = page.getByRole("button", { name: /^Look closer: Ivo/ });
  await look.click();
  await expect.element(page.getByRole("dialog")).toHaveTextContent("Ivo likes the harbour");
  await userEvent.keyboard("{Escape}");
  await expect.element(look).toHaveFocus();
  await look.click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect.element(page.getByText(/^Removed: one passage of talks.txt/)).toBeVisible();
  await expect.element(look).not.toBeInTheDocument();
  await expect.element(page.getByRole("button", { name: /^Look closer/ })).toHaveLength(3);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.element(look).toBeVisible();
});

test("convsearch: a hit says how far the turns have moved it; turns that were taken out are put back", async () => {
  const app = await mountWith("convsearch");
  app.actions.query.use({
    task: "convsearch",
    turns: ["new sails", "The boat needs new sails."],
    question: "harbour boat",
  });
  await expect.element(page.getByRole("img", { name: /^Ranks from the question alone/ })).toBeVisible();
  await expect.poll(() => document.querySelectorAll(".rank-move").length).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Begin anew" }).click();
  await expect.element(page.getByText("Taken out: 2 turns of the conversation.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  expect(app.state.getState().query.drafts.convsearch.turns).toHaveLength(2);
});

test("pictures come also where the first answer had nothing to draw: no turns, no angles", async () => {
  const app = await mountWith("convsearch");
  app.actions.query.setMode("keywords");
  const ask = (turns: readonly string[]) =>
    app.actions.query.use({ task: "convsearch", turns, question: "harbour boat" });
  ask([]);
  await expect.element(page.getByRole("list").getByText("When does the harbour open?")).toBeVisible();
  await expect.element(page.getByText(/^Nothing to draw: these were found by their words/)).toBeVisible();
  app.actions.query.setMode("hybrid");
  await expect.poll(() => visible("svg[data-picture=limb]")).not.toBeNull();
  ask(["new sails", "The boat needs new sails."]);
  await expect.poll(() => visible("svg[data-picture=ranks]")).not.toBeNull();
});

test("lrlm: the matrix of all chunks is saved as it stands", async () => {
  const saved = watchSaving();
  const app = await mountWith("lrlm");
  app.actions.query.use({ task: "lrlm", chunk: "harbour at night" });
  await page.getByText("Every chunk against every other").click();
  await expect.element(page.getByRole("application")).toBeVisible();
  const keep = page.getByRole("group", { name: "Save the picture" }).last();
  await keep.getByRole("button", { name: "SVG" }).click();
  const drawing = await saved.svg("sextant-lrlm-matrix.svg");
  expect(drawing.querySelector("image")?.getAttribute("href")).toMatch(/^data:image\/png/);
  expect(drawing.querySelectorAll("rect").length).toBeGreaterThan(1);
  await keep.getByRole("button", { name: "PNG" }).click();
  expect(await saved.inkOf("sextant-lrlm-matrix.png")).toBeGreaterThan(1);
  vi.restoreAllMocks();
});
