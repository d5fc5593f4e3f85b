import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { SextantError, TASK_IDS } from "../../contract/index.ts";
import { DOCUMENTS } from "../state/testing/open-store.ts";
import { findFaults } from "./testing/find-faults.ts";
import { mountApp } from "./testing/mount-app.tsx";

let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function mountWith(files: readonly { readonly name: string; readonly content: string }[]) {
  const app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", files);
  });
  ({ unmount } = app);
  return app;
}

const focused = () => document.activeElement;

test("by keyboard: through the tasks, to the query, into the hits, to a source and back", async () => {
  const app = await mountWith(DOCUMENTS);
  await page.getByRole("tab", { name: "Questions" }).click();
  for (const task of TASK_IDS.slice(1)) {
    await userEvent.keyboard("{ArrowRight}");
    expect(app.state.getState().query.task).toBe(task);
    expect(focused()?.getAttribute("role")).toBe("tab");
  }
  await userEvent.keyboard("{ArrowRight}");
  expect(app.state.getState().query.task).toBe("qa");

  await userEvent.keyboard("/");
  expect(focused()).toBe(page.getByRole("textbox", { name: "Question" }).element());
  await userEvent.keyboard("the measures{Enter}");
  await expect.element(page.getByRole("listitem", { name: /^1\. / })).toBeVisible();
  await userEvent.keyboard("{ArrowDown}");
  expect(focused()?.getAttribute("aria-label")).toMatch(/^1\. /);
  await userEvent.keyboard("{ArrowDown}");
  expect(focused()?.getAttribute("aria-label")).toMatch(/^2\. /);
  expect(app.state.getState().results.qa.selected).toBe(1);

  const hit = focused();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("dialog")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await expect.poll(focused).toBe(hit);
  await userEvent.keyboard("{ArrowUp}{ArrowUp}");
  expect(focused()).toBe(page.getByRole("textbox", { name: "Question" }).element());
});

test("who adds something by keyboard goes on from the workbench that comes of it", async () => {
  const app = await mountWith([]);
  const paste = page.getByRole("button", { name: "Paste" });
  await expect.element(paste).toBeVisible();
  (paste.element() as HTMLElement).focus();
  await app.actions.queue.add("qa", DOCUMENTS);
  await expect.poll(focused).toBe(page.getByRole("heading", { name: "Ask your documents" }).element());
  await userEvent.keyboard("{Tab}");
  expect(focused()?.closest(".work")).not.toBeNull();
});

test("results are announced once, and the words of the query are marked in them", async () => {
  await mountWith(DOCUMENTS);
  await page.getByRole("textbox", { name: "Question" }).fill("needle");
  await expect.element(page.getByText("1 hit.", { exact: true })).toBeInTheDocument();
  expect([...document.querySelectorAll("main mark")].map((mark) => mark.textContent)).toEqual(["needle"]);
});

test("a removed source is gone at once, and comes back when that is undone", async () => {
  const app = await mountWith(DOCUMENTS);
  await page.getByRole("button", { name: "Remove log.md" }).click();
  await expect.element(page.getByRole("button", { name: "Remove log.md" })).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.element(page.getByRole("button", { name: "Remove log.md" })).toBeVisible();
  expect(app.engine.calls).toContain("restore");
  await expect.element(page.getByRole("button", { name: "Undo", exact: true })).not.toBeInTheDocument();
});

test("what the browser did or did not promise is said with a way on, and axe finds nothing in it", async () => {
  const app = await mountWith(DOCUMENTS);
  await page.getByRole("button", { name: "Remove log.md" }).click();
  app.actions.jobs.fail("Adding", new SextantError("storage/full", "The disk is full. Free some of it."));
  const notices = page.getByRole("region", { name: "Notices" });
  for (const [keeping, theme] of [
    ["asked", "light"],
    ["refused", "dark"],
  ] as const) {
    app.state.setState(({ safety }) => ({ safety: { ...safety, evicted: 4120, keeping } }));
    await expect.element(notices.getByText(/has thrown away 4,120 passages/)).toBeVisible();
    await expect.element(notices.getByRole("button", { name: "See which models can go" })).toBeVisible();
    app.actions.panel.setTheme(theme);
    await expect.poll(() => document.documentElement.dataset["theme"]).toBe(theme);
    expect(await findFaults(notices.element())).toEqual([]);
  }
  app.actions.panel.setTheme("system");
  await notices.getByRole("button", { name: /^Free what was removed/ }).click();
  await expect.poll(() => app.engine.calls).toContain("freeRemovals");
  await notices.getByRole("button", { name: "Export in the library" }).click();
  await expect.element(page.getByRole("heading", { name: "Library" })).toBeVisible();
});

