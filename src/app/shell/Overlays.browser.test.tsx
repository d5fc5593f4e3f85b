import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Sample } from "../../contract/index.ts";
import { DOCUMENTS, type OpenedStore } from "../state/testing/open-store.ts";
import { STEPS } from "../tour/steps.ts";
import { speak } from "../words/words.ts";
import { mountApp } from "./testing/mount-app.tsx";

const SAMPLE: Sample = {
  task: "qa",
  title: "Ships",
  line: "Three notes.",
  licence: "Our own.",
  files: DOCUMENTS.map(({ name }) => ({ name, path: name })),
  queries: [{ task: "qa", question: "what does the sextant measure" }],
  expected: ["A sextant"],
};

let unmount: () => void = () => undefined;
afterEach(async () => {
  unmount();
  await speak("en");
});

async function mount(prepare: (store: OpenedStore) => Promise<unknown> = () => Promise.resolve()) {
  const app = await mountApp(async (store) => {
    await store.actions.model.start(new AbortController().signal);
    const { panel } = store.state.getState();
    store.state.setState({ panel: { ...panel, samples: [SAMPLE] } });
    await prepare(store);
  });
  ({ unmount } = app);
  return app;
}

const palette = () => page.getByRole("dialog", { name: "Commands" });

test("the palette is opened, searched and left by keyboard, and the focus goes back to where it was", async () => {
  const app = await mount(({ actions }) => actions.queue.add("qa", DOCUMENTS));
  await page.getByRole("textbox", { name: "Question" }).click();
  await userEvent.keyboard("{Control>}k{/Control}");
  await expect.element(palette()).toBeVisible();
  await userEvent.keyboard("compa");
  await expect.element(page.getByRole("option")).toHaveTextContent("Read compass.md");
  await userEvent.keyboard("{Escape}");
  await expect.element(palette()).not.toBeInTheDocument();
  await expect.poll(() => document.activeElement?.hasAttribute("data-query")).toBe(true);
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.keyboard("words only{Enter}");
  await expect.poll(() => app.state.getState().query.mode).toBe("keywords");
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  await expect.poll(() => app.state.getState().query.task).toBe("chat");
});

test("keys that act on the page are heard only while they are switched on and nothing is written", async () => {
  const app = await mount(({ actions }) => actions.queue.add("qa", DOCUMENTS));
  const question = page.getByRole("textbox", { name: "Question" });
  await question.fill("which of 3");
  await userEvent.keyboard("?2");
  await expect.element(question).toHaveValue("which of 3?2");
  expect(app.state.getState().panel.overlay).toBeNull();
  await page.getByRole("tab", { name: "Questions" }).click();
  await userEvent.keyboard("?");
  await page.getByRole("checkbox", { name: "Hear these keys" }).click();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await userEvent.keyboard("6?{Control>}k{/Control}");
  expect(app.state.getState().panel.overlay).toBeNull();
  expect(app.state.getState().query.task).toBe("qa");
  expect(app.preferences.get("sextant.shortcuts")).toBe("off");
});

test("the tour stands at what it speaks of, ends with Escape, and is offered once", async () => {
  const app = await mount();
  const offer = page.getByRole("button", { name: "Take the tour of one minute" });
  await expect.element(offer).toBeVisible();
  await app.actions.queue.add("qa", DOCUMENTS);
  app.actions.panel.goTour(0);
  for (const { at } of STEPS) {
    await expect.poll(() => document.querySelector("[data-toured]")?.matches(at.join())).toBe(true);
    await expect.poll(() => document.activeElement?.closest(".tour") !== null).toBe(true);
    expect(document.querySelectorAll("[data-toured]")).toHaveLength(1);
    if (at !== STEPS.at(-1)?.at) await page.getByRole("button", { name: "Next" }).click();
  }
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  expect(document.querySelector("[data-toured]")).toBeNull();
  expect(app.preferences.get("sextant.toured")).toBe("yes");
  app.actions.query.setTask("tool");
  await expect.element(page.getByRole("button", { name: "Choose files" })).toBeVisible();
  await expect.element(offer).not.toBeInTheDocument();
});

test("what went wrong is in the report by its code, after its notice is gone", async () => {
  const app = await mount();
  app.actions.jobs.fail("Reading my diary", new Error("the diary"));
  await page.getByRole("button", { name: "Dismiss" }).click();
  app.actions.panel.showOverlay("diagnostics");
  const report = page.getByRole("dialog", { name: "Diagnostics" });
  await expect.element(report.getByText(/^engine\/internal, \d+ s ago$/)).toBeVisible();
  expect(report.element().textContent).not.toContain("diary");
});

test("in Chinese a failure is told by what its code means, and the engine's own sentence stays", async () => {
  const app = await mount();
  await speak("zh");
  await expect.element(page.getByRole("tab", { name: "问答" })).toBeVisible();
  app.actions.jobs.fail("读取", new Error("The seventh byte is odd."));
  await expect.element(page.getByRole("alert")).toHaveTextContent("请连同原文一起报告。");
  await expect.element(page.getByText("The seventh byte is odd.")).toHaveAttribute("lang", "en");
});
