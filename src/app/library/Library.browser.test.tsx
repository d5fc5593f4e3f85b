import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { OpenedStore } from "../state/testing/open-store.ts";
import { selectCollection } from "../state/select.ts";
import { mountApp } from "../shell/testing/mount-app.tsx";

let app: OpenedStore & { unmount(): void };
afterEach(() => app.unmount());

const SOURCES = 5000;

beforeEach(async () => {
  await page.viewport(1280, 800);
  app = await mountApp(async ({ engine, actions }) => {
    const { id } = await engine.createCollection({ name: "Ships", kind: "document" });
    const files = Array.from({ length: SOURCES }, (_, i) => ({
      name: `Ship ${i}.md`,
      content: `Ship ${i} came in.\n\nIts flag is ${i}.`,
    }));
    await engine.add({ collectionId: id, files });
    await actions.corpus.refresh();
    actions.library.show({ collectionId: id, sourceId: null });
  });
});

const list = () => page.getByRole("listbox", { name: "Sources" });
const shown = () => document.querySelectorAll(".rows [role=option]").length;
const active = () => {
  const id = list().element().getAttribute("aria-activedescendant");
  return (id && document.getElementById(id)?.querySelector(".row-name")?.textContent) ?? null;
};
const sourcesLeft = () => {
  const collection = selectCollection(app.state.getState(), "qa");
  return app.state.getState().corpus.sourcesByCollection[collection?.id ?? -1]?.length;
};

test("five thousand sources are moved in, found, chosen and removed by keyboard, with a few of them in the page", async () => {
  await expect.element(list()).toBeVisible();
  await userEvent.click(list().getByRole("option").first());
  expect(active()).toBe(`Ship ${SOURCES - 1}.md`);
  await userEvent.keyboard("{End}");
  await expect.poll(active).toBe("Ship 0.md");
  await userEvent.keyboard("{PageUp}{ArrowDown}{ArrowDown}{Home}{ArrowDown}");
  await expect.poll(active).toBe(`Ship ${SOURCES - 2}.md`);
  expect(shown()).toBeLessThan(60);

  await userEvent.keyboard(" {ArrowDown} {Delete}");
  await expect.poll(sourcesLeft).toBe(SOURCES - 2);
  await expect.poll(active).toBe(`Ship ${SOURCES - 4}.md`);
  expect(document.activeElement).toBe(list().element());
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.poll(sourcesLeft).toBe(SOURCES);

  await userEvent.fill(page.getByRole("searchbox", { name: "Filter by name" }), "ship 123");
  await expect.poll(shown).toBe(15);
  await userEvent.selectOptions(page.getByRole("combobox", { name: "Sort by" }), "name");
  await expect.element(list().getByRole("option").first()).toHaveTextContent("Ship 123.md");
});

test("a source opens with its passages, and nothing scrolls sideways at 320 pixels", async () => {
  await page.viewport(320, 700);
  await expect.element(list()).toBeVisible();
  list().element().scrollIntoView();
  (list().element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  const passages = page.getByRole("listbox", { name: "Passages" });
  await expect.element(passages.getByRole("option").last()).toHaveTextContent(`Its flag is ${SOURCES - 1}.`);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  (passages.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  await expect.element(page.getByRole("dialog")).toHaveTextContent(`Its flag is ${SOURCES - 1}.`);
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await userEvent.click(page.getByRole("navigation", { name: "Where you are" }).getByRole("button").last());
  await expect.element(list()).toBeVisible();
});