test("files dropped anywhere are added", async () => {
  await mountWith(DOCUMENTS);
  await expect.element(page.getByRole("button", { name: "Remove log.md" })).toBeVisible();
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["An astrolabe is older."], "astrolabe.md"));
  window.dispatchEvent(new DragEvent("dragover", { dataTransfer, cancelable: true }));
  await expect.element(page.getByText(/^Drop to add/)).toBeVisible();
  window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
  await expect.element(page.getByRole("button", { name: "Remove astrolabe.md" })).toBeVisible();
});

test("a source of five megabytes opens at its page and place with a small part of it in the page", async () => {
  const filler = "The sea was calm and nothing was seen. ".repeat(64_000);
  await mountWith([{ name: "log-book.md", content: `${filler}\f\n\nA lighthouse came up.\n\n${filler}\f` }]);
  await page.getByRole("textbox", { name: "Question" }).fill("lighthouse");
  await page.getByRole("button", { name: "Open in the source" }).first().click();
  await expect.element(page.getByText("A lighthouse came up.").last()).toBeVisible();
  await expect.element(page.getByText(/^Page 2 of 2/)).toBeVisible();
  await expect.element(page.getByText("page 2", { exact: true })).toBeInTheDocument();
  const text = document.querySelector(".reader-text")?.textContent ?? "";
  expect(text).toContain("A lighthouse came up.");
  expect(text.length).toBeLessThan(50_000);
});

test("nothing scrolls sideways on a small phone, in any task, also when the window was wide before", async () => {
  await page.viewport(1280, 800);
  const app = await mountWith(DOCUMENTS);
  await app.actions.queue.add("lrlm", [{ name: "tale.txt", content: "One.\n\nTwo.\n\nThree.\n\nFour." }]);
  await app.actions.queue.add("tool", [{ name: "tools.json", content: "getWeatherForecast\nThe weather." }]);
  app.actions.query.use({ task: "qa", question: "compass" });
  await expect.element(page.getByRole("figure", { name: "Angles from the query" })).toBeVisible();
  await page.viewport(320, 640);
  for (const task of TASK_IDS) {
    app.actions.query.setTask(task);
    await expect.element(page.getByRole("tab", { selected: true })).toHaveAttribute("data-task", task);
    await expect.poll(() => document.documentElement.scrollWidth, { message: task }).toBeLessThanOrEqual(320);
  }
});

test("your material stays in its own column, in any task", async () => {
  await page.viewport(1280, 800);
  const app = await mountWith(DOCUMENTS);
  await app.actions.queue.add("lrlm", [{ name: "tale.txt", content: "One.\n\nTwo.\n\nThree.\n\nFour." }]);
  await app.actions.queue.add("tool", [{ name: "tools.json", content: "getWeatherForecast\nThe weather." }]);
  const beyond = () => {
    const panel = document.querySelector("[role=tabpanel]:not([hidden]) .panel.land");
    const edge = panel?.getBoundingClientRect().right ?? Number.NaN;
    return [...(panel?.querySelectorAll("*") ?? [])]
      .filter((element) => !(element.getBoundingClientRect().right <= edge))
      .map(({ outerHTML }) => outerHTML);
  };
  for (const task of ["qa", "lrlm", "tool"] as const) {
    app.actions.query.setTask(task);
    const panel = page.getByRole("tabpanel").getByRole("complementary", { name: "Your material" });
    await expect.element(panel.getByRole("button", { name: "Choose files" })).toBeVisible();
    if (task === "lrlm") await expect.element(panel.getByRole("combobox")).toBeVisible();
    expect(beyond(), task).toEqual([]);
  }
});
