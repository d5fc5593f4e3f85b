import { afterEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { pageEnvironment } from "../shell/page-environment.ts";
import { findFaults } from "../shell/testing/find-faults.ts";
import { mountApp } from "../shell/testing/mount-app.tsx";
import { safety } from "../words/en/safety.ts";

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  vi.restoreAllMocks();
});

const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `Entry ${i} of the log.`).join("\n\n");

/** The app in a browser that answers `promise` when it is asked to keep the data; with so many passages. */
async function mountWith(passages: number, promise: boolean) {
  const persist = vi.spyOn(navigator.storage, "persist").mockResolvedValue(promise);
  const app = await mountApp(
    async ({ actions }) => {
      await actions.model.start(new AbortController().signal);
      await actions.queue.add("qa", [{ name: "log.md", content: paragraphs(passages) }]);
    },
    { persist: pageEnvironment.persist },
  );
  ({ unmount } = app);
  return { ...app, persist };
}

const question = () => page.getByText(safety.ask);
const ask = () => page.getByRole("button", { name: safety.keep });

test("the browser is asked only once there is much to lose, with the reason, and when the person says so", async () => {
  const { persist, actions, state } = await mountWith(499, true);
  await expect.element(page.getByRole("textbox", { name: "Question" })).toBeVisible();
  await expect.element(question()).not.toBeInTheDocument();
  await actions.queue.add("qa", [{ name: "more.md", content: "One entry more." }]);
  await expect.element(question()).toBeVisible();
  expect(safety.ask).toContain("throw it away when the disk gets full");
  expect(persist).not.toHaveBeenCalled();
  expect(await findFaults(document.body)).toEqual([]);

  await ask().click();
  await expect.element(question()).not.toBeInTheDocument();
  expect(persist).toHaveBeenCalledOnce();
  expect(state.getState().model.status?.storage.persisted).toBe(true);
});

test("a browser that promises nothing is said to, with the way to a backup", async () => {
  const { persist } = await mountWith(500, false);
  await ask().click();
  await expect.element(page.getByText(safety.unsafe)).toBeVisible();
  expect(persist).toHaveBeenCalledOnce();
  await page.getByRole("button", { name: safety.backUp }).click();
  await expect.element(page.getByRole("button", { name: "Export everything" })).toBeVisible();
});
